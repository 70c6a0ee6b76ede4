// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/collectives/step_program.hpp"

#include <cstring>
#include <span>

namespace tatami {
namespace {

constexpr std::uint64_t kDescriptorBytes = 64, kAlignment = 64;

template <typename T>
std::vector<std::uint8_t> bytes_of(std::span<const T> items) {
  std::vector<std::uint8_t> bytes(items.size_bytes());
  if (!bytes.empty()) std::memcpy(bytes.data(), items.data(), bytes.size());
  return bytes;
}

}  // namespace

void StepProgram::put(unsigned thread, const Span& from, NodeId to, std::uint64_t address,
                      std::optional<unsigned> semaphore) {
  Thread& t = threads_[thread];
  t.descriptors.push_back({.dst = noc::global_address(noc::Region::Sram, 0, to.y, to.x, address),
                           .src = from.address,
                           .row_bytes = static_cast<std::uint32_t>(from.bytes),
                           .rows = from.bytes > 0 ? 1U : 0U,
                           .kind = noc::Kind::Put,
                           .post = semaphore.has_value(),
                           .sem = static_cast<std::uint8_t>(semaphore.value_or(0))});
  ++t.steps.back().transfers;
}

std::uint64_t StepProgram::bytes_moved() const {
  std::uint64_t total = 0;
  for (const Thread& t : threads_) {
    for (const noc::Descriptor& d : t.descriptors) total += d.row_bytes;
  }
  return total;
}

std::uint64_t StepProgram::transfers() const {
  std::uint64_t total = 0;
  for (const Thread& t : threads_) total += t.descriptors.size();
  return total;
}

NodeProgram StepProgram::finish(const std::vector<std::uint32_t>& code, std::uint64_t address) const {
  NodeProgram program{self_, {}, 0};
  const auto place = [&](std::vector<std::uint8_t> bytes) {
    address = (address + kAlignment - 1) / kAlignment * kAlignment;
    const std::uint64_t begin = address;
    address += bytes.size();
    program.images.push_back({begin, std::move(bytes)});
    return begin;
  };
  program.entry = place(bytes_of(std::span(code)));
  std::vector<std::uint64_t> parameters;
  for (const Thread& t : threads_) {
    std::vector<std::uint8_t> lists;
    for (const noc::Descriptor& d : t.descriptors) {
      const auto words = d.pack();
      const std::vector<std::uint8_t> bytes = bytes_of(std::span<const std::uint64_t>(words));
      lists.insert(lists.end(), bytes.begin(), bytes.end());
    }
    std::uint64_t list = place(std::move(lists));
    std::vector<Step> steps = t.steps;
    for (Step& step : steps) {
      step.list = static_cast<std::uint32_t>(list);
      list += step.transfers * kDescriptorBytes;
    }
    const std::uint64_t table = place(bytes_of(std::span<const Step>(steps)));
    parameters.insert(parameters.end(), {table, table + steps.size() * sizeof(Step)});
  }
  program.images.push_back({StepAbi::kParameters, bytes_of(std::span<const std::uint64_t>(parameters))});
  return program;
}

}  // namespace tatami
