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

/// A load whose data is lost is carried out, and stops its thread.
void Iss::about_to_load(Context& c, std::uint64_t offset, std::uint64_t bytes) {
  constexpr unsigned kLoadPorts = 2;
  const auto lost = memory_.about_to_read(offset, bytes, c.out.thread % kLoadPorts);
  if (!c.lost) c.lost = lost;
}

void Iss::about_to_store(std::uint64_t offset, std::uint64_t bytes) {
  constexpr unsigned kStorePort = 4;
  memory_.about_to_write(offset, bytes, kStorePort);
}

void Iss::execute_load(Context& c) {
  const unsigned bytes = access_bytes(c.insn.op);
  const std::uint64_t address = c.xs1 + static_cast<std::uint64_t>(c.insn.imm);
  const auto place = memory_.offset(address, bytes);
  if (!place) throw Trap{Cause::LoadAccess, address};
  about_to_load(c, *place, bytes);
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
  about_to_store(*place, bytes);
  memory_.store(*place, value, bytes);
  c.out.mem_addr = address;
  c.out.mem_wmask = byte_mask(bytes);
  c.out.mem_wdata = value;
}

/// Byte offsets of the items of a vector access, `stride` bytes apart. Every item is checked before any is touched.
std::vector<std::uint64_t> Iss::vector_items(Context& c, const VectorAccess& access, bool store) const {
  if (access.base % 8 != 0 || access.stride % 8 != 0) {
    throw Trap{store ? Cause::StoreMisaligned : Cause::LoadMisaligned, access.base};
  }
  std::vector<std::uint64_t> places(config_.simd_bytes / access.bytes);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::uint64_t distance = access.index ? access.bytes * access.index(i) : i * access.stride;
    const auto place = memory_.offset(access.base + distance, access.bytes);
    if (!place) throw Trap{store ? Cause::StoreAccess : Cause::LoadAccess, access.base};
    places[i] = *place;
  }
  c.out.mem_addr = access.base;
  return places;
}

/// What a vector instruction accesses: items of `bytes` bytes.
Iss::VectorAccess Iss::vector_access(const Context& c) const {
  const unsigned width = config_.simd_bytes;
  const std::uint64_t base = c.xs1 + static_cast<std::uint64_t>(c.insn.imm);
  switch (c.insn.op) {
    case Op::Vld:
    case Op::Vst: return {base, 0, width};
    case Op::VldW: return {base, c.xs2, 8};
    case Op::VldxW: return {base, 0, 8, [xs2 = c.xs2](std::size_t i) { return xs2 >> (8 * i) & 0xff; }};
    case Op::VldxQ: return {base, 0, width / 4, [xs2 = c.xs2](std::size_t i) { return xs2 >> (16 * i) & 0xffff; }};
    case Op::VstP: return {base, 0, width};
    case Op::VldQ:
    case Op::VstQ: return {base, c.xs2, width / 4};
    case Op::VstH: return {base, c.xs2, width / 2};
    case Op::MmaM:
    case Op::MmaMt: return {c.xs1 + std::uint64_t{width} * isa::From::unpack(c.insn.imm).line, 0, width};
    case Op::MmaMc: {
      const unsigned line = isa::From::unpack(c.insn.imm).line;
      return {c.xs1 + 2 * std::uint64_t{width} * (line / 2) + 8 * (line % 2), 16, 8};
    }
    default: return {c.xs2, 0, width};  // SIMD
  }
}

/// The vector that an instruction loads.
VectorRegister Iss::load_vector(Context& c) {
  const VectorAccess access = vector_access(c);
  VectorRegister value{};
  auto out = value.begin();
  for (const std::uint64_t place : vector_items(c, access, false)) {
    about_to_load(c, place, access.bytes);
    out = std::ranges::copy(memory_.bytes(place, access.bytes), out).out;
  }
  return value;
}

void Iss::execute_vector_load(Context& c) { write_v(c, load_vector(c)); }

void Iss::store_predicated(Context& c, std::uint64_t place) {
  const VectorRegister& predicate = c.thread.v[c.insn.rs2];
  for (unsigned i = 0; i < config_.simd_bytes; ++i) {
    if ((predicate[i] & 0x80) == 0) continue;
    about_to_store(place + i, 1);
    memory_.store(place + i, c.thread.v[c.insn.rd][i], 1);
  }
}

void Iss::execute_vector_store(Context& c) {
  const VectorAccess access = vector_access(c);
  const VectorRegister& value = c.thread.v[c.insn.op == Op::Vst ? c.insn.rs2 : c.insn.rd];
  if (c.insn.op == Op::VstP) return store_predicated(c, vector_items(c, access, true).front());
  auto in = value.begin();
  for (const std::uint64_t place : vector_items(c, access, true)) {
    about_to_store(place, access.bytes);
    std::copy_n(in, access.bytes, memory_.bytes(place, access.bytes).begin());
    in += access.bytes;
  }
}

}  // namespace tatami::golden
