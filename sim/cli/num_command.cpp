// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>

#include "formats.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/parse.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/whole_number.hpp"
#include "verif/golden/num/number.hpp"

namespace tatami::cli {
namespace {

using formats::Descriptor;
using formats::Format;

struct NumOptions {
  std::string format = "bf16";
  std::string code;
  int bias = 0;
  bool gradual = false;
};

Descriptor descriptor_of(const NumOptions& o) { return parse_descriptor(o.format, o.bias, o.gradual); }

std::string kind_of(const golden::Number& n, const Format& format) {
  if (n.type == golden::NumberClass::kNan) return "NaN";
  if (n.type == golden::NumberClass::kInfinity) return "infinity";
  if (format.is_integer()) return "integer";
  if (n.denormal) return n.is_zero() ? "denormal, read as zero" : "denormal";
  return n.is_zero() ? "zero" : "normal";
}

/// Exact: every format's numbers are numbers of type double.
std::string value_of(const golden::Number& n) {
  if (n.type == golden::NumberClass::kNan) return "nan";
  const double magnitude =
      n.type == golden::NumberClass::kInfinity ? INFINITY : std::ldexp(static_cast<double>(n.significand), n.exponent);
  return fmt::format("{:.17g}", n.negative ? -magnitude : magnitude);
}

/// "s eeee fff" in binary.
std::string fields_of(std::uint32_t code, const Format& format) {
  const std::string bits = fmt::format("{:0{}b}", code, format.bits);
  if (format.is_integer()) return bits;
  const auto sign = static_cast<std::size_t>(format.is_signed),
             exponent = static_cast<std::size_t>(format.exponent_bits);
  return (format.is_signed ? bits.substr(0, 1) + " " : "") + bits.substr(sign, exponent) + " " +
         bits.substr(sign + exponent);
}

std::string row(std::uint32_t code, const Descriptor& descriptor) {
  const Format& format = descriptor.format();
  const golden::Number n = golden::decode(code, descriptor);
  return fmt::format("0x{:0{}x}  {}  {:<26}{}\n", code, format.bits / 4, fields_of(code, format), value_of(n),
                     kind_of(n, format));
}

int table(const NumOptions& o) {
  const Descriptor descriptor = descriptor_of(o);
  const int bits = descriptor.format().bits;
  if (bits > 16)
    throw InputError(fmt::format("a table of {} would have 2^{} rows; see tatami num explain", o.format, bits));
  for (std::uint32_t code = 0; code < 1u << bits; ++code) fmt::print("{}", row(code, descriptor));
  return 0;
}

int explain(const NumOptions& o) {
  const Descriptor descriptor = descriptor_of(o);
  const Format& format = descriptor.format();
  std::string_view digits = o.code;
  const bool hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
  if (hexadecimal) digits.remove_prefix(2);
  const auto number = whole_number<std::uint64_t>(digits, hexadecimal ? 16 : 10);
  if (!number || *number >> format.bits != 0) {
    throw InputError(fmt::format("'{}' is not a code of {} bits", o.code, format.bits));
  }
  const std::uint64_t code = *number;
  const golden::Number n = golden::decode(static_cast<std::uint32_t>(code), descriptor);
  fmt::print("{}: {}\n", format.name, format.doc);
  fmt::print("  code     0x{:0{}x}\n  fields   {}\n", code, format.bits / 4,
             fields_of(static_cast<std::uint32_t>(code), format));
  if (!format.is_integer()) {
    fmt::print("  bias     {}{}\n", descriptor.effective_bias(), descriptor.literal() ? ", literal denormals" : "");
  }
  fmt::print("  class    {}\n", kind_of(n, format));
  if (n.type == golden::NumberClass::kFinite && !n.is_zero()) {
    fmt::print("  exactly  {}{} * 2^{}\n", n.negative ? "-" : "", n.significand, n.exponent);
  }
  fmt::print("  value    {}\n", value_of(n));
  return 0;
}

void add_format(CLI::App& app, NumOptions& o) {
  app.add_option("--bias", o.bias, "exponent bias, 0 to 63, of a format that takes one")->capture_default_str();
  app.add_flag("--gradual", o.gradual, "IEEE-style denormals in a format whose rule is literal");
}

}  // namespace

void add_num(CLI::App& app, Action& action) {
  CLI::App* num = app.add_subcommand("num", "Look into number formats, and convert between them");
  num->require_subcommand(1);
  const auto options = std::make_shared<NumOptions>();
  CLI::App* all = num->add_subcommand("table", "All codes of a format and their values");
  all->add_option("format", options->format, "format, such as cfp8_143")->required();
  add_format(*all, *options);
  all->callback([=, &action] { action = [=] { return table(*options); }; });
  CLI::App* one = num->add_subcommand("explain", "What one code means");
  one->add_option("code", options->code, "the code, such as 0x5a")->required();
  one->add_option("--format", options->format, "format, such as cfp8_143")->capture_default_str();
  add_format(*one, *options);
  one->callback([=, &action] { action = [=] { return explain(*options); }; });
  add_num_convert(*num, action);
}

}  // namespace tatami::cli
