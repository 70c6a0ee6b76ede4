// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The conversion lanes against their golden twin, with random gaps, formats and biases mixed from cycle to cycle.

#include <cstdint>
#include <deque>
#include <random>
#include <vector>

#include "Vconvert_tb.h"
#include "verif/golden/num/convert.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"

namespace tatami::test {
namespace {

using formats::Denormals;
using formats::Descriptor;
using formats::Format;
using formats::Kind;
using golden::Flagged;

constexpr int kLatency = 5;
constexpr uint32_t kRandomMask = (1u << golden::kRandomBits) - 1;

struct Operation {
  uint64_t due = 0;
  Descriptor descriptor;
  uint32_t word = 0;
  uint32_t random = 0;
};

/// Feeds a word to both directions and checks both answers in the cycle in which they must appear.
class ConvertBench {
 public:
  explicit ConvertBench(uint64_t salt) : random_(seed() * 1000 + salt) {}

  void operate(const Descriptor& descriptor, uint32_t word, uint32_t random = 0) {
    while (random_() % 8 == 0) cycle(nullptr);
    const Operation operation{0, descriptor, word, random};
    cycle(&operation);
  }
  void drain() {
    for (int i = 0; i <= kLatency; ++i) cycle(nullptr);
    CHECK(expected_.empty());
  }

 private:
  void cycle(const Operation* operation) {
    sim_->valid_i = operation != nullptr;
    // Garbage between operations.
    sim_->descriptor_i = operation != nullptr ? operation->descriptor.pack() : 0xffff;
    sim_->word_i = operation != nullptr ? operation->word : ~0u;
    sim_->random_i = operation != nullptr ? operation->random : kRandomMask;
    if (operation != nullptr) {
      expected_.push_back(*operation);
      expected_.back().due = sim_.time() + kLatency;
    }
    sim_.settle();
    const bool due = !expected_.empty() && expected_.front().due == sim_.time();
    if (sim_->valid_o != due) REQUIRE(sim_->valid_o == due);
    if (due) {
      check(expected_.front());
      expected_.pop_front();
    }
    sim_.cycle();
  }

  void check(const Operation& o) {
    const Flagged wide = golden::widen(o.word, o.descriptor);
    const Flagged code = golden::narrow(o.word, o.descriptor, o.random);
    if (wide == Flagged{sim_->wide_o, sim_->wide_flags_o} && code == Flagged{sim_->code_o, sim_->code_flags_o}) return;
    INFO("format " << o.descriptor.format().name << " bias " << int{o.descriptor.bias} << " gradual "
                   << o.descriptor.gradual << " stochastic " << o.descriptor.stochastic << std::hex << " word 0x"
                   << o.word << " random 0x" << o.random);
    CHECK(sim_->wide_o == wide.bits);
    CHECK(sim_->wide_flags_o == wide.flags);
    CHECK(sim_->code_o == code.bits);
    REQUIRE(sim_->code_flags_o == code.flags);
    FAIL("differs");
  }

  Sim<Vconvert_tb> sim_;
  std::mt19937_64 random_;
  std::deque<Operation> expected_;
};

std::vector<Descriptor> descriptors(const Format& format, bool stochastic) {
  std::vector<Descriptor> all;
  for (int bias = 0; bias < (format.bias_configurable ? 64 : 1); ++bias) {
    for (int gradual = 0; gradual < (format.denormals == Denormals::kLiteral ? 2 : 1); ++gradual) {
      all.push_back({format.kind, static_cast<uint8_t>(bias), stochastic, gradual != 0});
    }
  }
  return all;
}

Descriptor random_descriptor(std::mt19937_64& random) {
  const Format& format = formats::kFormats[random() % formats::kFormats.size()];
  Descriptor d{format.kind, 0, random() % 2 == 0 && format.kind != Kind::kFp32, false};
  if (format.bias_configurable) d.bias = random() % 64, d.gradual = random() % 2 == 0;
  return d;
}

/// A number near the places where a format rounds, flushes, overflows or ends.
uint32_t near_boundary(const Descriptor& d, std::mt19937_64& random) {
  const Format& format = d.format();
  const uint32_t code = static_cast<uint32_t>(random());
  uint32_t word = golden::widen(code & static_cast<uint32_t>((uint64_t{1} << format.bits) - 1), d).bits;
  const unsigned drop = format.is_integer() ? 23 - random() % 24 : 23 - static_cast<unsigned>(format.fraction_bits);
  if (drop > 0 && random() % 2 == 0) word += 1u << (drop - 1);                // a midpoint
  word += static_cast<uint32_t>(random() % 5) - 2;                            // or next to one
  if (random() % 8 == 0) word -= static_cast<uint32_t>(random() % 12) << 23;  // deep below
  if (random() % 8 == 0) word += static_cast<uint32_t>(random() % 4) << 23;   // beyond
  return word;
}

uint32_t random_bits(std::mt19937_64& random) {
  switch (random() % 6) {
    case 0: return 0;
    case 1: return kRandomMask;
    case 2: return 1u << (random() % golden::kRandomBits);
    default: return static_cast<uint32_t>(random()) & kRandomMask;
  }
}

void boundaries(ConvertBench& bench, uint64_t salt, int count) {
  std::mt19937_64 random(seed() * 77 + salt);
  for (int i = 0; i < count; ++i) {
    const Descriptor d = random_descriptor(random);
    bench.operate(d, near_boundary(d, random), random_bits(random));
  }
}

TEST_CASE("every code of 8 and 16 bits widens at every bias as its golden twin says", "[convert]") {
  ConvertBench bench(1);
  for (const Format& format : formats::kFormats) {
    if (format.bits > 16) continue;
    for (const Descriptor& d : descriptors(format, false)) {
      for (uint32_t code = 0; code < 1u << format.bits; ++code) bench.operate(d, code);
    }
  }
  bench.drain();
}

TEST_CASE("numbers near the boundaries of every format narrow as the golden twin says", "[convert]") {
  ConvertBench bench(2);
  boundaries(bench, 1, 1'500'000);
  bench.drain();
}

TEST_CASE("random words convert as the golden twin says", "[convert]") {
  ConvertBench bench(3);
  std::mt19937_64 random(seed());
  for (int i = 0; i < 1'000'000; ++i) {
    bench.operate(random_descriptor(random), static_cast<uint32_t>(random()), random_bits(random));
  }
  bench.drain();
}

TEST_CASE("every number of 16 bits narrows to every format at every bias, nearest", "[.nightly][convert]") {
  ConvertBench bench(4);
  for (const Kind source : {Kind::kBf16, Kind::kFp16}) {
    for (const Format& format : formats::kFormats) {
      for (const Descriptor& d : descriptors(format, false)) {
        for (uint32_t code = 0; code < 1u << 16; ++code)
          bench.operate(d, golden::widen(code, {source, 0, false, false}).bits);
      }
    }
  }
  bench.drain();
}

TEST_CASE("a hundred million numbers near boundaries", "[.nightly][convert]") {
  ConvertBench bench(5);
  boundaries(bench, 2, 100'000'000);
  bench.drain();
}

}  // namespace
}  // namespace tatami::test
