// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/timeline/transfers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tatami::timeline {
namespace {

constexpr unsigned kOwnRank = 20, kAnswerRank = 21, kArrivalRank = 22;
constexpr unsigned kAnswers = 1;  // the context of gets of others
constexpr std::uint32_t kDie = 0;

}  // namespace

void Transfers::show(NodeId id, Perfetto::Track process) {
  Node& node = nodes_[id];
  node.shown = true;
  node.process = process;
  node.contexts[0] = trace_.track(process, "transfers", kOwnRank);
  node.contexts[kAnswers] = trace_.track(process, "answers to gets", kAnswerRank);
}

void Transfers::walk(NodeId node, const engine::WalkedPacket& packet) {
  contexts_[{node, packet.context}].walked.push_back(packet);
}

/// The slice of a transfer, which begins now.
Perfetto::Event Transfers::open(NodeId id, unsigned context, const engine::WalkedPacket& packet,
                                const noc::Header& header, std::uint64_t time) {
  Node& node = nodes_[id];
  const NodeId to{header.dst_y, header.dst_x};
  const std::string where = header.cast ? fmt::format("group {}", 32 * to.y + to.x) : place_text(to);
  const char* what = packet.get            ? "get from"
                     : context == kAnswers ? "answer to"
                     : header.len == 0     ? "post to"
                                           : "put to";
  Perfetto::Event slice = Perfetto::kNone;
  if (node.shown) {
    Perfetto::Arguments arguments{{"address", fmt::format("{:#x}", packet.get ? packet.get_dst : header.addr)}};
    if (context != kAnswers) {
      arguments.emplace_back("thread", std::uint64_t{packet.thread});
      arguments.emplace_back("descriptor", fmt::format("{:#x}", packet.address));
    }
    slice = trace_.begin(node.contexts.at(context), time, fmt::format("{} {}", what, where), 0, std::move(arguments));
  }
  if (context == kAnswers) {
    // The get that it answers; those before it that have no answer were faulty.
    const auto get = std::find_if(node.asked.begin(), node.asked.end(),
                                  [&](const Asked& asked) { return asked.node == to && asked.address == header.addr; });
    if (get != node.asked.end()) {
      trace_.arrow(get->arrival, slice);
      node.asked.erase(node.asked.begin(), get + 1);
    }
  }
  return slice;
}

void Transfers::send(NodeId id, unsigned number, const noc::Header& header, std::uint64_t time) {
  Context& context = contexts_[{id, number}];
  if (context.walked.empty()) return;  // on its way before anybody listened
  const engine::WalkedPacket packet = context.walked.front();
  context.walked.pop_front();
  if (!context.open) {
    context = {.walked = std::move(context.walked), .slice = open(id, number, packet, header, time), .open = true};
  }
  ++context.packets;
  context.bytes += header.len;
  if (header.dst_die == kDie) {
    const Way way{id, header.cls, header.cast, {header.dst_y, header.dst_x}};
    sent_[way].push_back({count_[way]++, header.addr, context.slice, packet.last, packet.get_dst});
  }
  if (!packet.last) return;
  trace_.add(context.slice, "packets", context.packets);
  trace_.add(context.slice, "bytes", context.bytes);
  trace_.end(context.slice, time + 1);
  context.open = false;
}

/// What was sent that arrives now; none when it was sent before anybody listened.
const Transfers::Sent* Transfers::match(NodeId node, const Way& way, const noc::Header& header) {
  const auto found = sent_.find(way);
  if (found == sent_.end()) return nullptr;
  std::deque<Sent>& sent = found->second;
  std::size_t& next = next_[{way, node}];
  const auto packet = std::find_if(sent.begin(), sent.end(),
                                   [&](const Sent& s) { return s.number >= next && s.address == header.addr; });
  if (packet == sent.end()) return nullptr;
  next = packet->number + 1;
  return &*packet;
}

Perfetto::Track Transfers::arrival_track(Node& node, NodeId source, noc::Class cls) {
  Perfetto::Track& track = node.arrivals[{source, cls}];
  if (track == 0) {
    const char* what = cls == noc::Class::Response ? "answers" : "arrivals";
    track = trace_.track(node.process, fmt::format("{} from {}", what, place_text(source)), kArrivalRank);
  }
  return track;
}

void Transfers::arrive(NodeId id, const noc::Header& header, std::uint64_t time) {
  const NodeId source{header.src_y, header.src_x};
  if (header.op == noc::Op::Ctrl || header.src_die != kDie) {
    if (header.op == noc::Op::Ctrl && header.addr < noc::kCtrlStartBase) {
      nodes_[id].posts.emplace_back(header.addr / noc::kCtrlStride, Perfetto::kNone);
    }
    return;
  }
  const Way way{source, header.cls, header.cast, {header.dst_y, header.dst_x}};
  const Sent* packet = match(id, way, header);
  if (packet == nullptr) return;
  Node& node = nodes_[id];
  Arrival& arrival = arriving_[{way, id}];
  const bool get = header.op == noc::Op::Get;
  if (!arrival.open) {
    arrival = {.open = true};
    if (node.shown) {
      const char* what = get                                  ? "get of"
                         : header.cls == noc::Class::Response ? "answer of"
                         : header.len == 0                    ? "post of"
                                                              : "put of";
      arrival.slice =
          trace_.begin(arrival_track(node, source, header.cls), time, fmt::format("{} {}", what, place_text(source)));
    }
    trace_.arrow(packet->slice, arrival.slice);
  }
  ++arrival.packets;
  arrival.bytes += header.len;
  if (header.post) node.posts.emplace_back(header.sem, arrival.slice);
  if (get) node.asked.push_back({source, packet->get_dst, arrival.slice});
  if (packet->last) {
    trace_.add(arrival.slice, "packets", arrival.packets);
    trace_.add(arrival.slice, "bytes", arrival.bytes);
    trace_.end(arrival.slice, time + 1);
    arrival.open = false;
  }
  if (header.cast) return;  // others may still get their copies
  std::deque<Sent>& sent = sent_[way];
  while (!sent.empty() && sent.front().number < next_[{way, id}]) sent.pop_front();
}

Perfetto::Event Transfers::posted(NodeId id, unsigned semaphore) {
  std::deque<std::pair<unsigned, Perfetto::Event>>& posts = nodes_[id].posts;
  const auto post = std::find_if(posts.begin(), posts.end(), [&](const auto& p) { return p.first == semaphore; });
  if (post == posts.end()) return Perfetto::kNone;
  const Perfetto::Event arrival = post->second;
  posts.erase(posts.begin(), post + 1);
  return arrival;
}

}  // namespace tatami::timeline
