// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "formats.hpp"

namespace tatami {

/// What the elements of a tensor are: a format and, where it has one to choose, the bias of its IEEE-like namesake.
enum class DataType { Bf16, Fp32, Fp16, Shp, Cfp8_143, Cfp8_152 };

constexpr formats::Descriptor descriptor(DataType type) {
  using formats::Kind;
  switch (type) {
    case DataType::Fp32: return {Kind::kFp32, 0, false, false};
    case DataType::Fp16: return {Kind::kFp16, 0, false, false};
    case DataType::Shp: return {Kind::kShp, 15, false, false};
    case DataType::Cfp8_143: return {Kind::kCfp8143, 7, false, false};
    case DataType::Cfp8_152: return {Kind::kCfp8152, 15, false, false};
    default: return {Kind::kBf16, 0, false, false};
  }
}

/// Types that the matrix unit multiplies.
inline constexpr DataType kOperandTypes[] = {DataType::Bf16, DataType::Fp16, DataType::Shp, DataType::Cfp8_143,
                                             DataType::Cfp8_152};

/// Bytes of one element in SRAM.
constexpr std::size_t element_bytes(DataType type) {
  return static_cast<std::size_t>(descriptor(type).format().bits) / 8;
}

inline std::string name_of(DataType type) { return std::string(descriptor(type).format().name); }

}  // namespace tatami
