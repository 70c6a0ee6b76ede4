// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/core/simd.hpp"

#include <bit>
#include <span>
#include <stdexcept>

#include "verif/golden/num/bf16.hpp"
#include "verif/golden/num/fp32.hpp"
#include "verif/golden/num/functions.hpp"
#include "verif/golden/num/shuffle.hpp"
#include "verif/golden/num/simd.hpp"

namespace tatami::golden {
namespace {

using isa::Op;

/// Builds a result lane by lane.
class Execution {
 public:
  Execution(unsigned simd_bytes, const SimdOperands& operands) : bytes_(simd_bytes), in_(operands) {}

  SimdResult result;

  template <typename T>
  T vs1(std::size_t i) const {
    return to_lanes<T>(in_.vs1)[i];
  }
  template <typename T>
  T vs2(std::size_t i) const {
    return to_lanes<T>(in_.vs2)[i];
  }
  template <typename T>
  std::size_t count() const {
    return bytes_ / sizeof(T);
  }

  /// Lane i = value(i).
  template <typename T, typename Value>
  void each(Value value) {
    auto lanes = to_lanes<T>(result.data);
    for (std::size_t i = 0; i < count<T>(); ++i) lanes[i] = static_cast<T>(value(i));
    result.data = std::bit_cast<VectorRegister>(lanes);
  }

  /// Lane i = value(lane i of vs1, lane i of vs2).
  template <typename T, typename Value>
  void each2(Value value) {
    const auto a = to_lanes<T>(in_.vs1), b = to_lanes<T>(in_.vs2);
    each<T>([&](std::size_t i) { return value(a[i], b[i]); });
  }

  /// Lane i = value(neighbours number i of vs1 and then of vs2).
  template <typename Value>
  void pairs(Value value) {
    const auto a = to_lanes<std::uint32_t>(in_.vs1), b = to_lanes<std::uint32_t>(in_.vs2);
    const std::size_t n = count<std::uint32_t>();
    each<std::uint32_t>([&](std::size_t i) {
      return 2 * i < n ? value(a[2 * i], a[2 * i + 1]) : value(b[2 * i - n], b[2 * i + 1 - n]);
    });
  }

  /// A comparison: all ones where it holds.
  template <typename T, typename Holds>
  void compare(Holds holds) {
    each2<T>([&](T a, T b) { return lane_mask<T>(holds(a, b)); });
  }

  /// Multiply-adds of factor1 * factor2 + addend, each a function of (vs1, vs2, old).
  template <typename T, typename Operands>
  void multiply_add(const Format& format, Operands operands) {
    const auto a = to_lanes<T>(in_.vs1), b = to_lanes<T>(in_.vs2), c = to_lanes<T>(in_.old);
    each<T>([&](std::size_t i) { return flagged(operands(format, a[i], b[i], c[i])); });
  }

  /// vs1[lane] * vs2 + old.
  void multiply_add_lane(const Format& format) {
    const auto b = to_lanes<std::uint32_t>(in_.vs2), c = to_lanes<std::uint32_t>(in_.old);
    const std::uint32_t a = vs1<std::uint32_t>(in_.lane % count<std::uint32_t>());
    each<std::uint32_t>([&](std::size_t i) { return flagged(flagged_multiply_add(format, a, b[i], c[i])); });
  }

  void apply(Function function) {
    each<std::uint32_t>([&](std::size_t i) { return flagged(fp32_function(function, vs1<std::uint32_t>(i))); });
  }

  std::uint32_t flagged(const Flagged& value) {
    result.flags |= value.flags;
    return value.bits;
  }

  void zip(std::size_t lane_bytes, bool upper) { zip_lanes(lane_bytes, upper, bytes(in_.vs1), bytes(in_.vs2), out()); }
  void unzip(std::size_t lane_bytes, bool odd) { unzip_lanes(lane_bytes, odd, bytes(in_.vs1), bytes(in_.vs2), out()); }
  void shuffle() { shuffle_bytes(bytes(in_.vs1), bytes(in_.vs2), out()); }
  void select_bits() {
    const auto mask = to_lanes<std::uint32_t>(in_.old);
    each<std::uint32_t>([&](std::size_t i) { return select(mask[i], vs1<std::uint32_t>(i), vs2<std::uint32_t>(i)); });
  }

 private:
  Bytes bytes(const VectorRegister& reg) const { return Bytes(reg).first(bytes_); }
  std::span<std::uint8_t> out() { return std::span(result.data).first(bytes_); }

