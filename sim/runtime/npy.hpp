// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// NumPy's .npy files: the subset that carries real tensors, and tensors of codes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/runtime/tensor.hpp"

namespace tatami::npy {

/// A real tensor, row-major.
struct Array {
  Shape shape;
  std::vector<double> values;
};

/// Parses the bytes of a file of format 1.0, 2.0 or 3.0 with little-endian float32 or float64 elements; Fortran order
/// is converted. `origin` names the file in messages. Throws InputError for everything else: a truncated or malformed
/// header, another element type, missing or surplus data.
Array parse(std::string_view bytes, const std::string& origin);

/// Reads a file. Throws InputError.
Array read(const std::filesystem::path& path);

/// A tensor of bit patterns, row-major, each zero-extended; `type` is NumPy's name of the elements, such as "<u2".
struct Codes {
  Shape shape;
  std::string type;
  std::vector<std::uint32_t> codes;
};

/// Parses the bytes of a file whose elements are of one of `types`, each of one, two or four bytes. Throws InputError.
Codes parse_codes(std::string_view bytes, const std::string& origin, const std::vector<std::string>& types);

/// Reads such a file. Throws InputError.
Codes read_codes(const std::filesystem::path& path, const std::vector<std::string>& types);

/// The bytes of a file, format 1.0.
std::string format(const Codes& codes);

/// The bytes of a float32 file, format 1.0, of the values of a tensor (BF16 values are exact in float32).
std::string format(const HostTensor& tensor);

}  // namespace tatami::npy
