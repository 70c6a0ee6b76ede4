// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The matrix unit against the golden step: formats, layouts, written parts, accumulators of all threads, read-outs,
/// gaps, fixed latencies.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <vector>

#include "Vmatrix_unit_tb.h"
#include "isa.hpp"
#include "verif/golden/num/matrix.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"
#include "verif/tests/num/dot_operands.hpp"

namespace tatami::test {

inline constexpr uint64_t kDoneLatency = 5;  // from a step to its done pulse
inline constexpr uint64_t kReadLatency = 3;

/// Random steps and read-outs. An accumulator is not touched between a step and the cycle after its done pulse, as the
/// unit demands; everything else overlaps.
class MatrixBench {
 public:
  MatrixBench() : random_(seed() * 137) {
    sim_->valid_i = 0, sim_->read_valid_i = 0;
    sim_.settle();
    shape_ = {sim_->rows_o, sim_->cols_o, sim_->simd_bytes_o};
    const size_t tiles = size_t{sim_->threads_o} * sim_->accumulators_o;
    tiles_.assign(tiles, std::vector<uint32_t>(size_t{shape_.rows} * shape_.cols));
    free_at_.assign(tiles, 0);
    written_.assign(tiles, false);
  }

  size_t tiles() const { return tiles_.size(); }
  uint64_t time() const { return sim_.time(); }
  uint64_t steps() const { return steps_; }
  bool is_free(size_t tile) const { return sim_.time() >= free_at_[tile]; }

  /// Prepares a step of this cycle on `tile`; the model's accumulator changes at once, nobody looks before it is free.
  void step(size_t tile, bool first, const isa::Tile& how, const Descriptor& a_format, const Descriptor& b_format) {
    const std::vector<uint8_t> a = operand(a_format), b = operand(b_format);
    drive(tile, a, b);
    sim_->first_i = first, sim_->write_i = 0, sim_->tile_i = static_cast<uint8_t>(how.pack());
    sim_->a_format_i = a_format.pack(), sim_->b_format_i = b_format.pack();
    golden::matrix_step(shape_, {a, a_format, how.ta, how.ha}, {b, b_format, how.tb, how.hb}, tiles_[tile], first);
    ++steps_;
  }

  /// Prepares the writing of a part of `tile` with any bits; formats and layout are garbage then.
  void write(size_t tile, unsigned part) {
    std::vector<uint32_t> words(shape_.simd_bytes / 4);
    std::vector<uint8_t> a(shape_.simd_bytes), b(shape_.simd_bytes);
    for (auto& word : words) word = random_.chance(4) ? 0xff812345 : random_.number(kFp32, random_.range());
    std::memcpy(a.data(), words.data(), a.size());
    for (auto& byte : b) byte = static_cast<uint8_t>(random_.below(256));
    drive(tile, a, b);
    sim_->first_i = 0, sim_->write_i = 1, sim_->part_i = static_cast<uint8_t>(part);
    sim_->tile_i = static_cast<uint8_t>(random_.below(128));
    golden::matrix_write(shape_, tiles_[tile], part, words);
  }

  void random_step() {
    const size_t tile = random_.below(static_cast<uint32_t>(tiles()));
    if (!is_free(tile)) return;
    if (written_[tile] && random_.chance(6)) return write(tile, random_.below(4));
    const isa::Tile how = isa::Tile::unpack(random_.below(128));
    const bool first = !written_[tile] || random_.chance(8);
    if (random_.chance(8)) return step(tile, first, how, kInt8, kInt8);
    const auto formats = operand_formats();
    const auto any = [&] {
      return random_descriptor(random_, *formats[random_.below(static_cast<uint32_t>(formats.size()))]);
    };
    const Descriptor a_format = any(), b_format = any();
    step(tile, first, how, a_format, b_format);
  }

  void read(size_t tile, unsigned part, bool bf16) {
    Read expected{sim_.time() + kReadLatency, random_.below(128), std::vector<uint32_t>(shape_.simd_bytes / 4)};
    if (bf16) {
      std::vector<uint16_t> halves(shape_.simd_bytes / 2);
      golden::matrix_read_bf16(shape_, tiles_[tile], part, halves);
      for (size_t i = 0; i < halves.size(); ++i) expected.words[i / 2] |= uint32_t{halves[i]} << (16 * (i % 2));
    } else {
      golden::matrix_read_fp32(shape_, tiles_[tile], part, expected.words);
    }
    sim_->read_valid_i = 1, sim_->read_bf16_i = bf16;
    sim_->read_thread_i = static_cast<uint8_t>(tile / sim_->accumulators_o);
    sim_->read_acc_i = static_cast<uint8_t>(tile % sim_->accumulators_o);
    sim_->read_part_i = static_cast<uint8_t>(part), sim_->read_tag_i = static_cast<uint8_t>(expected.tag);
    reads_.push_back(std::move(expected));
  }

