// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/workloads/convert.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <stdexcept>

#include "verif/golden/num/convert.hpp"
#include "verif/golden/num/random.hpp"

namespace tatami {
namespace {

constexpr std::size_t kLanes = 16;                  // codes that share a counter
constexpr std::size_t kChunk = 64 * kConvertRound;  // codes per run of the program
constexpr std::uint64_t kFlags = 0x1000, kSource = 0x2000, kTarget = kSource + 4 * kChunk;

std::vector<std::uint8_t> packed(std::span<const std::uint32_t> codes, std::size_t bytes) {
  std::vector<std::uint8_t> result(codes.size() * bytes);
  for (std::size_t i = 0; i < codes.size(); ++i) std::memcpy(&result[i * bytes], &codes[i], bytes);
  return result;
}

}  // namespace

Converted convert_golden(const Conversion& conversion, std::span<const std::uint32_t> codes) {
  Converted result;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const golden::Flagged wide = golden::widen(codes[i], conversion.from);
    const std::uint32_t random =
        conversion.to.stochastic ? golden::lane_random(conversion.key, i / kLanes, static_cast<unsigned>(i % kLanes))
                                 : 0;
    const golden::Flagged code = golden::narrow(wide.bits, conversion.to, random);
    result.codes.push_back(code.bits);
    result.flags |= wide.flags | code.flags;
  }
  return result;
}

Converted convert_on(Device& device, const Conversion& conversion, std::span<const std::uint32_t> codes,
                     const Place& place) {
  constexpr std::uint64_t kMaxCycles = 1'000'000;
  const auto from_bytes = static_cast<std::size_t>(conversion.from.format().bits) / 8;
  const auto to_bytes = static_cast<std::size_t>(conversion.to.format().bits) / 8;
  Converted result;
  for (std::size_t first = 0; first < codes.size(); first += kChunk) {
    const std::span<const std::uint32_t> chunk = codes.subspan(first, std::min(kChunk, codes.size() - first));
    const std::size_t rounds = (chunk.size() + kConvertRound - 1) / kConvertRound;
    // Zeros fill the last round; they raise no flags.
    std::vector<std::uint8_t> source = packed(chunk, from_bytes), target(rounds * kConvertRound * to_bytes);
    source.resize(rounds * kConvertRound * from_bytes);
    const auto program = convert_kernel(conversion, kSource, kTarget, kFlags, rounds, first / kLanes);
    device.write(place.node, 0, {reinterpret_cast<const std::uint8_t*>(program.data()), 4 * program.size()});
    device.write(place.node, kSource, source);
    device.start(place.node, place.thread, 0);
    if (device.run(kMaxCycles).end != RunStatus::End::Idle) throw std::runtime_error("the conversion did not end");
    device.read(place.node, kTarget, target);
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      std::uint32_t code = 0;
      std::memcpy(&code, &target[i * to_bytes], to_bytes);
      result.codes.push_back(code);
    }
    std::array<std::uint8_t, 8> flags{};
    device.read(place.node, kFlags, flags);
    result.flags |= static_cast<unsigned>(std::bit_cast<std::uint64_t>(flags));
  }
  return result;
}

}  // namespace tatami
