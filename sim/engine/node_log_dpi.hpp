// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the modules of verif/lockstep/log call: hands each event to the log of the node in evaluation. Included once
/// per model.
#pragma once

#include <svdpi.h>

#include <cstring>

#include "sim/engine/node_log.hpp"
#include "sim/engine/timeline_log_dpi.hpp"

namespace tatami::engine {

/// The log of the node that this thread evaluates; none: events are dropped.
inline thread_local NodeLog* current_log = nullptr;

template <typename Event>
void tell(Event event) {
  if (current_log != nullptr) event(*current_log);
}

extern "C" {

void tatami_log_request(unsigned char port, unsigned char en, const svBitVecVal* addr, const svBitVecVal* data,
                        const svBitVecVal* strb) {
  SramRequest request{.port = port, .en = en};
  std::memcpy(request.address.data(), addr, sizeof request.address);
  std::memcpy(request.data.data(), data, sizeof request.data);
  std::memcpy(request.strobe.data(), strb, sizeof request.strobe);
  tell([&](NodeLog& log) { log.request(request); });
}

void tatami_log_take(unsigned char port, unsigned char words) {
  tell([&](NodeLog& log) { log.take(port, words); });
}

void tatami_log_response(unsigned char port, const svBitVecVal* data, unsigned char lost) {
  LogWords words;
  std::memcpy(words.data(), data, sizeof words);
  tell([&](NodeLog& log) { log.response(port, words, lost); });
}

void tatami_log_load(unsigned char thread) {
  tell([&](NodeLog& log) { log.load(thread); });
}

void tatami_log_store(unsigned char thread) {
  tell([&](NodeLog& log) { log.store(thread); });
}

void tatami_log_start(unsigned char thread, unsigned long long pc) {
  tell([&](NodeLog& log) { log.start(thread, pc); });
}

void tatami_log_stop(unsigned char thread) {
  tell([&](NodeLog& log) { log.stop(thread); });
}

void tatami_log_post(unsigned char semaphore, unsigned short count) {
  tell([&](NodeLog& log) { log.post(semaphore, count); });
}

void tatami_log_vector(unsigned char thread, unsigned char number, const svBitVecVal* value) {
  std::array<std::uint32_t, 16> words;
  std::memcpy(words.data(), value, sizeof words);
  tell([&](NodeLog& log) { log.vector(thread, number, words); });
}

void tatami_log_retire(unsigned char thread, unsigned long long order, unsigned insn, unsigned char flags,
                       unsigned char rd_addr, unsigned long long rd_wdata, unsigned long long pc_rdata,
                       unsigned long long pc_wdata, unsigned long long mem_addr, unsigned char mem_rmask,
                       unsigned char mem_wmask, unsigned long long mem_rdata, unsigned long long mem_wdata,
                       unsigned char vd_addr, const svBitVecVal* vd_wdata) {
  RetiredInstruction r{.thread = thread,
                       .order = order,
                       .insn = insn,
                       .trap = (flags & 1) != 0,
                       .intr = (flags & 2) != 0,
                       .halt = (flags & 4) != 0,
                       .rd_addr = rd_addr,
                       .rd_wdata = rd_wdata,
                       .pc_rdata = pc_rdata,
                       .pc_wdata = pc_wdata,
                       .mem_addr = mem_addr,
                       .mem_rmask = mem_rmask,
                       .mem_wmask = mem_wmask,
                       .mem_rdata = mem_rdata,
                       .mem_wdata = mem_wdata,
                       .vd_valid = (flags & 8) != 0,
                       .vd_addr = vd_addr};
  std::memcpy(r.vd_wdata.data(), vd_wdata, sizeof r.vd_wdata);
  tell([&](NodeLog& log) { log.retire(r); });
  if (current_timeline != nullptr) current_timeline->retire(r);
}

}  // extern "C"

}  // namespace tatami::engine
