// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/mesh_device.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace tatami::engine {
namespace {

using State = ThreadStatus::State;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kProgressStep = 64;  // cycles between two looks at the clock
constexpr auto kProgressPeriod = std::chrono::milliseconds(100);
constexpr std::size_t kWordBytes = 8;

}  // namespace

NodeModel& MeshDevice::at(NodeId node) {
  if (node.y >= rows() || node.x >= cols()) {
    throw std::out_of_range(fmt::format("{} is not in a mesh of {}x{}", node_text(node), rows(), cols()));
  }
  if (!mesh_.grid().live(mesh_.index(node))) throw std::out_of_range(node_text(node) + " is dead");
  return mesh_.node(mesh_.index(node));
}

void MeshDevice::write(NodeId node, std::uint64_t address, std::span<const std::uint8_t> bytes) {
  at(node).sram_write(address, bytes);
}

void MeshDevice::read(NodeId node, std::uint64_t address, std::span<std::uint8_t> bytes) {
  at(node).sram_read(address, bytes);
}

std::vector<std::optional<unsigned>> MeshDevice::define_groups(const std::vector<std::vector<NodeId>>& sets) {
  std::vector<std::vector<unsigned>> members(sets.size());
  for (std::size_t i = 0; i < sets.size(); ++i) {
    for (const NodeId node : sets[i]) {
      at(node);
      members[i].push_back(mesh_.index(node));
    }
  }
  return mesh_.define_groups(members);
}

void MeshDevice::start(NodeId node, unsigned thread, std::uint64_t pc) {
  at(node);
  const unsigned threads = mesh_.info().threads;
  if (thread >= threads)
    throw std::out_of_range(fmt::format("thread {} does not exist; a node has {}", thread, threads));
  mesh_.host().send_control(node, noc::kCtrlStartBase + noc::kCtrlStride * thread, pc);
}

void MeshDevice::load(NodeId node, std::uint64_t address, std::span<const std::uint8_t> bytes) {
  at(node);
  std::vector<std::uint8_t> words(bytes.begin(), bytes.end());
  words.resize((bytes.size() + kWordBytes - 1) / kWordBytes * kWordBytes);
  const std::uint64_t size = mesh_.info().sram_bytes;
  if (address > size || words.size() > size - address) {
    throw std::out_of_range(
        fmt::format("{} bytes at {:#x} do not fit a node's SRAM of {} bytes", words.size(), address, size));
  }
  mesh_.host().send_data(node, address, words);
}

void MeshDevice::flip(NodeId node, std::uint64_t address, const WordFlip& flip, std::uint64_t time) {
  at(node);
  if (address % kWordBytes != 0) throw std::invalid_argument(fmt::format("{:#x} is not a multiple of 8", address));
  if (address >= mesh_.info().sram_bytes) {
    throw std::out_of_range(
        fmt::format("there is no word at {:#x} in a node's SRAM of {} bytes", address, mesh_.info().sram_bytes));
  }
  flips_.insert({time, {node, address, flip}});
  send_flips();
}

void MeshDevice::send_flips() {
  while (!flips_.empty() && flips_.begin()->first <= mesh_.time()) {
    const Flip& flip = flips_.begin()->second;
    mesh_.host().send_flip(flip.node, flip.address, flip.bits);
    flips_.erase(flips_.begin());
  }
}

RunStatus::End MeshDevice::advance(std::uint64_t limit, const std::function<void(std::uint64_t)>& progress) {
  const std::uint64_t begin = mesh_.time();
  const std::uint64_t failures = mesh_.assertion_failures();
  auto next_report = Clock::now() + kProgressPeriod;
  send_flips();
  while (!mesh_.quiet()) {
    const std::uint64_t done = mesh_.time() - begin;
    if (done >= limit || mesh_.time() >= stop_at_) return RunStatus::End::CycleLimit;
    if (mesh_.time() - std::max(begin, mesh_.last_activity()) > kWatchdogCycles) return RunStatus::End::Hang;
    mesh_.step();
    send_flips();
    if (mesh_.new_fault() || mesh_.assertion_failures() != failures) return RunStatus::End::Fault;
    if (progress && done % kProgressStep == 0 && Clock::now() >= next_report) {
      progress(done);
      next_report = Clock::now() + kProgressPeriod;
    }
  }
  return RunStatus::End::Idle;
}

RunStatus MeshDevice::run(std::uint64_t max_cycles, const std::function<void(std::uint64_t)>& progress) {
  const Counters before = mesh_.counters();
  const std::uint64_t failures = mesh_.assertion_failures();
  RunStatus status;
  mesh_.begin_work();
  status.end = advance(max_cycles, progress);
  last_run_ = mesh_.counters() - before;
  status.cycles = last_run_.cycles;
  status.work_cycles = mesh_.work_cycles();
  for (const unsigned n : mesh_.live()) {
    for (unsigned t = 0; t < mesh_.info().threads; ++t) {
      const ThreadStatus thread = mesh_.node(n).thread(t);
      if (thread.state != State::Parked) status.threads.push_back(thread);
    }
    const auto errors = sentences(mesh_.id(n), mesh_.node(n).errors());
    status.errors.insert(status.errors.end(), errors.begin(), errors.end());
    if (auto text = repairs(mesh_.id(n), mesh_.node(n).memory_errors())) status.repairs.push_back(std::move(*text));
  }
  if (mesh_.assertion_failures() != failures)
    status.errors.emplace_back("An assertion of the RTL failed; standard output shows which.");
  if (status.end == RunStatus::End::Idle && !(status.threads.empty() && status.errors.empty())) {
    const bool fault =
        !status.errors.empty() || std::any_of(status.threads.begin(), status.threads.end(),
                                              [](const ThreadStatus& t) { return t.state == State::Faulted; });
    status.end = fault ? RunStatus::End::Fault : RunStatus::End::Hang;
  }
  return status;
}

void MeshDevice::record(const WaveWindow& window, const std::vector<NodeId>& nodes) {
  std::vector<unsigned> chosen;
  for (const NodeId node : nodes) {
    at(node);
    chosen.push_back(mesh_.index(node));
  }
  if (chosen.empty()) {
    chosen = mesh_.live();
  }
  if (!mesh_.record(window, chosen)) throw ModelError("This model records no waves; use the trace flavour.");
}

}  // namespace tatami::engine
