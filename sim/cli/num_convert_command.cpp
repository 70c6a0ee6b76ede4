// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <bit>
#include <memory>
#include <string>

#include "sim/cli/commands.hpp"
#include "sim/cli/machine.hpp"
#include "sim/cli/parse.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"
#include "sim/runtime/npy.hpp"
#include "sim/workloads/convert.hpp"
#include "verif/golden/num/convert.hpp"

namespace tatami::cli {
namespace {

struct ConvertOptions {
  std::string from = "fp32", to;
  int from_bias = 0, bias = 0;
  bool from_gradual = false, gradual = false;
  std::string rounding = "nearest";
  std::uint64_t seed = 1;
  bool values = false, rtl = false;
  std::string input, output;
};

/// NumPy's types that may hold codes of a format, the one that is written first.
std::vector<std::string> types_of(const formats::Format& format) {
  if (format.kind == formats::Kind::kFp32) return {"<u4", "<f4"};
  if (format.kind == formats::Kind::kFp16) return {"<u2", "<f2"};
  const std::string kind = format.is_integer() ? "i" : "u";
  return {(format.bits == 8 ? "|" : "<") + kind + std::to_string(format.bits / 8)};
}

std::string names_of(unsigned flags) {
  std::string names;
  const auto add = [&](unsigned flag, const char* name) {
    if ((flags & flag) != 0) names += (names.empty() ? "" : ", ") + std::string(name);
  };
  add(golden::flag::kInvalid, "Invalid");
  add(golden::flag::kDenormal, "Denormal");
  add(golden::flag::kOverflow, "Overflow");
  add(golden::flag::kUnderflow, "Underflow");
  return names.empty() ? "none" : names;
}

Conversion conversion_of(const ConvertOptions& o) {
  Conversion conversion{.from = parse_descriptor(o.from, o.from_bias, o.from_gradual, "--from-"),
                        .to = parse_descriptor(o.to, o.bias, o.gradual),
                        .key = o.seed};
  if (o.rounding != "nearest" && o.rounding != "stochastic") {
    throw InputError(fmt::format("--rounding is nearest or stochastic, and not '{}'", o.rounding));
  }
  conversion.to.stochastic = o.rounding == "stochastic";
  if (conversion.to.stochastic && conversion.to.kind == formats::Kind::kFp32) {
    throw InputError("a conversion to fp32 does not round; --rounding stochastic does not apply");
  }
  return conversion;
}

int convert(const ConvertOptions& o) {
  const Conversion conversion = conversion_of(o);
  const npy::Codes input = npy::read_codes(o.input, types_of(conversion.from.format()));
  OutputFile file(o.output);
  Converted converted;
  if (o.rtl) {
    const auto machine = make_machine(find_config("full"), {.mesh = {1, 1}});
    converted = convert_on(machine->device(), conversion, input.codes);
  } else {
    converted = convert_golden(conversion, input.codes);
  }
  npy::Codes output{input.shape, types_of(conversion.to.format()).front(), std::move(converted.codes)};
  if (o.values) {
    output.type = "<f4";
    for (std::uint32_t& code : output.codes) code = golden::widen(code, conversion.to).bits;
  }
  file.commit(npy::format(output));
  fmt::print("{} codes from {} to {}, {}, by the {}; flags: {}\n", output.codes.size(), o.from, o.to, o.rounding,
             o.rtl ? "simulated hardware" : "golden model", names_of(converted.flags));
  return 0;
}

}  // namespace

void add_num_convert(CLI::App& num, Action& action) {
  const auto o = std::make_shared<ConvertOptions>();
  CLI::App* sub = num.add_subcommand("convert", "Convert a tensor of codes between formats");
  sub->add_option("input", o->input, ".npy file of codes of --from; of fp32 and fp16 also of numbers")->required();
  sub->add_option("output", o->output, ".npy file to write")->required();
  sub->add_option("--from", o->from, "format of the input")->capture_default_str();
  sub->add_option("--to", o->to, "format of the output")->required();
  sub->add_option("--from-bias", o->from_bias, "exponent bias of --from, 0 to 63, if it takes one");
  sub->add_flag("--from-gradual", o->from_gradual, "IEEE-style denormals in the input");
  sub->add_option("--bias", o->bias, "exponent bias of --to, 0 to 63, if it takes one")->capture_default_str();
  sub->add_flag("--gradual", o->gradual, "IEEE-style denormals in the output");
  sub->add_option("--rounding", o->rounding, "nearest or stochastic")->capture_default_str();
  sub->add_option("--seed", o->seed, "key of the random numbers")->check(CLI::NonNegativeNumber)->capture_default_str();
  sub->add_flag("--values", o->values, "write what the codes mean, as float32, in place of the codes");
  sub->add_flag("--rtl", o->rtl, "convert on the simulated hardware (configuration full)");
  sub->callback([=, &action] { action = [=] { return convert(*o); }; });
}

}  // namespace tatami::cli
