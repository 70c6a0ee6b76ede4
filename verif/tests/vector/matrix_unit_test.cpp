// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The matrix unit of a small configuration.
#include "verif/tests/vector/matrix_bench.hpp"

namespace tatami::test {

TEST_CASE("Random steps and read-outs equal the golden matrix step", "[vector][matrix]") {
  MatrixBench().run_random(30'000);
}

TEST_CASE("One thread's eight accumulators keep the matrix unit busy every cycle", "[vector][matrix]") {
  MatrixBench bench;
  constexpr uint64_t kCycles = 800, kAccumulators = 8;
  for (uint64_t i = 0; i < kCycles; ++i) {
    REQUIRE(bench.is_free(i % kAccumulators));
    bench.step(i % kAccumulators, i < kAccumulators, isa::Tile::unpack(static_cast<int64_t>(i / kAccumulators) % 4),
               kBf16Descriptor, kBf16Descriptor);
    bench.cycle();
  }
  CHECK(bench.steps() == kCycles);
  bench.read_all();
}

TEST_CASE("A step on an accumulator may enter in the cycle after its done pulse", "[vector][matrix]") {
  MatrixBench bench;
  for (int i = 0; i < 200; ++i) {
    while (!bench.is_free(0)) bench.cycle();
    bench.step(0, i == 0, {}, kBf16Descriptor, kBf16Descriptor);
    bench.cycle();
  }
  CHECK(bench.time() == 199 * (kDoneLatency + 1) + 1);
  bench.read_all();
}

}  // namespace tatami::test
