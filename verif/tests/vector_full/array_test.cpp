// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The 8x8x4 matrix unit: against the golden step, and the speed of its simulation with all lanes busy.
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "verif/tests/vector/matrix_bench.hpp"

namespace tatami::test {

TEST_CASE("Random steps and read-outs of the 8x8x4 array equal the golden matrix step", "[vector][matrix]") {
  MatrixBench().run_random(10'000);
}

TEST_CASE("Simulated cycles per second of the 8x8x4 array, a step in every cycle", "[.bench]") {
  constexpr unsigned kRegisters = 64, kBatch = 1024;
  constexpr double kSeconds = 3;
  const auto descriptor_of = [](formats::Kind kind) {
    return Descriptor{kind, static_cast<uint8_t>(formats::format_of(kind).bias_configurable ? 8 : 0), false, false};
  };
  for (const formats::Kind kind : {formats::Kind::kBf16, formats::Kind::kShp, formats::Kind::kCfp8143}) {
    Sim<Vmatrix_unit_tb> sim;
    NumberSource random(seed());
    const Descriptor format = descriptor_of(kind);
    std::vector<std::array<uint32_t, 16>> registers(kRegisters);
    for (auto& words : registers) {
      for (auto& word : words) {
        for (int shift = 0; shift < 32; shift += format.format().bits) {
          word |= uint32_t{random_code(random, format.format(), NumberSource::Range::kNearOne)} << shift;
        }
      }
    }
    sim->valid_i = 1, sim->read_valid_i = 0, sim->write_i = 0, sim->tile_i = 0;
    sim->a_format_i = sim->b_format_i = format.pack();
    uint64_t cycles = 0;
    double seconds = 0;
    const auto begin = std::chrono::steady_clock::now();
    while (seconds < kSeconds) {
      for (unsigned i = 0; i < kBatch; ++i, ++cycles) {
        sim->acc_i = cycles % 8, sim->first_i = cycles < 8;
        std::memcpy(&sim->a_i[0], registers[cycles % kRegisters].data(), 64);
        std::memcpy(&sim->b_i[0], registers[(cycles * 7 + 3) % kRegisters].data(), 64);
        sim.cycle();
      }
      seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
    std::printf("  8x8x4 array, %s: %.0f simulated cycles per second and core, a step in every cycle\n",
                std::string(format.format().name).c_str(), static_cast<double>(cycles) / seconds);
  }
}

}  // namespace tatami::test
