// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Wrong bits in the memory: put right where they are met, counted, found by the scrubber, never at a newer word's cost.

#include <array>

#include "verif/golden/sram/address_map.hpp"
#include "verif/tests/sram/sram_bench.hpp"

namespace tatami::test {
namespace {

constexpr unsigned kStorePort = 4, kMeshPort = 5, kScrubber = 6;

/// A word's place as the error log shows it.
std::uint64_t place(std::uint64_t address, unsigned banks, unsigned port = 0) {
  const golden::SramPlace p = golden::sram_place(address, banks);
  return address | std::uint64_t{p.bank} << 24 | std::uint64_t{p.column} << 32 | std::uint64_t{port} << 40;
}

SramRequest word_at(std::uint64_t address, std::uint64_t data = 0, std::uint8_t strobe = 0xFF) {
  SramRequest request;
  request.en = 1;
  request.address[0] = address;
  request.data[0] = data;
  request.strobe[0] = strobe;
  return request;
}

/// Words of the first bytes that hold an error.
unsigned wrong_words(const SramBench& bench, std::uint64_t bytes) {
  unsigned wrong = 0;
  for (std::uint64_t address = 0; address < bytes; address += 8) wrong += bench.backdoor.errors(address) != 0 ? 1 : 0;
  return wrong;
}

}  // namespace

TEST_CASE("a single error that a read meets is put right in the memory and counted, at every port", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  bench.check_data = false;
  std::uint64_t fixed = 0;
  for (unsigned n = 0; n < 144; ++n) {
    const unsigned port = n % 5;  // readers, and a partial store
    const std::uint64_t address = 8 * traffic.below(bench.bytes() / 8), data = traffic.random()();
    bench.backdoor.write_word(address, data);
    bench.flip_bit(address, n % 72);
    REQUIRE(bench.backdoor.errors(address) == 1);
    bench.single(port, word_at(address, data, 0x10));
    if (port < kReaders) CHECK(bench.last_response.data[0] == data);
    bench.settle();
    bench.sim.cycle();
    bench.sim.settle();
    CHECK(bench.backdoor.errors(address) == 0);
    CHECK(bench.backdoor.read_word(address) == data);
    CHECK(bench.sim->fixed_o == ++fixed);
    CHECK(bench.sim->fixed_at_o == place(address, bench.banks()));
  }
  CHECK(bench.sim->lost_count_o == 0);
  bench.write_log(SramBench::Log::Fixed, 7);
  CHECK(bench.sim->fixed_o == 7);
}

TEST_CASE("a wrong bit in every word of a line: one read has all of them put right and counted", "[sram]") {
  SramBench bench;
  bench.wrong_bits = true;
  SramRequest line;
  line.en = 0xFF;
  for (unsigned w = 0; w < 8; ++w) {
    line.address[w] = 8 * w;
    bench.flip_bit(8 * w, 9 * w);
  }
  CHECK(wrong_words(bench, 64) == 8);
  bench.sim.settle();
  CHECK((bench.sim->fixed_o == 0 && bench.sim->fixed_at_o == 0));
  CHECK((bench.sim->lost_count_o == 0 && bench.sim->lost_at_o == 0));
  bench.single(0, line);
  bench.settle();
  bench.sim.cycle();
  bench.sim.settle();
  CHECK(wrong_words(bench, 64) == 0);
  CHECK(bench.sim->fixed_o == 8);
  CHECK(bench.sim->lost_count_o == 0);
}

TEST_CASE("reads of memory with wrong bits: each right, each error counted once, all clean in the end", "[sram]") {
  SramBench bench;
  bench.wrong_bits = true;
  constexpr std::uint64_t kBytes = 2048;
  SramTraffic traffic(seed(), kBytes);
  std::uint64_t injected = 0;
  bench.each_cycle = [&] {
    const std::uint64_t address = 8 * traffic.below(kBytes / 8);
    if (traffic.below(6) != 0 || bench.backdoor.errors(address) != 0) return;
    bench.flip_bit(address, static_cast<unsigned>(traffic.below(72)));
    ++injected;
  };
  for (unsigned r = 0; r < kReaders; ++r) {
    bench.generators[r] = [&] { return traffic.below(3) == 0 ? std::nullopt : std::optional(traffic.any()); };
  }
  bench.run(4000);
  CHECK(injected > 300);
  REQUIRE(bench.sim.run_until([&] { return !bench.sim->busy_o; }, 200'000));
  bench.each_cycle = nullptr;
  // What no one read is still there.
  bench.scrub_all();
  CHECK(wrong_words(bench, kBytes) == 0);
  CHECK(bench.sim->fixed_o == injected);
  CHECK(bench.sim->lost_count_o == 0);
}

TEST_CASE("traffic on all ports among wrong bits: newer data always wins", "[sram]") {
  SramBench bench;
  bench.wrong_bits = true;
  const auto bytes = GENERATE(std::uint64_t{64}, std::uint64_t{1024});
  SramTraffic traffic(seed() + bytes, bytes);
  std::uint64_t injected = 0;
  bench.each_cycle = [&] {
    const std::uint64_t address = 8 * traffic.below(bytes / 8);
    if (traffic.below(3) != 0 || bench.backdoor.errors(address) != 0) return;
    bench.flip_bit(address, static_cast<unsigned>(traffic.below(72)));
    ++injected;
  };
  bench.write_log(SramBench::Log::Scrub, 1);
  bench.sim->awake_i = 1;
  for (auto& generator : bench.generators) {
    generator = [&]() -> std::optional<SramRequest> {
      if (traffic.below(4) == 0) return std::nullopt;
      return traffic.any();
    };
  }
  bench.run(6000);
  bench.sim->awake_i = 0;
  bench.each_cycle = nullptr;
  bench.generators.fill(nullptr);
  REQUIRE(bench.sim.run_until([&] { return !bench.sim->busy_o; }, 200'000));
  bench.scrub_all();
  CHECK(wrong_words(bench, bytes) == 0);
  CHECK(injected > 500);
  CHECK(bench.sim->fixed_o > injected / 8);
  CHECK(bench.sim->fixed_o <= injected);
  CHECK(bench.sim->lost_count_o == 0);
  // The words as the history knows them.
  for (std::uint64_t address = 0; address < bytes; address += 8) bench.single(0, word_at(address));
}

TEST_CASE("a write that meets the repair of its word wins, in whatever cycle it comes", "[sram]") {
  SramBench bench;
  bench.check_data = false;
  constexpr std::uint64_t kOld = 0x1111222233334444, kNew = 0xAAAABBBBCCCCDDDD;
  const auto strobe = GENERATE(std::uint8_t{0xFF}, std::uint8_t{0x0F});
  const std::uint64_t mask = strobe == 0xFF ? ~std::uint64_t{0} : 0xFFFFFFFF;
  const bool scrubbed = GENERATE(false, true);
  for (unsigned delay = 0; delay < 14; ++delay) {
    CAPTURE(delay, strobe, scrubbed);
    const std::uint64_t line = bench.sim->scrub_line_o + 4, address = 64 * line + 24;
    bench.backdoor.write_word(address, kOld);
    bench.flip_bit(address, 5);
    if (scrubbed) {
      bench.write_log(SramBench::Log::Scrub, 1);
      bench.sim->awake_i = 1;
      REQUIRE(bench.sim.run_until([&] { return bench.sim->scrub_line_o == line - 1; }, 100));
    }
    unsigned cycle = 0;
    bench.each_cycle = [&] { ++cycle; };
    bench.generators[0] = [&]() -> std::optional<SramRequest> {
      return cycle == 1 && !scrubbed ? std::optional(word_at(address)) : std::nullopt;
    };
    bench.generators[kStorePort] = [&]() -> std::optional<SramRequest> {
      return cycle == 1 + delay ? std::optional(word_at(address, kNew, strobe)) : std::nullopt;
    };
    bench.run(20);
    bench.each_cycle = nullptr;
    bench.sim->awake_i = 0;
    bench.generators.fill(nullptr);
    bench.settle();
    CHECK(bench.backdoor.errors(address) == 0);
    CHECK(bench.backdoor.read_word(address) == ((kNew & mask) | (kOld & ~mask)));
  }
}

TEST_CASE("double errors are counted, and the first one's place and port stay until software clears them", "[sram]") {
  SramBench bench;
  bench.check_data = false;
  const std::uint64_t first = 64 * 100 + 16, second = 64 * 900 + 40;
  for (const std::uint64_t address : {first, second}) {
    bench.flip_bit(address, 3);
    bench.flip_bit(address, 70);
  }
  for (unsigned port = 0; port <= kMeshPort; ++port) {
    CAPTURE(port);
    bench.single(port, word_at(first, 0, 0x01));
    if (port < kReaders) {
      CHECK(bench.last_response.uncorrectable == 1);
      CHECK(bench.last_response.lost == first);
    }
    bench.single(0, word_at(second));
    bench.settle();
    CHECK(bench.sim->lost_count_o == 2);
    CHECK(bench.sim->lost_at_o == place(first, bench.banks(), port));
    bench.write_log(SramBench::Log::Lost, 0);
    CHECK(bench.sim->lost_count_o == 0);
  }
  // The scrubber comes to the lower address first.
  bench.scrub_all();
  CHECK(bench.sim->lost_count_o >= 2);
  CHECK(bench.sim->lost_at_o == place(first, bench.banks(), kScrubber));
  CHECK(bench.sim->fixed_o == 0);
  // Of several lost words of a request the lowest-numbered one is told, whenever it is read.
  for (unsigned n = 0; n < 20; ++n) {
    SramRequest request = SramTraffic(seed() + n, bench.bytes()).gather();
    const unsigned low = n % 7, high = low + 1 + n % (7 - low);
    request.address[low] = n % 2 == 0 ? first : second;
    request.address[high] = n % 2 == 0 ? second : first;
    bench.single(n % kReaders, request);
    CHECK(bench.last_response.uncorrectable == (1U << low | 1U << high));
    CHECK(bench.last_response.lost == request.address[low]);
  }
}

TEST_CASE("both counts hold what software writes, and stop at their highest value", "[sram]") {
  SramBench bench;
  bench.check_data = false;
  constexpr std::uint32_t kMost = 0xFFFF'FFFF;
  bench.flip_bit(8, 3);
  bench.flip_bit(8, 70);
  bench.write_log(SramBench::Log::Fixed, kMost - 1);
  bench.write_log(SramBench::Log::Lost, kMost - 1);
  CHECK(bench.sim->fixed_o == kMost - 1);
  CHECK(bench.sim->lost_count_o == kMost - 1);
  for (unsigned n = 0; n < 3; ++n) {
    bench.flip_bit(64, n);
    bench.single(0, word_at(64));
    bench.single(0, word_at(8));
    bench.settle();
    CHECK(bench.sim->fixed_o == kMost);
    CHECK(bench.sim->lost_count_o == kMost);
  }
}

TEST_CASE("a request that meets a word to put right and a lost one logs the place of each", "[sram]") {
  SramBench bench;
  bench.check_data = false;
  for (unsigned n = 0; n < 56; ++n) {
    const std::uint64_t line = 64 * (31 * n + 5), right = line + 8 * (n % 8), lost = line + 8 * ((n + 1 + n / 8) % 8);
    CAPTURE(right, lost);
    bench.flip_bit(right, n);
    bench.flip_bit(lost, n);
    bench.flip_bit(lost, n + 1);
    SramRequest request = word_at(right, 0, 0x01);
    request.en = 3;
    request.address[1] = lost;
    request.strobe[1] = 0x01;
    bench.single(kStorePort, request);
    bench.settle();
    CHECK(bench.sim->fixed_o == n + 1);
    CHECK(bench.sim->fixed_at_o == place(right, bench.banks()));
    CHECK(bench.sim->lost_count_o == 1);
    CHECK(bench.sim->lost_at_o == place(lost, bench.banks(), kStorePort));
    bench.write_log(SramBench::Log::Lost, 0);
  }
}

TEST_CASE("the scrubber moves only while the node is awake, and finds what no one reads", "[sram]") {
  SramBench bench;
  bench.check_data = false;
  const std::uint64_t address = 64 * 20 + 8;
  bench.flip_bit(address, 64);
  bench.write_log(SramBench::Log::Scrub, 10);
  bench.sim.cycles(1000);
  bench.sim.settle();
  CHECK(bench.sim->scrub_line_o == 0);
  CHECK(bench.sim->busy_o == 0);
  bench.sim->awake_i = 1;
  bench.sim.cycles(100);
  bench.sim.settle();
  const std::uint64_t line = bench.sim->scrub_line_o;
  CHECK(line >= 8);
  CHECK(line <= 10);
  CHECK(bench.backdoor.errors(address) == 1);
  bench.sim.cycles(150);
  CHECK(bench.backdoor.errors(address) == 0);
  bench.sim.settle();
  CHECK(bench.sim->fixed_o == 1);
  CHECK(bench.sim->fixed_at_o == place(address, bench.banks()));
}

TEST_CASE("scrubbing without errors delays nobody", "[sram]") {
  std::array<SramBench::Statistics, kPorts> without;
  for (const bool scrub : {false, true}) {
    SramBench bench;
    SramTraffic traffic(1, 4096);
    if (scrub) bench.write_log(SramBench::Log::Scrub, 1);
    bench.sim->awake_i = 1;
    for (auto& generator : bench.generators) {
      generator = [&]() -> std::optional<SramRequest> {
        if (traffic.below(4) == 0) return std::nullopt;
        return traffic.any();
      };
    }
    bench.run(3000);
    // Requests are drawn port by port, cycle by cycle: one cycle's delay would change all that follows.
    for (unsigned p = 0; p < kPorts; ++p) {
      if (!scrub) without[p] = bench.statistics[p];
      CHECK(bench.statistics[p].accepted == without[p].accepted);
      CHECK(bench.statistics[p].longest == without[p].longest);
    }
    CHECK((bench.sim->scrub_line_o != 0) == scrub);
  }
}

TEST_CASE("wrong words that come too fast to be noted are found by a sweep", "[sram]") {
  SramBench bench;
  bench.check_data = false;
  // Of two neighbouring lines of one digit sum apart, word 1 and word 0 share a column; they lie in different banks.
  const std::uint64_t a = 64 * 8 + 8, b = 64 * 16;
  REQUIRE(golden::sram_place(a, bench.banks()).column == golden::sram_place(b, bench.banks()).column + 0U);
  bench.flip_bit(a, 0);
  bench.flip_bit(b, 1);
  // A sweep comes to all lines, also to those that nobody reads.
  const std::uint64_t first = 32, last = bench.bytes() - 8;
  bench.flip_bit(first, 2);
  bench.flip_bit(last, 3);
  bool given[2] = {};
  for (unsigned r = 0; r < 2; ++r) {
    bench.generators[r] = [&, r]() -> std::optional<SramRequest> {
      if (given[r]) return std::nullopt;
      given[r] = true;
      return word_at(r == 0 ? a : b);
    };
  }
  bench.run(6);
  CHECK(bench.sim->sweeps_o == 1);
  REQUIRE(bench.sim.run_until([&] { return !bench.sim->busy_o; }, 100'000));
  CHECK(bench.backdoor.errors(a) == 0);
  CHECK(bench.backdoor.errors(b) == 0);
  CHECK(bench.backdoor.errors(first) == 0);
  CHECK(bench.backdoor.errors(last) == 0);
  bench.sim.settle();
  CHECK(bench.sim->fixed_o == 4);
  CHECK(bench.sim->scrub_line_o == 0);
}

TEST_CASE("a write that flips inverts the stored bits that it names, and counts as nothing", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  bench.check_data = false;
  for (unsigned n = 0; n < 100; ++n) {
    const std::uint64_t address = 8 * traffic.below(bench.bytes() / 8), data = traffic.random()();
    bench.backdoor.write_word(address, data);
    golden::Codeword mask;
    for (unsigned i = 0; i < n % 4; ++i) mask = golden::flip(mask, static_cast<unsigned>(traffic.below(72)));
    if (n % 10 == 9) mask = {~std::uint64_t{0}, 0xFF};
    SramRequest request = word_at(address, mask.data, mask.check);
    request.flip = true;
    bench.single(kStorePort + n % 2, request);
    bench.settle();
    // The same bits once more: the word is whole again.
    bench.backdoor.flip_bits(address, mask.data, mask.check);
    CHECK(bench.backdoor.errors(address) == 0);
    CHECK(bench.backdoor.read_word(address) == data);
  }
  CHECK(bench.sim->fixed_o == 0);
  CHECK(bench.sim->lost_count_o == 0);
}

}  // namespace tatami::test
