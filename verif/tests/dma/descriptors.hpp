// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "verif/tests/dma/dma_bench.hpp"

namespace tatami::test {

using golden::Place;
using noc::Descriptor;
using noc::Kind;

inline std::uint64_t global(const Place& node, std::uint64_t offset, noc::Region region = noc::Region::Sram) {
  return std::uint64_t{1} << 63 | static_cast<std::uint64_t>(region) << 60 | std::uint64_t{node.die} << 40 |
         std::uint64_t{node.y} << 35 | std::uint64_t{node.x} << 30 | offset;
}

inline constexpr Place kOther{7, 1, 2};

inline Descriptor put_rows(std::uint64_t dst, std::uint64_t src, std::uint32_t row_bytes, std::uint32_t rows = 1) {
  Descriptor d;
  d.dst = dst;
  d.src = src;
  d.row_bytes = row_bytes;
  d.rows = rows;
  d.dst_pitch = d.src_pitch = static_cast<std::int32_t>(row_bytes);
  return d;
}

/// Runs one list of these descriptors on thread 1.
inline void run_list(DmaBench& bench, const std::vector<Descriptor>& descriptors) {
  bench.store(0x100, descriptors);
  bench.start({1, 0x100, static_cast<unsigned>(descriptors.size())});
  bench.finish();
}

/// Random descriptors, most of them legal, in memory of `bytes`.
class RandomDescriptors {
 public:
  RandomDescriptors(std::uint64_t seed, std::uint64_t bytes) : random_(seed), bytes_(bytes) {}

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  Descriptor next(bool remote) {
    Descriptor d;
    d.kind = remote ? Kind::Get : static_cast<Kind>(below(3));
    d.rows = static_cast<std::uint32_t>(below(6));
    d.row_bytes = static_cast<std::uint32_t>(8 * below(below(4) == 0 ? 60 : 17));
    d.dst_pitch = pitch();
    d.src_pitch = pitch();
    const std::uint64_t span = 32768;
    d.dst = span / 2 + 8 * below((bytes_ - span) / 8);
    d.src = span / 2 + 8 * below((bytes_ - span) / 8);
    const Place far{7, static_cast<unsigned>(below(4)), static_cast<unsigned>(below(4))};
    const auto region = below(remote ? 16 : 3) == 0 ? noc::Region::Group : noc::Region::Sram;
    if (remote || (d.kind != Kind::Get && below(2))) d.dst = global(far, d.dst, region);
    if (d.kind == Kind::Get && !remote && below(4)) d.src = global(far, d.src);
    if (remote && below(2)) d.src = global(DmaBench::kNode, d.src);
    if (d.dst >> 63 == 0 && below(3) == 0) d.dst += noc::kSramAlias;
    if (d.src >> 63 == 0 && below(3) == 0) d.src += noc::kSramAlias;
    d.post = below(2);
    d.sem = static_cast<std::uint8_t>(below(64));
    if (below(2)) pad(d);
    if (below(2)) gather(d);
    if (below(8) == 0) spoil(d);
    return d;
  }

  /// Lays tables of offsets, most of which can be used, over the part of the memory where gathers look for them.
  void lay_tables(std::vector<std::uint64_t>& memory) {
    for (std::uint64_t at = tables(); at < tables() + kTableBytes; at += 8) {
      std::uint64_t word = 0;
      for (unsigned half = 0; half < 2; ++half) {
        std::uint64_t offset = 8 * below(bytes_ / 16);
        if (below(16) == 0) offset = below(2) ? offset + below(8) : random_() >> 32;
        word |= offset << 32 * half;
      }
      memory[at / 8] = word;
    }
  }

 private:
  static constexpr std::uint64_t kTableBytes = 0x1000;

  /// Where the tables begin: near the end of the memory, so that their addresses need all bits.
  std::uint64_t tables() const { return bytes_ - 2 * kTableBytes; }
  std::int32_t pitch() { return static_cast<std::int32_t>(8 * below(200)) - 800; }

  /// Padding that fits the box, often all of it.
  void pad(Descriptor& d) {
    d.pad_top = static_cast<std::uint16_t>(below(d.rows + 1));
    d.pad_bottom = static_cast<std::uint16_t>(below(d.rows - d.pad_top + 1));
    const std::uint64_t words = d.row_bytes / 8, left = below(words + 1);
    d.pad_left = static_cast<std::uint16_t>(8 * left);
    d.pad_right = static_cast<std::uint16_t>(8 * below(words - left + 1));
  }

  void gather(Descriptor& d) {
    d.gather = true;
    d.rows = static_cast<std::uint32_t>(below(2) ? below(6) : below(70));
    d.pad_top = static_cast<std::uint16_t>(std::min<std::uint32_t>(d.pad_top, d.rows));
    d.pad_bottom = static_cast<std::uint16_t>(std::min<std::uint32_t>(d.pad_bottom, d.rows - d.pad_top));
    d.dst_pitch = static_cast<std::int32_t>(8 * below(60)) - 240;
    d.index = static_cast<std::uint32_t>(tables() + 8 * below(kTableBytes / 8 - 40));
    if (below(3) == 0) d.index += static_cast<std::uint32_t>(noc::kSramAlias);
  }

  void spoil(Descriptor& d) {
    const auto bit = [this](unsigned bits) { return std::uint64_t{1} << below(bits); };
    switch (below(9)) {
      case 0: d.dst ^= bit(64); break;
      case 1: d.src ^= bit(64); break;
      case 2: d.row_bytes ^= static_cast<std::uint32_t>(bit(3)); break;
      case 3: d.dst_pitch ^= static_cast<std::int32_t>(1 << below(31)); break;
      case 4: d.src_pitch = std::numeric_limits<std::int32_t>::min() + static_cast<std::int32_t>(below(9)); break;
      case 5: d.pad_top ^= static_cast<std::uint16_t>(bit(16)); break;
      case 6: d.pad_right ^= static_cast<std::uint16_t>(bit(16)); break;
      case 7: d.index ^= static_cast<std::uint32_t>(bit(32)); break;
      default: d.kind = static_cast<Kind>(below(16)); break;
    }
  }

  std::mt19937_64 random_;
  std::uint64_t bytes_;
};

}  // namespace tatami::test
