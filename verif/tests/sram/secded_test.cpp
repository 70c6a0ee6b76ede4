// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/sram/secded.hpp"

#include <bit>
#include <random>
#include <set>

#include "verif/golden/sram/address_map.hpp"
#include "verif/tests/sram/sram_bench.hpp"

namespace tatami::test {
namespace {

using golden::Codeword;

TEST_CASE("the golden code corrects every single and detects every double error", "[sram]") {
  std::mt19937_64 random(seed());
  for (unsigned n = 0; n < 4; ++n) {
    const std::uint64_t data = n == 0 ? 0 : random();
    const Codeword word = golden::secded_encode(data);
    CHECK(golden::secded_decode(word) == golden::Decoded{data, false, false});
    for (unsigned i = 0; i < 72; ++i) {
      CHECK(golden::secded_decode(golden::flip(word, i)) == golden::Decoded{data, true, false});
      for (unsigned j = 0; j < i; ++j) {
        if (!golden::secded_decode(golden::flip(golden::flip(word, i), j)).uncorrectable)
          FAIL("bits " << i << ", " << j);
      }
    }
  }
}

TEST_CASE("the golden code is balanced: 26 data bits per check bit, distinct odd columns", "[sram]") {
  std::array<unsigned, 8> covered{};
  std::set<unsigned> distinct;
  for (unsigned i = 0; i < 72; ++i) {
    const std::uint8_t column = golden::secded_columns()[i];
    distinct.insert(column);
    CHECK(std::popcount(column) % 2 == 1);
    for (unsigned k = 0; k < 8 && i < 64; ++k) covered[k] += column >> k & 1;
  }
  CHECK(distinct.size() == 72);
  for (unsigned count : covered) CHECK(count == 26);
}

TEST_CASE("the address map is one to one, and strides of 64 B to 32 KiB meet eight columns", "[sram]") {
  constexpr unsigned kBanks = 32;
  std::set<std::array<unsigned, 3>> places;
  constexpr std::uint64_t kBytes = 64 * kBanks * 16;
  for (std::uint64_t address = 0; address < kBytes; address += 8) {
    const auto place = golden::sram_place(address, kBanks);
    REQUIRE(place.row < 16);
    places.insert({place.bank, place.column, place.row});
  }
  CHECK(places.size() == kBytes / 8);
  for (const std::uint64_t stride : {64, 512, 4096, 32768}) {
    std::set<unsigned> columns;
    for (unsigned i = 0; i < 8; ++i) columns.insert(golden::sram_place(i * stride, kBanks).column);
    CHECK(columns.size() == 8);
  }
}

TEST_CASE("stored check bits are those of the golden code", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  bench.check_data = false;
  for (unsigned n = 0; n < 100; ++n) {
    const std::uint64_t data = n < 64 ? std::uint64_t{1} << n : traffic.random()();
    const std::uint64_t address = 8 * traffic.below(bench.bytes() / 8);
    const Codeword word = golden::secded_encode(data);
    // A codeword minus itself is the codeword zero, which reads as zero without flags.
    if (n % 3 == 0) {
      bench.backdoor.write_word(address, data);
    } else {
      // Full and partial writes encode in different places.
      bench.write_word(address, ~data, 0xFF);
      bench.write_word(address, data, n % 3 == 1 ? 0xFF : 0x0F);
      if (n % 3 == 2) bench.write_word(address, data, 0xF0);
    }
    bench.backdoor.flip_bits(address, word.data, word.check);
    const SramResponse response = bench.read_word(address);
    CHECK(response.data[0] == 0);
    CHECK(response.corrected == 0);
    CHECK(response.uncorrectable == 0);
    bench.backdoor.flip_bits(address, word.data, word.check);
    CHECK(bench.read_word(address).data[0] == data);
    bench.backdoor.write_word(address, 0);
  }
}

TEST_CASE("reads correct every single error and flag double errors, as the golden code does", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  bench.check_data = false;
  for (unsigned n = 0; n < 72 + 200; ++n) {
    const std::uint64_t address = 8 * traffic.below(bench.bytes() / 8);
    const std::uint64_t data = traffic.random()();
    const unsigned first = n < 72 ? n : static_cast<unsigned>(traffic.below(72));
    const unsigned second = static_cast<unsigned>(traffic.below(72));
    bench.backdoor.write_word(address, data);
    Codeword error = golden::flip({}, first);
    if (n >= 72) error = golden::flip(error, second);
    bench.backdoor.flip_bits(address, error.data, error.check);
    const Codeword stored = golden::secded_encode(data);
    const auto expected =
        golden::secded_decode({stored.data ^ error.data, static_cast<std::uint8_t>(stored.check ^ error.check)});
    const SramResponse response = bench.read_word(address);
    CHECK(response.data[0] == expected.data);
    CHECK((response.corrected == 1) == expected.corrected);
    CHECK((response.uncorrectable == 1) == expected.uncorrectable);
    CHECK(bench.backdoor.read_word(address) == expected.data);
  }
}

TEST_CASE("a partial write heals a single error and keeps a double error visible; a full write clears both", "[sram]") {
  SramBench bench;
  bench.check_data = false;
  constexpr std::uint64_t kAddress = 0x1238;
  constexpr std::uint64_t kData = 0x0123456789ABCDEF;
  bench.backdoor.write_word(kAddress, kData);
  bench.backdoor.flip_bits(kAddress, std::uint64_t{1} << 60, 0);
  bench.write_word(kAddress, 0x55, 0x01);
  SramResponse response = bench.read_word(kAddress);
  CHECK(response.data[0] == 0x0123456789ABCD55);
  CHECK(response.corrected == 0);
  CHECK(response.uncorrectable == 0);

  bench.backdoor.flip_bits(kAddress, 3, 0);
  bench.write_word(kAddress, 0xAA, 0x01);
  CHECK(bench.read_word(kAddress).uncorrectable == 1);

  bench.write_word(kAddress, kData);
  response = bench.read_word(kAddress);
  CHECK(response.data[0] == kData);
  CHECK(response.uncorrectable == 0);
}

TEST_CASE("the back door and the ports see the same bytes", "[sram]") {
  SramBench bench;
  SramTraffic traffic(seed(), bench.bytes());
  bench.check_data = false;
  std::vector<std::uint8_t> bytes(1000);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(traffic.random()());
  const std::uint64_t start = bench.bytes() - bytes.size();
  bench.backdoor.write(start - 3, bytes);
  for (std::uint64_t address = (start + 7) / 8 * 8; address + 8 <= bench.bytes() - 3; address += 8) {
    std::uint64_t expected = 0;
    std::memcpy(&expected, bytes.data() + (address - start + 3), 8);
    CHECK(bench.read_word(address).data[0] == expected);
  }
  bench.write_word(start / 8 * 8, 0x1122334455667788);
  std::array<std::uint8_t, 8> read{};
  bench.backdoor.read(start / 8 * 8, read);
  CHECK(read == std::array<std::uint8_t, 8>{0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11});
  CHECK_THROWS_AS(bench.backdoor.write(start + 1, bytes), std::out_of_range);
  CHECK_THROWS_AS(bench.backdoor.read(~std::uint64_t{0}, read), std::out_of_range);
}

}  // namespace
}  // namespace tatami::test
