// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/sram/sram_bench.hpp"

namespace tatami::test {
namespace {

/// No request waits longer than this between acceptance and answer (see rtl/sram/sram.sv).
constexpr std::uint64_t kBound = 92 + 2;

/// Requests per cycle and port when all ports offer `make()` in every cycle.
template <class Make>
double saturate(SramBench& bench, Make make, std::uint64_t cycles = 4000) {
  for (auto& generator : bench.generators) generator = make;
  std::uint64_t before = 0;
  for (const auto& s : bench.statistics) before += s.accepted;
  bench.run(cycles);
  std::uint64_t after = 0;
  for (const auto& s : bench.statistics) after += s.accepted;
  return static_cast<double>(after - before) / static_cast<double>(cycles * kPorts);
}

TEST_CASE("latency without conflict: reads answer after 3 cycles, writes are done after 2", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  for (unsigned port = 0; port < kPorts; ++port) {
    const std::uint64_t expected = port < kReaders ? 3 : 2;
    CHECK(bench.single(port, traffic.line()) == expected);
    SramRequest strided = traffic.line();
    for (unsigned i = 0; i < 8; ++i) strided.address[i] = 512 * i + 8;
    CHECK(bench.single(port, strided) == expected);
    CHECK(bench.single(port, SramRequest{}) == expected);
    // Word i of line L + 1 shares a column with word i + 1 of line L: one word of an unaligned window waits.
    SramRequest unaligned = strided;
    for (unsigned i = 0; i < 8; ++i) unaligned.address[i] = 24 + 8 * i;
    CHECK(bench.single(port, unaligned) == expected + 1);
    SramRequest same = strided;
    same.address.fill(64);
    CHECK(bench.single(port, same) == expected + 7);
  }
  // Partial writes are done as early as full ones; the second to the same word waits for the first to be written back.
  SramRequest partial = traffic.line();
  partial.strobe.fill(0x0F);
  CHECK(bench.single(kReaders, partial) == 2);
  partial.address.fill(64);
  CHECK(bench.single(kReaders, partial) == 2 + 7 * 3);
}

TEST_CASE("six ports without conflicts take a request every cycle", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  std::array<std::uint64_t, kPorts> step{};
  for (unsigned p = 0; p < kPorts; ++p) {
    bench.generators[p] = [&, p] {
      SramRequest request = traffic.line();
      const std::uint64_t line = (step[p]++ * kPorts + p) % (bench.bytes() / 64);
      for (unsigned i = 0; i < 8; ++i) request.address[i] = 64 * line + 8 * i;
      return std::optional(request);
    };
  }
  constexpr std::uint64_t kCycles = 1000;
  bench.run(kCycles);
  for (unsigned p = 0; p < kPorts; ++p) {
    CHECK(bench.statistics[p].accepted == kCycles);
    CHECK(bench.statistics[p].answered == kCycles);
    CHECK(bench.statistics[p].longest == (p < kReaders ? 3 : 2));
  }
}

TEST_CASE("readers of the same line share its access, every cycle", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  std::uint64_t step[kReaders] = {};
  for (unsigned p = 0; p < kReaders; ++p) {
    bench.generators[p] = [&, p] {
      SramRequest request = traffic.line();
      const std::uint64_t line = step[p]++ % (bench.bytes() / 64);
      for (unsigned i = 0; i < 8; ++i) request.address[i] = 64 * line + 8 * i;
      return std::optional(request);
    };
  }
  constexpr std::uint64_t kCycles = 500;
  bench.run(kCycles);
  for (unsigned p = 0; p < kReaders; ++p) CHECK(bench.statistics[p].accepted == kCycles);
}

TEST_CASE("six saturating ports: lines at 90 % of a port, unaligned windows near 50 %", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  REQUIRE(bench.banks() == 32);
  const double lines = saturate(bench, [&] { return std::optional(traffic.line()); });
  const double windows = saturate(bench, [&] { return std::optional(traffic.window()); });
  const double gathers = saturate(bench, [&] { return std::optional(traffic.gather()); });
  CAPTURE(lines, windows, gathers);
  CHECK(lines > 0.9);
  CHECK(windows > 0.45);
  CHECK(gathers > 0.33);
  for (const auto& s : bench.statistics) CHECK(s.longest <= kBound);
}

TEST_CASE("random requests on all ports agree with the byte model", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  const auto hot_bytes = GENERATE(std::uint64_t{64}, std::uint64_t{1024}, std::uint64_t{16384});
  SramTraffic hot(seed() + hot_bytes, hot_bytes);
  for (unsigned phase = 0; phase < 6; ++phase) {
    for (auto& generator : bench.generators) {
      const std::uint64_t gap = phase == 0 ? 0 : traffic.below(4);
      generator = [&hot, gap]() -> std::optional<SramRequest> {
        if (hot.below(4) < gap) return std::nullopt;
        return hot.any();
      };
    }
    bench.run(1500);
  }
  for (const auto& s : bench.statistics) {
    CHECK(s.accepted == s.answered);
    CHECK(s.accepted > 500);
    CHECK(s.longest <= kBound);
  }
}

TEST_CASE("partial writes of two ports to the same word are never lost", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), 64);
  // Each port owns half of the bytes of one word; at the end every byte holds its port's last value.
  std::array<std::uint64_t, kWriters> last{};
  for (unsigned w = 0; w < kWriters; ++w) {
    bench.generators[kReaders + w] = [&, w]() -> std::optional<SramRequest> {
      if (traffic.below(3) == 0) return std::nullopt;
      SramRequest request;
      request.en = 1;
      request.address[0] = 320;
      last[w] = request.data[0] = traffic.random()();
      request.strobe[0] = w == 0 ? 0x55 : 0xAA;
      return request;
    };
  }
  bench.run(2000);
  bench.generators.fill(nullptr);
  const std::uint64_t expected = (last[0] & 0x00FF00FF00FF00FF) | (last[1] & 0xFF00FF00FF00FF00);
  CHECK(bench.read_word(320).data[0] == expected);
}

TEST_CASE("the slowest request meets the bound when all ports hammer one bank", "[sram]") {
  SramBench bench;
  for (unsigned p = 0; p < kPorts; ++p) {
    SramRequest request;
    request.en = 0xFF;
    request.address.fill(8 * 17);
    request.strobe.fill(0x7F);
    bench.generators[p] = [request] { return std::optional(request); };
  }
  bench.run(3000);
  // Every round serves each port once: 3 reads of 8 cycles and 2 writes of 8 x 3 cycles.
  for (const auto& s : bench.statistics) {
    CHECK(s.longest <= kBound);
    CHECK(s.answered >= 3000 / 92);
  }
}

TEST_CASE("busy falls when everything has settled", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  SramRequest partial = traffic.line();
  partial.strobe.fill(0x3C);
  bench.single(kReaders + 1, partial);
  // `run` ended in the cycle after `done`; the write-back follows.
  CHECK(bench.sim->busy_o == 1);
  bench.sim.cycles(2);
  bench.sim.settle();
  CHECK(bench.sim->busy_o == 0);
  bench.sim.cycles(10);
  bench.sim.settle();
  CHECK(bench.sim->busy_o == 0);
}

}  // namespace
}  // namespace tatami::test
