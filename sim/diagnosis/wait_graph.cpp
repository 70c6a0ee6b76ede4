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

std::string sentence(const ThreadStatus& s, const std::map<Sender, std::uint64_t>& posts) {
  std::string text = fmt::format("    {} thread {} waits until {}; ", node_text(s.node), s.thread, semaphore_text(s));
  if (posts.empty()) return text + "nothing was posted to it\n";
  text += "posted to it:";
  for (const auto& [sender, count] : posts)
    text += fmt::format("{} {} {}", &posts.at(sender) == &posts.begin()->second ? "" : ",", text_of(sender), count);
  return text + "\n";
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
    if (s.state != State::WaitSemaphore) continue;
    const auto posts = arrivals.posts(s.node, s.semaphore().semaphore);
    for (const auto& [sender, count] : posts) {
      if (!sender.host && sender.node != s.node) edges[s.node].insert(sender.node);
    }
    if (++lines <= kMostThreads) text += sentence(s, posts);
  }
  if (lines > kMostThreads) text += fmt::format("    and {} threads more\n", lines - kMostThreads);
  return text + circles(edges);
}

}  // namespace tatami::diagnosis
