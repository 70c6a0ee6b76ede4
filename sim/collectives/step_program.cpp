// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/collectives/step_program.hpp"

#include <cstddef>
#include <cstring>
#include <span>
#include <utility>

namespace tatami {
namespace {

constexpr std::uint64_t kAlignment = 64;

template <typename T>
std::vector<std::uint8_t> bytes_of(std::span<const T> items) {
  std::vector<std::uint8_t> bytes(items.size_bytes());
  if (!bytes.empty()) std::memcpy(bytes.data(), items.data(), bytes.size());
  return bytes;
}

}  // namespace

void StepProgram::put(unsigned thread, const Span& from, NodeId to, std::uint64_t address,
                      std::optional<unsigned> semaphore) {
  send(thread, from, {to}, false, address, semaphore);
}

void StepProgram::cast(unsigned thread, const Span& from, const std::vector<NodeId>& members, std::uint64_t address,
                       unsigned semaphore) {
  send(thread, from, members, true, address, semaphore);
}

void StepProgram::send(unsigned thread, const Span& from, std::vector<NodeId> receivers, bool cast,
                       std::uint64_t address, std::optional<unsigned> semaphore) {
  Thread& t = threads_[thread];
  t.sends.push_back({.rows = {.dst = address,
                              .src = from.address,
                              .row_bytes = static_cast<std::uint32_t>(from.bytes),
                              .rows = from.bytes > 0 ? 1U : 0U,
                              .kind = noc::Kind::Put,
                              .post = semaphore.has_value(),
                              .sem = static_cast<std::uint8_t>(semaphore.value_or(0))},
                     .receivers = std::move(receivers),
                     .cast = cast});
  ++t.steps.back().transfers;
}

std::uint64_t StepProgram::bytes_moved() const {
  std::uint64_t total = 0;
  for (const Thread& t : threads_) {
    for (const Send& s : t.sends) total += s.receivers.size() * s.rows.row_bytes;
  }
  return total;
}

std::uint64_t StepProgram::transfers() const {
  std::uint64_t total = 0;
  for (const Thread& t : threads_) total += t.sends.size();
  return total;
}

NodeProgram StepProgram::finish(const std::vector<std::uint32_t>& code, std::uint64_t address) const {
  NodeProgram program{.node = self_};
  const auto reserve = [&](std::uint64_t bytes) {
    const std::uint64_t begin = round_up(address, kAlignment);
    address = begin + bytes;
    return begin;
  };
  const auto place = [&](std::vector<std::uint8_t> bytes) {
    const std::uint64_t begin = reserve(bytes.size());
    program.images.push_back({begin, std::move(bytes)});
    return begin;
  };
  program.entry = place(bytes_of(std::span(code)));
  std::vector<std::uint64_t> parameters;
  for (const Thread& t : threads_) {
    std::vector<Step> steps = t.steps;
    const std::size_t first = program.lists.size();
    auto next = t.sends.begin();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (steps[i].transfers == 0) continue;
      SendList list{.length_address = i * sizeof(Step) + offsetof(Step, transfers),
                    .sends = {next, next + steps[i].transfers}};
      next += steps[i].transfers;
      list.address = reserve(list.most_descriptors() * SendList::kDescriptorBytes);
      steps[i].list = static_cast<std::uint32_t>(list.address);
      program.lists.push_back(std::move(list));
    }
    const std::uint64_t table = reserve(steps.size() * sizeof(Step));
    for (std::size_t i = first; i < program.lists.size(); ++i) program.lists[i].length_address += table;
    program.images.push_back({table, bytes_of(std::span<const Step>(steps))});
    parameters.insert(parameters.end(), {table, table + steps.size() * sizeof(Step)});
  }
  program.images.push_back({StepAbi::kParameters, bytes_of(std::span<const std::uint64_t>(parameters))});
  return program;
}

}  // namespace tatami
