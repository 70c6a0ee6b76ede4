// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/timeline/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/asm/disassembler.hpp"

namespace tatami::timeline {
namespace {

constexpr unsigned kSystemPipe = 0, kFirstVector = 32;
constexpr std::array kPipes = {"system pipe", "ALU pipe", "memory pipe 0", "memory pipe 1", "vector queue"};

}  // namespace

void Pipeline::end_of_cycle(std::uint64_t time) {
  for (const auto& retired : now_.retired) retire(retired, time);
  for (const auto& leaving : now_.leaving) leave(leaving, time);
  for (const auto& issued : now_.issued) issue(issued, time);
  for (const unsigned thread : now_.flushes) empty(threads_.at(thread), time);
  for (const auto& window : now_.windows) fetch(window, time);
  for (const unsigned thread : now_.misses) threads_.at(thread).miss = threads_.at(thread).miss.value_or(time - 1);
  now_ = {};
}

void Pipeline::fetch(const engine::FetchedWindow& window, std::uint64_t time) {
  Thread& thread = threads_.at(window.thread);
  const std::uint64_t chosen = thread.miss.value_or(time - 1);
  thread.miss.reset();
  for (std::size_t i = 0; i < window.insns.size(); ++i) {
    Instruction instruction{.ready = time + 1};
    if (window_.holds(chosen)) {
      const std::uint64_t pc = window.pc + 4 * i;
      const std::string text = window.insns[i] == 0 ? "(no instruction)" : disassemble(window.insns[i], pc);
      const unsigned hart = 4 * (32 * node_.y + node_.x) + window.thread;
      instruction.id = kanata_.begin(chosen, fetched_++, hart,
                                     fmt::format("{}.{} {:08x}  {}", place_text(node_), window.thread, pc, text));
      instruction.result->id = instruction.id;
      kanata_.stage(chosen, *instruction.id, "F");
    }
    thread.buffer.push_back(std::move(instruction));
  }
}

/// Fetched instructions that the thread does not want after all.
void Pipeline::empty(Thread& thread, std::uint64_t time) {
  for (Instruction& instruction : thread.buffer) {
    if (!instruction.id) continue;
    if (&instruction == &thread.buffer.front() && thread.free <= time) {
      show_head(instruction, thread);
    } else {
      stage(instruction, instruction.ready, "B");
    }
    kanata_.flush(time + 1, *instruction.id);
  }
  thread.buffer.clear();
  thread.miss.reset();
  thread.free = time + 1;
}

/// The way of an instruction to the head of its buffer.
void Pipeline::show_head(Instruction& instruction, const Thread& thread) {
  if (instruction.head != 0) return;
  instruction.head = std::max(instruction.ready, thread.free);
  if (instruction.head > instruction.ready) stage(instruction, instruction.ready, "B");
  stage(instruction, instruction.head, "I");
}

void Pipeline::issue(const engine::IssuedInstruction& issued, std::uint64_t time) {
  Thread& thread = threads_.at(issued.thread);
  if (issued.trap) {
    const auto found = thread.in_flight.find(issued.order);
    if (found == thread.in_flight.end()) return;
    stage(found->second, found->second.execute + 1, "I");
    found->second.execute = time + 1;
    stage(found->second, time + 1, "X");
    return;
  }
  if (thread.buffer.empty()) return;  // fetched before anybody listened
  Instruction& head = thread.buffer.front();
  show_head(head, thread);
  head.order = issued.order;
  head.execute = time + 1;
  stage(head, time + 1, "X");
  // Behind a branch that goes elsewhere: void in stage X.
  if (std::ranges::find(now_.flushes, issued.thread) != now_.flushes.end()) {
    if (head.id) kanata_.flush(time + 2, *head.id);
    thread.buffer.pop_front();
    thread.free = time + 1;
    return;
  }
  if (issued.waits) stage(head, time + 2, "W");
  if (!issued.leaves) return;
  head.pipe = issued.pipe;
  for (const unsigned number : issued.uses) {
    if (const auto& source = thread.writers.at(number)) {
      if (number < kFirstVector) {
        wake(head, *source, time);
      } else {
        head.sources.push_back(source);
      }
    }
  }
  for (const unsigned number : issued.sets) thread.writers.at(number) = head.result;
  // Behind an access that trapped: void as well, and its order is given again.
  const auto before = thread.in_flight.find(issued.order);
  if (before != thread.in_flight.end() && before->second.id) {
    kanata_.flush(before->second.execute + 1, *before->second.id);
  }
  thread.in_flight.insert_or_assign(issued.order, std::move(head));
  thread.buffer.pop_front();
  thread.free = time + 1;
}

void Pipeline::leave(const engine::LeavingInstruction& leaving, std::uint64_t time) {
  Thread& thread = threads_.at(leaving.thread);
  const auto found = thread.in_flight.find(leaving.order);
  if (found == thread.in_flight.end()) return;
  Instruction& instruction = found->second;
  stage(instruction, instruction.execute + 1, "Q");
  instruction.left = time;
  instruction.result->step = leaving.unit == engine::LeavingInstruction::Step;
  instruction.head = std::max(instruction.execute + 1, thread.queue_free);
  thread.queue_free = time + 1;
  for (const auto& source : instruction.sources) wake(instruction, *source, time);
  instruction.sources.clear();
}

void Pipeline::retire(const engine::RetiredInstruction& retired, std::uint64_t time) {
  Thread& thread = threads_.at(retired.thread);
  auto found = thread.in_flight.find(retired.order);
  if (found == thread.in_flight.end()) {
    // What traps where it was to begin to wait is still the head.
    if (thread.buffer.empty() || thread.buffer.front().order != retired.order) return;
    found = thread.in_flight.insert_or_assign(retired.order, std::move(thread.buffer.front())).first;
    thread.buffer.pop_front();
  }
  Instruction& instruction = found->second;
  instruction.result->done = time;
  if (instruction.id) {
    if (instruction.left) {
      if (time > *instruction.left + 1) stage(instruction, *instruction.left + 1, "V");
    } else if (time > instruction.execute + 1) {
      stage(instruction, instruction.execute + 1, instruction.pipe == kSystemPipe ? "D" : "M");
    }
    std::string text = fmt::format("{}; order {}", kPipes.at(instruction.pipe), retired.order);
    if (retired.trap) text += "; traps";
    if (retired.rd_addr != 0) text += fmt::format("; x{} = {:#x}", retired.rd_addr, retired.rd_wdata);
    kanata_.note(time, *instruction.id, text);
    kanata_.retire(time, *instruction.id);
  }
  thread.in_flight.erase(found);
}

/// Shows that a result was not there yet when the instruction came to the head. Of a step it is taken for that when the
/// instruction had to wait.
void Pipeline::wake(const Instruction& instruction, const Result& source, std::uint64_t time) {
  if (!instruction.id || !source.id || source.id == instruction.id) return;
  if (source.step ? time == instruction.head : source.done <= instruction.head) return;
  kanata_.wake(time, *instruction.id, *source.id);
}

void Pipeline::stage(const Instruction& instruction, std::uint64_t time, const char* name) {
  if (instruction.id) kanata_.stage(time, *instruction.id, name);
}

void Pipeline::finish(std::uint64_t time) {
  for (Thread& thread : threads_) {
    for (const auto& [order, instruction] : thread.in_flight) {
      if (instruction.id) kanata_.flush(time + 2, *instruction.id);  // its last stage may begin in the cycle before
    }
    thread.in_flight.clear();
    empty(thread, time);
  }
}

}  // namespace tatami::timeline
