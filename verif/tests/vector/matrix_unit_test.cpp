// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The matrix unit against the golden step: layouts, accumulators of all threads, read-outs, gaps, fixed latencies.
#include <cstdint>
#include <deque>
#include <vector>

#include "Vmatrix_unit_tb.h"
#include "verif/golden/num/matrix.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"
#include "verif/tests/num/operands.hpp"

namespace tatami::test {
namespace {

constexpr uint64_t kDoneLatency = 5;  // from a step to its done pulse
constexpr uint64_t kReadLatency = 3;

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
  void step(size_t tile, bool first, unsigned layout) {
    const unsigned lanes = shape_.simd_bytes / 2;
    std::vector<uint16_t> a(lanes), b(lanes);
    const auto range = random_.chance(4) ? random_.range() : NumberSource::Range::kNearOne;
    for (auto* operand : {&a, &b}) {
      // Mostly finite numbers: an infinity would soon make NaNs of all accumulators.
      for (auto& lane : *operand) {
        do lane = static_cast<uint16_t>(random_.number(kBf16, range));
        while ((lane & 0x7f80) == 0x7f80 && !random_.chance(50));
      }
    }
    const bool ta = (layout & 1) != 0, tb = (layout & 2) != 0;
    for (unsigned i = 0; i < lanes / 2; ++i) {
      sim_->a_i[i] = a[2 * i] | uint32_t{a[2 * i + 1]} << 16;
      sim_->b_i[i] = b[2 * i] | uint32_t{b[2 * i + 1]} << 16;
    }
    sim_->valid_i = 1, sim_->first_i = first, sim_->ta_i = ta, sim_->tb_i = tb;
    sim_->thread_i = static_cast<uint8_t>(tile / sim_->accumulators_o);
    sim_->acc_i = static_cast<uint8_t>(tile % sim_->accumulators_o);
    golden::matrix_step(shape_, a, b, tiles_[tile], first, ta, tb);
    done_.push_back({sim_.time() + kDoneLatency, tile});
    free_at_[tile] = sim_.time() + kDoneLatency + 1;
    written_[tile] = true;
    ++steps_;
  }

  void random_step() {
    const size_t tile = random_.below(static_cast<uint32_t>(tiles()));
    if (is_free(tile)) step(tile, !written_[tile] || random_.chance(8), random_.below(4));
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

}  // namespace

TEST_CASE("Random steps and read-outs equal the golden matrix step", "[vector][matrix]") {
  MatrixBench bench;
  for (int i = 0; i < 30'000; ++i) {
    if (bench.chance(2)) bench.random_step();
    if (bench.chance(2)) bench.random_read();
    bench.cycle();
  }
  bench.read_all();
}

TEST_CASE("One thread's eight accumulators keep the matrix unit busy every cycle", "[vector][matrix]") {
  MatrixBench bench;
  constexpr uint64_t kCycles = 800, kAccumulators = 8;
  for (uint64_t i = 0; i < kCycles; ++i) {
    REQUIRE(bench.is_free(i % kAccumulators));
    bench.step(i % kAccumulators, i < kAccumulators, static_cast<unsigned>(i / kAccumulators) % 4);
    bench.cycle();
  }
  CHECK(bench.steps() == kCycles);
  bench.read_all();
}

TEST_CASE("A step on an accumulator may enter in the cycle after its done pulse", "[vector][matrix]") {
  MatrixBench bench;
  for (int i = 0; i < 200; ++i) {
    while (!bench.is_free(0)) bench.cycle();
    bench.step(0, i == 0, 0);
    bench.cycle();
  }
  CHECK(bench.time() == 199 * (kDoneLatency + 1) + 1);
  bench.read_all();
}

}  // namespace tatami::test