  void random_read() {
    const size_t tile = random_.below(static_cast<uint32_t>(tiles()));
    // A read in the same cycle as a step on its tile would have to come first; the core never does that.
    const bool stepped_now = sim_->valid_i != 0 && !done_.empty() && done_.back().tile == tile;
    if (written_[tile] && is_free(tile) && !stepped_now) read(tile, random_.below(4), random_.chance(2));
  }

  bool chance(uint32_t one_in) { return random_.chance(one_in); }

  /// Ends the cycle: checks the outputs that are due in it, and no others.
  void cycle() {
    sim_.settle();
    const bool done_due = !done_.empty() && done_.front().due == sim_.time();
    if (sim_->done_valid_o != done_due) REQUIRE(sim_->done_valid_o == done_due);
    if (done_due) {
      const size_t tile = size_t{sim_->done_thread_o} * sim_->accumulators_o + sim_->done_acc_o;
      if (tile != done_.front().tile) REQUIRE(tile == done_.front().tile);
      done_.pop_front();
    }
    const bool read_due = !reads_.empty() && reads_.front().due == sim_.time();
    if (sim_->read_valid_o != read_due) REQUIRE(sim_->read_valid_o == read_due);
    if (read_due) {
      const Read& expected = reads_.front();
      if (sim_->read_tag_o != expected.tag) REQUIRE(sim_->read_tag_o == expected.tag);
      for (size_t i = 0; i < expected.words.size(); ++i) {
        if (sim_->read_data_o[i] == expected.words[i]) continue;
        CAPTURE(i, sim_.time());
        REQUIRE(sim_->read_data_o[i] == expected.words[i]);
      }
      reads_.pop_front();
    }
    sim_.cycle();
    sim_->valid_i = 0, sim_->read_valid_i = 0;
  }

  /// Random steps and read-outs, and then all tiles.
  void run_random(int cycles) {
    for (int i = 0; i < cycles; ++i) {
      if (chance(2)) random_step();
      if (chance(2)) random_read();
      cycle();
    }
    read_all();
  }

  /// Reads every tile out in both formats.
  void read_all() {
    for (int i = 0; i < 16; ++i) cycle();
    for (size_t tile = 0; tile < tiles(); ++tile) {
      for (unsigned part = 0; written_[tile] && part < 4; ++part) {
        read(tile, part, false);
        cycle();
        read(tile, part, true);
        cycle();
      }
    }
    for (int i = 0; i < 8; ++i) cycle();
    CHECK(reads_.empty());
    CHECK(done_.empty());
    CHECK(sim_->busy_o == 0);
  }

 private:
  static constexpr Descriptor kInt8{formats::Kind::kInt8, 0, false, false};

  /// A register of codes. Mostly finite numbers: an infinity would soon make NaNs of all accumulators.
  std::vector<uint8_t> operand(const Descriptor& format) {
    const size_t bytes = static_cast<size_t>(format.format().bits) / 8;
    const auto range = random_.chance(4) ? random_.range() : NumberSource::Range::kNearOne;
    std::vector<uint8_t> result(shape_.simd_bytes);
    for (size_t i = 0; i < result.size(); i += bytes) {
      uint16_t code = 0;
      do code = random_code(random_, format.format(), range);
      while (golden::decode(code, format).type != golden::NumberClass::kFinite && !random_.chance(50));
      std::memcpy(&result[i], &code, bytes);
    }
    return result;
  }

  void drive(size_t tile, const std::vector<uint8_t>& a, const std::vector<uint8_t>& b) {
    std::memcpy(&sim_->a_i[0], a.data(), a.size());
    std::memcpy(&sim_->b_i[0], b.data(), b.size());
    sim_->valid_i = 1;
    sim_->thread_i = static_cast<uint8_t>(tile / sim_->accumulators_o);
    sim_->acc_i = static_cast<uint8_t>(tile % sim_->accumulators_o);
    done_.push_back({sim_.time() + kDoneLatency, tile});
    free_at_[tile] = sim_.time() + kDoneLatency + 1;
    written_[tile] = true;
  }

  struct Done {
    uint64_t due;
    size_t tile;
  };
  struct Read {
    uint64_t due;
    uint32_t tag;
    std::vector<uint32_t> words;
  };

  Sim<Vmatrix_unit_tb> sim_;
  NumberSource random_;
  golden::MatrixShape shape_{};
  std::vector<std::vector<uint32_t>> tiles_;
  std::vector<uint64_t> free_at_;
  std::vector<bool> written_;
  std::deque<Done> done_;
  std::deque<Read> reads_;
  uint64_t steps_ = 0;
};

}  // namespace tatami::test
