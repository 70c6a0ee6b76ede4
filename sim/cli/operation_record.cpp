// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/operation_record.hpp"

#include <fmt/format.h>

namespace tatami::cli {
namespace {

std::string describe(const Operation& o) {
  const ConvShape& s = o.shape;
  if (o.op == "matmul") return fmt::format("matmul {}x{}x{}", s.width, s.out_channels, s.in_channels);
  return fmt::format("conv {}x{}, {} to {} channels, {} image{} of {}x{}, stride {}, padding {}", s.kernel_height,
                     s.kernel_width, s.in_channels, s.out_channels, s.batch, s.batch == 1 ? "" : "s", s.height, s.width,
                     s.stride, s.pad);
}

Extents shape_of(const Operation& o) {
  const ConvShape& s = o.shape;
  if (o.op == "matmul") return {{"m", s.width}, {"n", s.out_channels}, {"k", s.in_channels}};
  return {{"batch", s.batch},
          {"in_channels", s.in_channels},
          {"height", s.height},
          {"width", s.width},
          {"out_channels", s.out_channels},
          {"kernel_height", s.kernel_height},
          {"kernel_width", s.kernel_width},
          {"stride", s.stride},
          {"pad", s.pad}};
}

}  // namespace

LaunchRecord record_of(const Operation& o, const std::string& format, DataType output_type) {
  LaunchRecord record;
  record.op = o.op;
  record.description = fmt::format("{}, {} to {}", describe(o), format, name_of(output_type));
  record.shape = shape_of(o);
  record.elements = volume(o.output_shape());
  return record;
}

}  // namespace tatami::cli
