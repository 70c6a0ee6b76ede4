// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnosis/cause.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "sim/asm/disassembler.hpp"
#include "sim/diagnosis/arrivals.hpp"
#include "sim/diagnosis/wait_graph.hpp"
#include "sim/engine/node_errors.hpp"

namespace tatami::diagnosis {
namespace {

using Kind = Trigger::Kind;
using State = ThreadStatus::State;

/// The cycle that was simulated last.
std::uint64_t last_cycle(const engine::Mesh& mesh) { return mesh.time() == 0 ? 0 : mesh.time() - 1; }

std::string instructions(const std::vector<Step>& steps, const std::string& whose = "the thread") {
  std::string text = fmt::format("  the last {} instructions of {} (cycle, pc):\n", steps.size(), whose);
  for (const Step& s : steps) {
    text +=
        fmt::format("    {:>8}  {:#x}  {}{}\n", s.cycle, s.pc, disassemble(s.insn, s.pc), s.trap ? "  (traps)" : "");
  }
  return text;
}

/// Hears all nodes of a new device.
class Listeners {
 public:
  Listeners(engine::MeshDevice& device, const Failure& failure) : mesh_(device.mesh()), arrivals_(mesh_) {
    for (const unsigned n : mesh_.live()) {
      const Watch watch = mesh_.id(n) == failure.node ? failure.element : Watch{};
      histories_[n] = std::make_unique<History>(mesh_, watch);
      mesh_.node(n).set_log(histories_[n].get());
    }
    arrivals_.watch(failure.node, failure.element);
    mesh_.observe([this](std::uint64_t, unsigned n, const engine::NodeModel&, bool) {
      if (!asserted_ && mesh_.assertion_failures() != 0) asserted_ = mesh_.id(n);
    });
  }
  ~Listeners() {
    for (const unsigned n : mesh_.live()) mesh_.node(n).set_log(nullptr);
  }
  Listeners(const Listeners&) = delete;
  Listeners& operator=(const Listeners&) = delete;

  const History& history(NodeId node) const { return *histories_.at(mesh_.index(node)); }
  const Arrivals& arrivals() const { return arrivals_; }
  /// The first node in whose evaluation an assertion of the RTL failed.
  std::optional<NodeId> asserted() const { return asserted_; }

 private:
  engine::Mesh& mesh_;
  Arrivals arrivals_;
  std::optional<NodeId> asserted_;
  std::map<unsigned, std::unique_ptr<History>> histories_;
};

Cause of_mismatch(const Listeners& heard, const Failure& failure) {
  const std::string where =
      fmt::format("the element lies at {:#x} of {}", failure.element.address, node_text(failure.node));
  const std::optional<Write>& write = heard.history(failure.node).last_write();
  Cause cause{{0, failure.node, "nothing ever wrote the wrong element"},
              "  why: " + where + "; nothing ever wrote it\n"};
  if (!write) return cause;
  cause.moment.cycle = write->cycle;
  std::string who = "the host, before the run";
  if (write->by == Write::By::Mesh) {
    const auto sender = heard.arrivals().last_writer(failure.node);
    who = "a packet of " + (sender ? text_of(*sender) : node_text(failure.node));
  } else if (write->by == Write::By::Thread) {
    who = fmt::format("thread {}, kernel {}", write->thread, failure.kernel);
    if (!write->steps.empty()) {
      const Step& store = write->steps.back();
      who += fmt::format(", at pc {:#x}: {}", store.pc, disassemble(store.insn, store.pc));
    }
  }
  cause.moment.what = "the wrong element is written by " + who;
  cause.text = fmt::format("  why: {}; written last in cycle {} by {}\n", where, write->cycle, who);
  if (!write->steps.empty()) cause.text += instructions(write->steps);
  return cause;
}

Cause of_fault(const Listeners& heard, const engine::Mesh& mesh, const std::vector<ThreadStatus>& threads) {
  const std::uint64_t last = last_cycle(mesh);
  if (const auto node = heard.asserted()) {
    const std::string what = "an assertion of the RTL failed in " + node_text(*node);
    return {{last, node, what}, fmt::format("  why: {}, in cycle {}; standard output shows which\n", what, last)};
  }
  const auto thread =
      std::find_if(threads.begin(), threads.end(), [](const ThreadStatus& s) { return s.state == State::Faulted; });
  if (thread != threads.end()) {
    const std::string what = describe(*thread);
    return {{last, thread->node, what}, instructions(heard.history(thread->node).last_steps(thread->thread))};
  }
  for (const unsigned n : mesh.live()) {
    const auto errors = engine::sentences(mesh.id(n), mesh.node(n).errors());
    if (!errors.empty()) return {{last, mesh.id(n), errors.front()}, "  why: " + errors.front() + "\n"};
  }
  return {{last, std::nullopt, "a fault that no node owns"}, "  why: a fault that no node owns\n"};
}

std::string waits(const Listeners& heard, const std::vector<ThreadStatus>& threads) {
  const std::string graph = wait_graph(threads, heard.arrivals());
  return graph.empty() ? graph : "  who waits for whom:\n" + graph;
}

Cause of_hang(const Listeners& heard, const engine::Mesh& mesh, const std::vector<ThreadStatus>& threads) {
  Cause cause{{mesh.last_activity(), std::nullopt, "the last instruction or packet"}, {}};
  if (!threads.empty()) cause.moment.node = threads.front().node;
  cause.text = fmt::format("  why: nothing has moved since cycle {}\n", mesh.last_activity()) + waits(heard, threads);
  return cause;
}

/// Of the threads that run the one whose instruction retired last is shown: when others wait for one that runs in
/// circles, it is that one.
Cause of_limit(const Listeners& heard, const engine::Mesh& mesh, const std::vector<ThreadStatus>& threads) {
  const std::uint64_t last = last_cycle(mesh);
  Cause cause{{last, std::nullopt, "the run has reached its limit"}, {}};
  cause.text = fmt::format("  why: still running in cycle {}; the last instruction or packet was in cycle {}\n", last,
                           mesh.last_activity());
  const ThreadStatus* shown = nullptr;
  std::vector<Step> steps;
  for (const ThreadStatus& s : threads) {
    if (s.state != State::Running) continue;
    std::vector<Step> own = heard.history(s.node).last_steps(s.thread);
    const bool later = !own.empty() && (steps.empty() || own.back().cycle > steps.back().cycle);
    if (shown != nullptr && !later) continue;
    shown = &s;
    steps = std::move(own);
  }
  if (shown != nullptr) {
    cause.moment.node = shown->node;
    cause.moment.what = describe(*shown);
    cause.text += instructions(steps, fmt::format("{} thread {}", node_text(shown->node), shown->thread));
  } else if (!threads.empty()) {
    cause.moment.node = threads.front().node;
  }
  cause.text += waits(heard, threads);
  return cause;
}

}  // namespace

Cause find_cause(engine::MeshDevice& device, const Failure& failure, const std::function<RunStatus(Device&)>& again) {
  const Listeners heard(device, failure);
  RunStatus status = again(device);
  note_instructions(device, status);
  switch (failure.kind) {
    case Kind::Mismatch: return of_mismatch(heard, failure);
    case Kind::Fault: return of_fault(heard, device.mesh(), status.threads);
    case Kind::Limit: return of_limit(heard, device.mesh(), status.threads);
    default: return of_hang(heard, device.mesh(), status.threads);
  }
}

}  // namespace tatami::diagnosis
