// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the modules of sim/timeline/log call: hands each event to the timeline of the node in evaluation. Included once
/// per model.
#pragma once

#include <svdpi.h>

#include <cstring>

#include "sim/engine/timeline_log.hpp"

namespace tatami::engine {

/// The timeline of the node that this thread evaluates; none: events are dropped.
inline thread_local TimelineLog* current_timeline = nullptr;

inline noc::Header header_of(const svBitVecVal* bits) {
  std::array<std::uint32_t, 4> words;
  std::memcpy(words.data(), bits, sizeof words);
  return noc::Header::unpack(words);
}

/// Takes a field of `width` bits from the bottom; zero means none.
inline void take_register(std::vector<unsigned>& registers, unsigned& bits, unsigned width, unsigned base) {
  const unsigned field = bits & ((1U << width) - 1);
  bits >>= width;
  if (field != 0) registers.push_back(base == 0 ? field : base + (field & ((1U << (width - 1)) - 1)));
}

extern "C" {

void tatami_timeline_miss(unsigned char thread) {
  if (current_timeline != nullptr) current_timeline->miss(thread);
}

void tatami_timeline_window(unsigned char thread, unsigned long long pc, unsigned char count,
                            const svBitVecVal* insns) {
  if (current_timeline == nullptr) return;
  const svBitVecVal* first = insns + (pc >> 2 & 7);
  current_timeline->window({.thread = thread, .pc = pc, .insns = {first, first + count}});
}

void tatami_timeline_flush(unsigned char thread) {
  if (current_timeline != nullptr) current_timeline->flush(thread);
}

void tatami_timeline_issue(unsigned char thread, unsigned char flags, unsigned char pipe, unsigned long long order,
                           unsigned uses, unsigned sets) {
  if (current_timeline == nullptr) return;
  IssuedInstruction i{.thread = thread,
                      .leaves = (flags & 1) != 0,
                      .waits = (flags & 2) != 0,
                      .refetch = (flags & 4) != 0,
                      .trap = (flags & 8) != 0,
                      .pipe = pipe,
                      .order = order};
  for (const auto& [width, base] : {std::pair{5U, 0U}, {5U, 0U}, {6U, 32U}, {6U, 32U}, {6U, 32U}, {4U, 64U}}) {
    take_register(i.uses, uses, width, base);
  }
  for (const auto& [width, base] : {std::pair{5U, 0U}, {6U, 32U}, {4U, 64U}}) take_register(i.sets, sets, width, base);
  current_timeline->issue(i);
}

void tatami_timeline_leave(unsigned char thread, unsigned char unit, unsigned long long order) {
  if (current_timeline == nullptr) return;
  current_timeline->leave({.thread = thread, .unit = static_cast<LeavingInstruction::Unit>(unit), .order = order});
}

void tatami_timeline_thread(unsigned char thread, unsigned char state, unsigned char cause, unsigned long long value) {
  if (current_timeline == nullptr) return;
  current_timeline->thread({.thread = thread, .state = state, .cause = cause, .value = value});
}

void tatami_timeline_walk(unsigned char context, unsigned char flags, unsigned char thread, unsigned address,
                          unsigned get_dst) {
  if (current_timeline == nullptr) return;
  current_timeline->walk({.context = context,
                          .last = (flags & 1) != 0,
                          .get = (flags & 2) != 0,
                          .thread = thread,
                          .address = address,
                          .get_dst = get_dst});
}

void tatami_timeline_send(unsigned char context, const svBitVecVal* header) {
  if (current_timeline != nullptr) current_timeline->send(context, header_of(header));
}

void tatami_timeline_arrive(const svBitVecVal* header) {
  if (current_timeline != nullptr) current_timeline->arrive(header_of(header));
}

void tatami_timeline_post(unsigned char semaphore, unsigned short count, unsigned char from_mesh) {
  if (current_timeline != nullptr) current_timeline->post(semaphore, count, from_mesh != 0);
}

}  // extern "C"

}  // namespace tatami::engine
