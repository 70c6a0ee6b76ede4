// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Operands of matrix steps in all pairs of formats, random and special.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "verif/golden/num/fused_dot4.hpp"
#include "verif/tests/num/operands.hpp"

namespace tatami::test {

using golden::Descriptor;
using golden::kBf16Descriptor;

/// A step's operands: codes, and their formats.
struct DotOperands {
  std::array<uint16_t, 4> a, b;
  uint32_t acc;
  Descriptor a_format = kBf16Descriptor, b_format = kBf16Descriptor;

  golden::Factors a_numbers() const { return numbers(a, a_format); }
  golden::Factors b_numbers() const { return numbers(b, b_format); }
  bool integer() const { return a_format.format().is_integer(); }

  /// The golden model's result.
  uint32_t result() const {
    if (integer()) return golden::integer_dot4(a_numbers(), b_numbers(), acc);
    return golden::fused_dot4(a_numbers(), b_numbers(), acc);
  }

 private:
  static golden::Factors numbers(const std::array<uint16_t, 4>& codes, const Descriptor& format) {
    golden::Factors result{};
    for (size_t i = 0; i < 4; ++i) result[i] = golden::decode(codes[i], format);
    return result;
  }
};

/// The floating-point formats that the matrix unit multiplies.
inline std::vector<const formats::Format*> operand_formats() {
  std::vector<const formats::Format*> result;
  for (const auto& format : formats::kFormats) {
    if (format.matrix_operand && !format.is_integer()) result.push_back(&format);
  }
  return result;
}

/// A descriptor of the format with a random bias and denormal mode, where it has them.
inline Descriptor random_descriptor(NumberSource& source, const formats::Format& format) {
  Descriptor descriptor{format.kind, 0, false, false};
  if (format.bias_configurable) {
    descriptor.bias = static_cast<uint8_t>(source.below(64));
    descriptor.gradual = source.chance(2);
  }
  return descriptor;
}

/// A code of any format: BF16 as `NumberSource` makes them, of others any, with few bits, or with a field of zeros or
/// ones.
inline uint16_t random_code(NumberSource& source, const formats::Format& format, NumberSource::Range range) {
  if (format.kind == formats::Kind::kBf16) return static_cast<uint16_t>(source.number(kBf16, range));
  const uint32_t all = format.bits == 16 ? 0xffff : 0xff;
  const uint32_t fraction = (uint32_t{1} << format.fraction_bits) - 1;
  uint32_t code = source.below(0x10000);
  switch (source.below(8)) {
    case 0: code &= fraction | 0x8080; break;    // denormals and zeros
    case 1: code |= all / 2 & ~fraction; break;  // the top exponent
    case 2: code &= ~fraction; break;            // a power of two
    case 3: code |= fraction; break;
    case 4: code &= source.below(0x10000); break;
    default: break;
  }
  return static_cast<uint16_t>(code & all);
}

/// Random operands of given formats; one in four cancels nearly or wholly against its accumulator or itself.
inline DotOperands random_dot(NumberSource& source, const Descriptor& a_format, const Descriptor& b_format) {
  DotOperands operands{.a = {}, .b = {}, .acc = 0, .a_format = a_format, .b_format = b_format};
  const auto range = source.range();
  for (size_t k = 0; k < 4; ++k) {
    const auto own = source.chance(4) ? source.range() : range;
    operands.a[k] = random_code(source, a_format.format(), own);
    operands.b[k] = random_code(source, b_format.format(), own);
  }
  operands.acc = source.number(kFp32, source.chance(2) ? range : source.range());
  switch (source.below(8)) {
    case 0:  // the accumulator against the products, off by a little
      operands.acc = 0;
      operands.acc = operands.result() ^ kFp32.sign_bit();
      operands.acc ^= source.chance(2) ? 0 : source.below(8);
      break;
    case 1:  // products against each other
      operands.a[1] = static_cast<uint16_t>(operands.a[0] ^ golden::sign_bit_of(a_format.format()));
      operands.b[1] = static_cast<uint16_t>(operands.b[0] ^ source.below(2));
      break;
    case 2: operands.acc = 0; break;
    default: break;
  }
  return operands;
}

/// Random operands of a random pair of formats; one in eight is of integers.
inline DotOperands random_dot(NumberSource& source) {
  if (source.chance(8)) {
    constexpr Descriptor kInt8{formats::Kind::kInt8, 0, false, false};
    DotOperands operands{.a = {}, .b = {}, .acc = source.below(0xffffffff), .a_format = kInt8, .b_format = kInt8};
    for (size_t k = 0; k < 4; ++k) {
      operands.a[k] = static_cast<uint16_t>(source.chance(8) ? 0x80 : source.below(256));
      operands.b[k] = static_cast<uint16_t>(source.chance(8) ? 0x80 : source.below(256));
    }
    return operands;
  }
  const auto kinds = operand_formats();
  const auto format = [&] {
    return random_descriptor(source, *kinds[source.below(static_cast<uint32_t>(kinds.size()))]);
  };
  const Descriptor a = format(), b = format();
  return random_dot(source, a, b);
}

/// A code of every class of a format, both signs.
inline std::vector<uint16_t> special_codes(const Descriptor& descriptor) {
  const formats::Format& format = descriptor.format();
  const uint32_t normal = uint32_t{1} << format.fraction_bits, largest = golden::largest_code(format);
  std::vector<uint32_t> positive{0, 1, normal - 1, normal, normal | 1, largest / 2 & ~(normal - 1), largest};
  if (format.specials == formats::Specials::kIeee) {
    positive.insert(positive.end(), {golden::infinity_code(format), golden::canonical_nan_code(format),
                                     golden::infinity_code(format) | 1});
  }
  std::vector<uint16_t> codes;
  for (const uint32_t code : positive) {
    codes.push_back(static_cast<uint16_t>(code));
    codes.push_back(static_cast<uint16_t>(code | golden::sign_bit_of(format)));
  }
  return codes;
}

/// Every pair of formats, each pair of their classes as the first product, with every class of accumulator, and the
/// other products zero, equal, opposite or one.
template <typename Check>
void for_each_special_dot(Check check) {
  for (const auto* a_kind : operand_formats()) {
    for (const auto* b_kind : operand_formats()) {
      // A bias near the middle, so that the formats meet.
      const auto descriptor = [](const formats::Format& format) {
        return Descriptor{format.kind, static_cast<uint8_t>(format.bias_configurable ? 20 : 0), false, false};
      };
      const Descriptor a_format = descriptor(*a_kind), b_format = descriptor(*b_kind);
      const auto minus = static_cast<uint16_t>(golden::sign_bit_of(*a_kind));
      const auto minus_b = static_cast<uint16_t>(golden::sign_bit_of(*b_kind));
      for (const uint16_t x : special_codes(a_format)) {
        for (const uint16_t y : special_codes(b_format)) {
          for (const uint32_t acc : special_numbers(kFp32)) {
            const auto minus_x = static_cast<uint16_t>(x ^ minus);
            check(DotOperands{{x, 0, 0, 0}, {y, 0, 0, 0}, acc, a_format, b_format});
            check(DotOperands{{x, x, minus, 0}, {y, y, 0, minus_b}, acc, a_format, b_format});
            check(DotOperands{{0, x, minus_x, 0}, {0, y, y, 0}, acc, a_format, b_format});
            check(DotOperands{{x, 0, minus, x}, {y, minus_b, minus_b, 1}, acc, a_format, b_format});
          }
        }
      }
    }
  }
}

}  // namespace tatami::test
