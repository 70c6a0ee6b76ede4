// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// NumPy's files: real tensors and tensors of codes.
#include "sim/runtime/npy.hpp"
#include "verif/fuzz/input.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tatami;
  const std::string_view bytes = fuzz::text_of(data, size);
  fuzz::taken([&] {
    const npy::Array array = npy::parse(bytes, "input");
    fuzz::require(array.values.size() == volume(array.shape), "as many values as the shape says");
  });
  fuzz::taken([&] {
    const npy::Codes codes = npy::parse_codes(bytes, "input", {"<u4", "<i4", "|u1"});
    fuzz::require(codes.codes.size() == volume(codes.shape), "as many codes as the shape says");
    const npy::Codes again = npy::parse_codes(npy::format(codes), "again", {codes.type});
    fuzz::require(again.shape == codes.shape && again.codes == codes.codes, "what is written reads back");
  });
  return 0;
}
