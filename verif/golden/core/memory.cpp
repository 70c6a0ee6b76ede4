// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Scalar and vector loads and stores.
#include <algorithm>
#include <stdexcept>

#include "verif/golden/core/iss.hpp"

namespace tatami::golden {
namespace {

using isa::Op;

unsigned access_bytes(Op op) {
  switch (op) {
    case Op::Lb:
    case Op::Lbu:
    case Op::Sb: return 1;
    case Op::Lh:
    case Op::Lhu:
    case Op::Sh: return 2;
    case Op::Lw:
    case Op::Lwu:
    case Op::Sw: return 4;
    case Op::Ld:
    case Op::Sd: return 8;
    default: throw std::logic_error("not a scalar load or store");
  }
}

bool is_signed(Op op) { return op == Op::Lb || op == Op::Lh || op == Op::Lw; }

std::uint8_t byte_mask(unsigned bytes) { return static_cast<std::uint8_t>((1u << bytes) - 1); }

}  // namespace

void Iss::execute_load(Context& c) {
  const unsigned bytes = access_bytes(c.insn.op);
  const std::uint64_t address = c.xs1 + static_cast<std::uint64_t>(c.insn.imm);
  const auto place = memory_.offset(address, bytes);
  if (!place) throw Trap{Cause::LoadAccess, address};
  const std::uint64_t raw = memory_.load(*place, bytes);
  c.out.mem_addr = address;
  c.out.mem_rmask = byte_mask(bytes);
  c.out.mem_rdata = raw;
  const unsigned unused = 64 - 8 * bytes;
  const auto extended = static_cast<std::uint64_t>(static_cast<std::int64_t>(raw << unused) >> unused);
  write_x(c, is_signed(c.insn.op) ? extended : raw);
}

void Iss::execute_store(Context& c) {
  const unsigned bytes = access_bytes(c.insn.op);
  const std::uint64_t address = c.xs1 + static_cast<std::uint64_t>(c.insn.imm);
  const auto place = memory_.offset(address, bytes);
  if (!place) throw Trap{Cause::StoreAccess, address};
  const std::uint64_t value = bytes == 8 ? c.xs2 : c.xs2 & ((std::uint64_t{1} << (8 * bytes)) - 1);
  memory_.store(*place, value, bytes);
  c.out.mem_addr = address;
  c.out.mem_wmask = byte_mask(bytes);
  c.out.mem_wdata = value;
}

/// Byte offsets of the items of a vector access. Every item is checked before any is touched.
std::vector<std::uint64_t> Iss::vector_items(Context& c, unsigned count, unsigned bytes, bool store) const {
  const bool strided = c.insn.op != Op::Vld && c.insn.op != Op::Vst;
  const std::uint64_t base = c.xs1 + static_cast<std::uint64_t>(c.insn.imm);
  const std::uint64_t stride = strided ? c.xs2 : 0;
  if (base % 8 != 0 || stride % 8 != 0) throw Trap{store ? Cause::StoreMisaligned : Cause::LoadMisaligned, base};
  std::vector<std::uint64_t> places(count);
  for (unsigned i = 0; i < count; ++i) {
    const auto place = memory_.offset(base + i * stride, bytes);
    if (!place) throw Trap{store ? Cause::StoreAccess : Cause::LoadAccess, base};
    places[i] = *place;
  }
  c.out.mem_addr = base;
  return places;
}

void Iss::execute_vector_load(Context& c) {
  const unsigned width = config_.simd_bytes;
  const unsigned bytes = c.insn.op == Op::Vld ? width : c.insn.op == Op::VldW ? 8 : width / 4;
  VectorRegister value{};
  auto out = value.begin();
  for (const std::uint64_t place : vector_items(c, width / bytes, bytes, false)) {
    out = std::ranges::copy(memory_.bytes(place, bytes), out).out;
  }
  write_v(c, value);
}

void Iss::execute_vector_store(Context& c) {
  const unsigned width = config_.simd_bytes;
  const unsigned bytes = c.insn.op == Op::Vst ? width : c.insn.op == Op::VstQ ? width / 4 : width / 2;
  const VectorRegister& value = c.thread.v[c.insn.op == Op::Vst ? c.insn.rs2 : c.insn.rd];
  auto in = value.begin();
  for (const std::uint64_t place : vector_items(c, width / bytes, bytes, true)) {
    std::copy_n(in, bytes, memory_.bytes(place, bytes).begin());
    in += bytes;
  }
}

}  // namespace tatami::golden