  std::size_t bytes_;
  SimdOperands in_;
};

std::uint32_t one(const Format& format) { return static_cast<std::uint32_t>(format.bias()) << format.fraction_bits; }

Flagged add(const Format& f, std::uint32_t a, std::uint32_t b, std::uint32_t) {
  return flagged_multiply_add(f, a, one(f), b);
}
Flagged sub(const Format& f, std::uint32_t a, std::uint32_t b, std::uint32_t) {
  return flagged_multiply_add(f, a, one(f), b ^ f.sign_bit());
}
Flagged mul(const Format& f, std::uint32_t a, std::uint32_t b, std::uint32_t) {
  return flagged_multiply_add(f, a, b, f.sign_bit());
}

/// The instruction without its operand in memory, which is then vs2.
Op without_memory(Op op) {
  switch (op) {
    case Op::VaddFp32M: return Op::VaddFp32;
    case Op::VsubFp32M: return Op::VsubFp32;
    case Op::VmulFp32M: return Op::VmulFp32;
    case Op::VfmaFp32M: return Op::VfmaFp32;
    case Op::VminFp32M: return Op::VminFp32;
    case Op::VmaxFp32M: return Op::VmaxFp32;
    case Op::VaddBf16M: return Op::VaddBf16;
    case Op::VsubBf16M: return Op::VsubBf16;
    case Op::VmulBf16M: return Op::VmulBf16;
    case Op::VfmaBf16M: return Op::VfmaBf16;
    case Op::VminBf16M: return Op::VminBf16;
    case Op::VmaxBf16M: return Op::VmaxBf16;
    default: return op;
  }
}

/// Floating-point lanes; false: `op` is none of them.
bool execute_float(Op op, Execution& e) {
  using U32 = std::uint32_t;
  using U16 = std::uint16_t;
  const auto holds = [](const Format& format, auto relation) {
    return [&format, relation](U32 a, U32 b) { return relation(format, a, b); };
  };
  switch (op) {
    case Op::VaddFp32: e.multiply_add<U32>(kFp32, add); break;
    case Op::VsubFp32: e.multiply_add<U32>(kFp32, sub); break;
    case Op::VmulFp32: e.multiply_add<U32>(kFp32, mul); break;
    case Op::VfmaFp32: e.multiply_add<U32>(kFp32, flagged_multiply_add); break;
    case Op::VfmaLaneFp32: e.multiply_add_lane(kFp32); break;
    case Op::VaddBf16: e.multiply_add<U16>(kBf16, add); break;
    case Op::VsubBf16: e.multiply_add<U16>(kBf16, sub); break;
    case Op::VmulBf16: e.multiply_add<U16>(kBf16, mul); break;
    case Op::VfmaBf16: e.multiply_add<U16>(kBf16, flagged_multiply_add); break;
    case Op::VaddpFp32: e.pairs([&](U32 a, U32 b) { return e.flagged(add(kFp32, a, b, 0)); }); break;
    case Op::VminFp32: e.each2<U32>(fp32_min); break;
    case Op::VmaxFp32: e.each2<U32>(fp32_max); break;
    case Op::VminBf16: e.each2<U16>(bf16_min); break;
    case Op::VmaxBf16: e.each2<U16>(bf16_max); break;
    case Op::VminpFp32: e.pairs(fp32_min); break;
    case Op::VmaxpFp32: e.pairs(fp32_max); break;
    case Op::VceqFp32: e.compare<U32>(holds(kFp32, fp_equal)); break;
    case Op::VcltFp32: e.compare<U32>(holds(kFp32, fp_less)); break;
    case Op::VcleFp32: e.compare<U32>(holds(kFp32, fp_less_equal)); break;
    case Op::VceqBf16: e.compare<U16>(holds(kBf16, fp_equal)); break;
    case Op::VcltBf16: e.compare<U16>(holds(kBf16, fp_less)); break;
    case Op::VcleBf16: e.compare<U16>(holds(kBf16, fp_less_equal)); break;
    case Op::VcvtFp32Bf16Lo: e.each<U32>([&](std::size_t i) { return cvt_fp32_bf16(e.vs1<U16>(i)); }); break;
    case Op::VcvtFp32Bf16Hi:
      e.each<U32>([&](std::size_t i) { return cvt_fp32_bf16(e.vs1<U16>(i + e.count<U32>())); });
      break;
    case Op::VcvtBf16Fp32:
      e.each<U16>([&](std::size_t i) {
        const std::size_t n = e.count<U32>();
        return cvt_bf16_fp32(i < n ? e.vs1<U32>(i) : e.vs2<U32>(i - n));
      });
      break;
    case Op::VrcpFp32: e.apply(Function::kRcp); break;
    case Op::VsqrtFp32: e.apply(Function::kSqrt); break;
    case Op::VrsqrtFp32: e.apply(Function::kRsqrt); break;
    case Op::Vexp2Fp32: e.apply(Function::kExp2); break;
    case Op::Vlog2Fp32: e.apply(Function::kLog2); break;
    default: return false;
  }
  return true;
}

/// Integer and bit lanes; false: `op` is none of them.
bool execute_integer(Op op, Execution& e) {
  using U32 = std::uint32_t;
  using U16 = std::uint16_t;
  using U8 = std::uint8_t;
  using I32 = std::int32_t;
  switch (op) {
    case Op::VaddI32: e.each2<U32>(i32_add); break;
    case Op::VsubI32: e.each2<U32>(i32_sub); break;
    case Op::VmulI32: e.each2<U32>(i32_mul); break;
    case Op::VminI32: e.each2<U32>(lane_min<U32>); break;
    case Op::VmaxI32: e.each2<U32>(lane_max<U32>); break;
    case Op::VaddpI32: e.pairs(i32_add); break;
    case Op::VaddI16: e.each2<U16>(lane_add<U16>); break;
    case Op::VsubI16: e.each2<U16>(lane_sub<U16>); break;
    case Op::VminI16: e.each2<U16>(lane_min<U16>); break;
    case Op::VmaxI16: e.each2<U16>(lane_max<U16>); break;
    case Op::VaddI8: e.each2<U8>(lane_add<U8>); break;
    case Op::VsubI8: e.each2<U8>(lane_sub<U8>); break;
    case Op::VminI8: e.each2<U8>(lane_min<U8>); break;
    case Op::VmaxI8: e.each2<U8>(lane_max<U8>); break;
    case Op::Vand: e.each2<U32>([](U32 a, U32 b) { return a & b; }); break;
    case Op::Vor: e.each2<U32>([](U32 a, U32 b) { return a | b; }); break;
    case Op::Vxor: e.each2<U32>([](U32 a, U32 b) { return a ^ b; }); break;
    case Op::VsllI32: e.each2<U32>(i32_sll); break;
    case Op::VsrlI32: e.each2<U32>(i32_srl); break;
    case Op::VsraI32: e.each2<U32>(i32_sra); break;
    case Op::VceqI32: e.compare<U32>([](U32 a, U32 b) { return a == b; }); break;
    case Op::VcltI32: e.compare<U32>([](U32 a, U32 b) { return static_cast<I32>(a) < static_cast<I32>(b); }); break;
    case Op::VcleI32: e.compare<U32>([](U32 a, U32 b) { return static_cast<I32>(a) <= static_cast<I32>(b); }); break;
    case Op::VcltuI32: e.compare<U32>([](U32 a, U32 b) { return a < b; }); break;
    case Op::VcleuI32: e.compare<U32>([](U32 a, U32 b) { return a <= b; }); break;
    default: return false;
  }
  return true;
}

/// Moves between lanes, and selection; false: `op` is none of them.
bool execute_move(Op op, Execution& e, const SimdOperands& in) {
  using U32 = std::uint32_t;
  switch (op) {
    case Op::VsplatW: e.each<U32>([&](std::size_t) { return in.xs1; }); break;
    case Op::VsplatH: e.each<std::uint16_t>([&](std::size_t) { return in.xs1; }); break;
    case Op::VbcastW: e.each<U32>([&](std::size_t) { return e.vs1<U32>(in.lane % e.count<U32>()); }); break;
    case Op::Vsel: e.select_bits(); break;
    case Op::VshufB: e.shuffle(); break;
    case Op::VzipBLo: e.zip(1, false); break;
    case Op::VzipBHi: e.zip(1, true); break;
    case Op::VzipHLo: e.zip(2, false); break;
    case Op::VzipHHi: e.zip(2, true); break;
    case Op::VzipWLo: e.zip(4, false); break;
    case Op::VzipWHi: e.zip(4, true); break;
    case Op::VzipDLo: e.zip(8, false); break;
    case Op::VzipDHi: e.zip(8, true); break;
    case Op::VunzipBEven: e.unzip(1, false); break;
    case Op::VunzipBOdd: e.unzip(1, true); break;
    case Op::VunzipHEven: e.unzip(2, false); break;
    case Op::VunzipHOdd: e.unzip(2, true); break;
    case Op::VunzipWEven: e.unzip(4, false); break;
    case Op::VunzipWOdd: e.unzip(4, true); break;
    case Op::VunzipDEven: e.unzip(8, false); break;
    case Op::VunzipDOdd: e.unzip(8, true); break;
    default: return false;
  }
  return true;
}

}  // namespace

SimdResult execute_simd(Op instruction, unsigned simd_bytes, const SimdOperands& operands) {
  const Op op = without_memory(instruction);
  Execution execution(simd_bytes, operands);
  if (!execute_float(op, execution) && !execute_integer(op, execution) && !execute_move(op, execution, operands)) {
    throw std::logic_error("not a SIMD instruction");
  }
  return execution.result;
}

}  // namespace tatami::golden
