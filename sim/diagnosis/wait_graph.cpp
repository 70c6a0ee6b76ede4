// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnosis/wait_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace tatami::diagnosis {
namespace {

using Edges = std::map<NodeId, std::set<NodeId>>;  // from who waits to whom
using State = ThreadStatus::State;
constexpr std::size_t kMostThreads = 24;

std::string at_semaphore(const ThreadStatus& s, const std::map<Sender, std::uint64_t>& posts) {
  std::string text = fmt::format("waits until {}; ", semaphore_text(s));
  if (posts.empty()) return text + "nothing was posted to it";
  text += "posted to it:";
  for (const auto& [sender, count] : posts)
    text += fmt::format("{} {} {}", &posts.at(sender) == &posts.begin()->second ? "" : ",", text_of(sender), count);
  return text;
}

/// The others of a node meet a thread at a barrier when they wait there for the same set. `threads` has all threads but
/// the parked ones.
std::string at_barrier(const ThreadStatus& s, const std::vector<ThreadStatus>& threads) {
  std::uint64_t missing = s.value, parked = s.value;
  for (const ThreadStatus& other : threads) {
    if (other.node != s.node) continue;
    parked &= ~(std::uint64_t{1} << other.thread);
    if (other.state == State::WaitBarrier && other.value == s.value) missing &= ~(std::uint64_t{1} << other.thread);
  }
  return fmt::format("waits at a barrier for the threads {}; missing: {}{}", threads_text(s.value),
                     threads_text(missing), parked == 0 ? "" : fmt::format("; parked: {}", threads_text(parked)));
}

/// A circle that begins with `from`, if there is one: a walk in depth, each place once.
std::optional<std::vector<NodeId>> circle(const Edges& edges, NodeId from) {
  std::vector<NodeId> path{from};
  std::set<NodeId> seen{from};
  std::vector<std::set<NodeId>> open{edges.contains(from) ? edges.at(from) : std::set<NodeId>{}};
  while (!open.empty()) {
    if (open.back().empty()) {
      open.pop_back();
      path.pop_back();
      continue;
    }
    const NodeId next = *open.back().begin();
    open.back().erase(open.back().begin());
    if (next == from) return path;
    if (!seen.insert(next).second) continue;
    path.push_back(next);
    open.push_back(edges.contains(next) ? edges.at(next) : std::set<NodeId>{});
  }
  return std::nullopt;
}

/// The first circle that no circle before it has shown.
std::string circles(const Edges& edges) {
  std::string text;
  std::set<NodeId> shown;
  for (const auto& [from, to] : edges) {
    if (shown.contains(from)) continue;
    const auto found = circle(edges, from);
    if (!found) continue;
    text += "    circle: ";
    for (const NodeId place : *found) {
      shown.insert(place);
      text += node_text(place) + " -> ";
    }
    text += node_text(from) + "\n";
  }
  return text;
}

}  // namespace

std::string wait_graph(const std::vector<ThreadStatus>& threads, const Arrivals& arrivals) {
  std::string text;
  Edges edges;
  std::size_t lines = 0;
  for (const ThreadStatus& s : threads) {
    std::string what;
    if (s.state == State::WaitSemaphore) {
      const auto posts = arrivals.posts(s.node, s.semaphore().semaphore);
      for (const auto& [sender, count] : posts) {
        if (!sender.host && sender.node != s.node) edges[s.node].insert(sender.node);
      }
      what = at_semaphore(s, posts);
    } else if (s.state == State::WaitBarrier) {
      what = at_barrier(s, threads);
    } else if (s.state == State::WaitTransfer) {
      what = "waits for a place in the transfer queue";
    } else {
      continue;
    }
    if (++lines <= kMostThreads) text += fmt::format("    {} thread {} {}\n", node_text(s.node), s.thread, what);
  }
  if (lines > kMostThreads) text += fmt::format("    and {} threads more\n", lines - kMostThreads);
  return text + circles(edges);
}

}  // namespace tatami::diagnosis
