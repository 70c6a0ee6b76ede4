// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Packets and codes of formats, in hexadecimal digits.
#include "sim/cli/decode.hpp"
#include "verif/fuzz/input.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tatami;
  const std::string digits(fuzz::text_of(data, size));
  const auto packet = cli::decode_packet(digits);
  if (packet) fuzz::require(packet->find(" -> ") != std::string::npos, "a packet goes from somewhere to somewhere");
  const auto format = cli::decode_format(digits);
  if (format) fuzz::require(!format->empty() && packet, "a format has a name, and its code is as short as a packet");
  return 0;
}
