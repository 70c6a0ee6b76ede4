// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Conversions of tensors by the instructions of a 'full' node against the golden conversions.
#include <cstdint>
#include <random>
#include <vector>

#include "sim/workloads/convert.hpp"
#include "verif/golden/num/number.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/lockstep/checked_device.hpp"

namespace tatami::test {
namespace {

formats::Descriptor descriptor(const formats::Format& format, bool stochastic) {
  const auto bias = static_cast<std::uint8_t>(format.bias_configurable ? 13 : 0);
  return {format.kind, bias, stochastic && format.kind != formats::Kind::kFp32, false};
}

}  // namespace

TEST_CASE("Random roundings do not depend on node, thread, sleep or restart", "[workloads]") {
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed()));
  std::vector<std::uint32_t> codes(9000);  // three runs of the program, each from the counter where the last one ended
  for (std::uint32_t& code : codes) code = 0x3f800000 | static_cast<std::uint32_t>(random()) >> 9;
  const Conversion conversion{golden::kFp32Descriptor, descriptor(formats::format_of(formats::Kind::kCfp8143), true),
                              random()};
  const Converted expected = convert_golden(conversion, codes);
  for (const bool sleep : {true, false}) {
    lockstep::CheckedDevice device(library, {.rows = 2, .cols = 2, .seed = seed(), .sleep = sleep});
    CHECK(convert_on(device, conversion, codes, {{0, 0}, 0}).codes == expected.codes);
    CHECK(convert_on(device, conversion, codes, {{1, 1}, 3}).codes == expected.codes);
  }
}

TEST_CASE("The hardware converts between all pairs of formats as the golden model does", "[workloads]") {
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  lockstep::CheckedDevice device(library, {.rows = 1, .cols = 1, .seed = seed()});
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed()));
  for (const formats::Format& from : formats::kFormats) {
    // More than one run of the program, and no whole number of registers.
    std::vector<std::uint32_t> codes(4999);
    for (std::uint32_t& code : codes) code = static_cast<std::uint32_t>(random()) >> (32 - from.bits);
    for (const formats::Format& to : formats::kFormats) {
      const Conversion conversion{descriptor(from, false), descriptor(to, true), random()};
      const Converted expected = convert_golden(conversion, codes), got = convert_on(device, conversion, codes);
      INFO("from " << from.name << " to " << to.name);
      CHECK(got.codes == expected.codes);
      CHECK(got.flags == expected.flags);
    }
  }
}

}  // namespace tatami::test
