// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Typed register names for the assembler: scalar, vector and accumulator registers cannot be mistaken for one another.
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tatami {

/// A register of one file, named by its number; `Count` registers exist.
template <typename Tag, unsigned Count>
class Register {
 public:
  static constexpr unsigned kCount = Count;
  /// Throws std::out_of_range when there is no such register.
  constexpr explicit Register(unsigned number) : number_(number) {
    if (number >= Count) throw std::out_of_range("register number " + std::to_string(number) + " is too large");
  }
  constexpr unsigned number() const { return number_; }
  friend constexpr bool operator==(Register, Register) = default;

 private:
  unsigned number_;
};

using XReg = Register<struct ScalarFile, 32>;
using VReg = Register<struct VectorFile, 32>;
using AccReg = Register<struct AccumulatorFile, 8>;

/// ABI name of a scalar register.
inline std::string_view abi_name(XReg reg) {
  static constexpr std::array<std::string_view, 32> kNames{
      "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0",  "a1",  "a2", "a3", "a4", "a5",
      "a6",   "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};
  return kNames[reg.number()];
}

/// Register names; `using namespace tatami::reg;` inside a kernel generator.
namespace reg {
inline constexpr XReg x0{0}, x1{1}, x2{2}, x3{3}, x4{4}, x5{5}, x6{6}, x7{7}, x8{8}, x9{9}, x10{10}, x11{11}, x12{12},
    x13{13}, x14{14}, x15{15}, x16{16}, x17{17}, x18{18}, x19{19}, x20{20}, x21{21}, x22{22}, x23{23}, x24{24}, x25{25},
    x26{26}, x27{27}, x28{28}, x29{29}, x30{30}, x31{31};
inline constexpr XReg zero = x0, ra = x1, sp = x2, gp = x3, tp = x4, t0 = x5, t1 = x6, t2 = x7, s0 = x8, s1 = x9,
                      a0 = x10, a1 = x11, a2 = x12, a3 = x13, a4 = x14, a5 = x15, a6 = x16, a7 = x17, s2 = x18,
                      s3 = x19, s4 = x20, s5 = x21, s6 = x22, s7 = x23, s8 = x24, s9 = x25, s10 = x26, s11 = x27,
                      t3 = x28, t4 = x29, t5 = x30, t6 = x31;
inline constexpr VReg v0{0}, v1{1}, v2{2}, v3{3}, v4{4}, v5{5}, v6{6}, v7{7}, v8{8}, v9{9}, v10{10}, v11{11}, v12{12},
    v13{13}, v14{14}, v15{15}, v16{16}, v17{17}, v18{18}, v19{19}, v20{20}, v21{21}, v22{22}, v23{23}, v24{24}, v25{25},
    v26{26}, v27{27}, v28{28}, v29{29}, v30{30}, v31{31};
inline constexpr AccReg acc0{0}, acc1{1}, acc2{2}, acc3{3}, acc4{4}, acc5{5}, acc6{6}, acc7{7};
}  // namespace reg

}  // namespace tatami
