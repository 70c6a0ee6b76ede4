// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/accumulators.hpp"

#include "sim/kernels/reduction.hpp"

namespace tatami {
namespace {

constexpr unsigned kFirstData = 16, kDataSet = 4;  // registers that tiles pass through, in two sets

VReg data(std::size_t set, unsigned n) { return VReg(kFirstData + kDataSet * static_cast<unsigned>(set % 2) + n); }

}  // namespace

unsigned Accumulators::parts(const Config& config, DataType type) {
  return config.matrix_rows * config.matrix_cols * static_cast<unsigned>(element_bytes(type)) / config.simd_bytes;
}

/// Read-outs run a set of registers ahead of the stores.
void Accumulators::store(DataType type, XReg plane, VReg mask) {
  const std::vector<Set> all = sets(type);
  for (std::size_t s = 0; s <= all.size(); ++s) {
    if (s < all.size()) read_out(all[s], s, type);
    if (s > 0) store_set(all[s - 1], s - 1, plane, mask);
  }
}

/// Loads run a set of registers ahead of the writes of accumulators.
void Accumulators::load(XReg plane) {
  const std::vector<Set> all = sets(DataType::Fp32);
  for (std::size_t s = 0; s <= all.size(); ++s) {
    if (s < all.size()) load_set(all[s], s, plane);
    if (s > 0) fill(all[s - 1], s - 1);
  }
}

std::vector<Accumulators::Set> Accumulators::sets(DataType type) const {
  std::vector<Set> all;
  for (unsigned i = 0; i < variant_.rows; ++i) {
    for (unsigned j = 0; j < variant_.cols; ++j) {
      for (unsigned part = 0; part < parts(config_, type); ++part) {
        if (all.empty() || all.back().size() == kDataSet) all.emplace_back();
        all.back().push_back({i, j, part});
      }
    }
  }
  return all;
}

void Accumulators::read_out(const Set& set, std::size_t number, DataType type) {
  for (unsigned n = 0; n < set.size(); ++n) {
    if (type == DataType::Fp32) {
      as_.mrd_fp32(data(number, n), accumulator(set[n]), set[n].part);
    } else {
      as_.mrd_bf16(data(number, n), accumulator(set[n]), set[n].part);
    }
  }
}

void Accumulators::store_set(const Set& set, std::size_t number, XReg plane, VReg mask) {
  for (unsigned n = 0; n < set.size(); ++n) {
    enter_tile(set[n], plane);
    if (variant_.masked && set[n].col + 1 == variant_.cols) as_.vand(data(number, n), data(number, n), mask);
    as_.vst(data(number, n), Reduction::row_pointer(set[n].row), std::int64_t{set[n].part} * config_.simd_bytes);
  }
}

void Accumulators::load_set(const Set& set, std::size_t number, XReg plane) {
  for (unsigned n = 0; n < set.size(); ++n) {
    enter_tile(set[n], plane);
    as_.vld(data(number, n), Reduction::row_pointer(set[n].row), std::int64_t{set[n].part} * config_.simd_bytes);
  }
}

void Accumulators::fill(const Set& set, std::size_t number) {
  for (unsigned n = 0; n < set.size(); ++n) as_.mwr_fp32(accumulator(set[n]), data(number, n), set[n].part);
}

/// The row pointer goes on to the next plane with the first part of every column tile but the first.
void Accumulators::enter_tile(const Part& part, XReg plane) {
  const XReg pointer = Reduction::row_pointer(part.row);
  if (part.col > 0 && part.part == 0) as_.add(pointer, pointer, plane);
}

}  // namespace tatami
