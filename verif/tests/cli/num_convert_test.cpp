// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// tatami num convert: codes that are known by hand, files, bad input.
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/runtime/npy.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

std::string floats(const std::vector<float>& values) {
  npy::Codes codes{{values.size()}, "<f4", {}};
  for (const float value : values) codes.codes.push_back(std::bit_cast<std::uint32_t>(value));
  return npy::format(codes);
}

}  // namespace

TEST_CASE("numbers become the codes that the white paper gives", "[num]") {
  const Workspace workspace;
  // 1-4-3 with bias 7: 1 has exponent field 7; the largest is 1.875 * 2^8; the literal denormals are multiples of
  // 2^-10.
  workspace.write("in.npy", floats({1.0F, -1.5F, 480.0F, 1e9F, INFINITY, NAN, 0x1p-10F, -0.0F}));
  const Result result = workspace.tatami("num convert --to cfp8_143 --bias 7 %/in.npy %/out.npy");
  CAPTURE(result.err);
  CHECK(result.code == 0);
  CHECK(result.out == "8 codes from fp32 to cfp8_143, nearest, by the golden model; flags: Invalid, Overflow\n");
  const npy::Codes out = npy::read_codes(workspace.path("out.npy"), {"|u1"});
  CHECK(out.codes == std::vector<std::uint32_t>{0x38, 0xbc, 0x7f, 0x7f, 0x7f, 0x7f, 0x01, 0x80});
}

TEST_CASE("--values writes what the codes mean, and codes convert on", "[num]") {
  const Workspace workspace;
  workspace.write("in.npy", floats({1.0F, 1.1F, -3.3F, 1000.0F}));
  CHECK(workspace.tatami("num convert --to cfp8_152 --bias 15 %/in.npy %/codes.npy").code == 0);
  CHECK(workspace.tatami("num convert --to cfp8_152 --bias 15 --values %/in.npy %/values.npy").code == 0);
  CHECK(npy::read(workspace.path("values.npy")).values == std::vector<double>{1.0, 1.0, -3.5, 1024.0});
  CHECK(workspace.tatami("num convert --from cfp8_152 --from-bias 15 --to int16 %/codes.npy %/int.npy").code == 0);
  CHECK(npy::read_codes(workspace.path("int.npy"), {"<i2"}).codes == std::vector<std::uint32_t>{1, 1, 0xfffc, 1024});
}

TEST_CASE("stochastic rounding repeats with its seed, and is right on average", "[num]") {
  const Workspace workspace;
  constexpr std::size_t kCount = 4096;
  workspace.write("in.npy", floats(std::vector<float>(kCount, 1.25F)));
  const auto convert = [&](const std::string& seed) {
    const std::string arguments = "num convert --to int8 --rounding stochastic --seed " + seed + " %/in.npy %/out.npy";
    CHECK(workspace.tatami(arguments).code == 0);
    return npy::read_codes(workspace.path("out.npy"), {"|i1"}).codes;
  };
  const auto first = convert("1");
  CHECK(convert("1") == first);
  CHECK(convert("2") != first);
  const auto up = static_cast<double>(std::count(first.begin(), first.end(), 2u));
  CHECK(std::count(first.begin(), first.end(), 1u) + static_cast<std::ptrdiff_t>(up) == kCount);
  CHECK(std::abs(up - 0.25 * kCount) < 5 * std::sqrt(0.25 * 0.75 * kCount));
}

TEST_CASE("a conversion refuses what it cannot do", "[num]") {
  const std::string in = " %/in.npy %/out.npy";
  refuses("num convert --to cfp9" + in, "unknown format 'cfp9'", "in.npy");
  refuses("num convert --to shp --bias 64" + in, "--bias must be 0 to 63, and not 64", "in.npy");
  refuses("num convert --to bf16 --bias 3" + in, "bf16 has no bias to choose", "in.npy");
  refuses("num convert --from uhp --from-gradual --to bf16" + in, "--from-gradual does not apply", "in.npy");
  refuses("num convert --to fp32 --rounding stochastic" + in, "does not round", "in.npy");
  refuses("num convert --to bf16 --rounding up" + in, "nearest or stochastic", "in.npy");
  refuses("num convert --to bf16" + in, "signature", "in.npy");
  refuses("num convert --to bf16" + in, "in.npy", "");

  const Workspace workspace;
  workspace.write("in.npy", floats({1.0F}));
  const Result result = workspace.tatami("num convert --from shp --to bf16" + in);
  CHECK(result.code == 2);
  CHECK(contains(result.err, "its elements are '<f4'; save it as uint16 ('<u2')"));
  CHECK(workspace.files() == "in.npy");
}

}  // namespace tatami::test
