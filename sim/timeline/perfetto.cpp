// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/timeline/perfetto.hpp"

#include <algorithm>
#include <tuple>

#include "sim/timeline/protobuf.hpp"

namespace tatami::timeline {
namespace {

// Field numbers of perfetto.protos, which a test reads the files by.
namespace trace {
constexpr unsigned kPacket = 1;
}
namespace packet {
constexpr unsigned kTimestamp = 8, kSequence = 10, kTrackEvent = 11, kSequenceFlags = 13, kTrackDescriptor = 60;
constexpr std::uint64_t kStateCleared = 1;
}  // namespace packet
namespace descriptor {
constexpr unsigned kUuid = 1, kName = 2, kProcess = 3, kParent = 5, kCounter = 8, kChildOrdering = 11, kRank = 12;
constexpr std::uint64_t kExplicit = 3;
}  // namespace descriptor
namespace process_descriptor {
constexpr unsigned kPid = 1, kName = 6;
}
namespace counter_descriptor {
constexpr unsigned kUnitName = 6;
}
namespace track_event {
constexpr unsigned kAnnotations = 4, kType = 9, kTrack = 11, kName = 23, kDoubleCounter = 44, kFlows = 47,
                   kEndingFlows = 48;
constexpr std::uint64_t kBegin = 1, kEnd = 2, kInstant = 3, kCounterValue = 4;
}  // namespace track_event
namespace annotation {
constexpr unsigned kUint = 3, kString = 6, kName = 10;
}

constexpr std::uint64_t kOneSequence = 1;

std::string packet_of(const Message& packet) { return Message().message(trace::kPacket, packet).bytes(); }

Message event(std::uint64_t type, Perfetto::Track track) {
  return Message().number(track_event::kType, type).number(track_event::kTrack, track);
}

/// An event with what it is sorted by: of one cycle inner ends go first, then outer begins, then all else.
struct Sorted {
  std::uint64_t cycle;
  int rank;
  std::string packet;

  Sorted(std::uint64_t at, int rank_at, const Message& event) : cycle(at), rank(rank_at) {
    packet = packet_of(Message()
                           .number(packet::kTimestamp, at)
                           .number(packet::kSequence, kOneSequence)
                           .message(packet::kTrackEvent, event));
  }
};

constexpr int kMostDepth = 100;

}  // namespace

Perfetto::Track Perfetto::process(unsigned pid, const std::string& name) {
  const Message process = Message().number(process_descriptor::kPid, pid).text(process_descriptor::kName, name);
  const Message described = Message()
                                .number(descriptor::kUuid, ++tracks_)
                                .message(descriptor::kProcess, process)
                                .number(descriptor::kChildOrdering, descriptor::kExplicit);
  Message packet = Message().number(packet::kSequence, kOneSequence).message(packet::kTrackDescriptor, described);
  if (descriptors_.empty()) packet.number(packet::kSequenceFlags, packet::kStateCleared);
  descriptors_.push_back(packet_of(packet));
  return tracks_;
}

Perfetto::Track Perfetto::describe(Track parent, const std::string& name, unsigned rank, const char* unit) {
  Message described = Message()
                          .number(descriptor::kUuid, ++tracks_)
                          .text(descriptor::kName, name)
                          .number(descriptor::kParent, parent)
                          .number(descriptor::kRank, rank);
  if (unit != nullptr) described.message(descriptor::kCounter, Message().text(counter_descriptor::kUnitName, unit));
  descriptors_.push_back(
      packet_of(Message().number(packet::kSequence, kOneSequence).message(packet::kTrackDescriptor, described)));
  return tracks_;
}

Perfetto::Track Perfetto::track(Track process, const std::string& name, unsigned rank) {
  return describe(process, name, rank, nullptr);
}

Perfetto::Track Perfetto::counter(Track process, const std::string& name, const std::string& unit, unsigned rank) {
  return describe(process, name, rank, unit.c_str());
}

Perfetto::Event Perfetto::begin(Track track, std::uint64_t cycle, std::string name, unsigned depth,
                                Arguments arguments) {
  if (cycle >= window_.to) return kNone;
  events_.emplace(++last_, Item{track, cycle, UINT64_MAX, false, depth, std::move(name), std::move(arguments)});
  return last_;
}

void Perfetto::end(Event slice, std::uint64_t cycle) {
  const auto found = events_.find(slice);
  if (found == events_.end()) return;
  found->second.end = cycle;
  if (cycle <= window_.from) events_.erase(found);
}

void Perfetto::add(Event slice, std::string name, std::uint64_t value) {
  const auto found = events_.find(slice);
  if (found != events_.end()) found->second.arguments.emplace_back(std::move(name), value);
}

Perfetto::Event Perfetto::instant(Track track, std::uint64_t cycle, std::string name) {
  if (!window_.holds(cycle)) return kNone;
  events_.emplace(++last_, Item{track, cycle, cycle, true, 0, std::move(name), {}});
  return last_;
}

void Perfetto::count(Track track, std::uint64_t cycle, double value) {
  if (window_.holds(cycle)) counts_.push_back({track, cycle, value});
}

void Perfetto::arrow(Event from, Event to) {
  if (events_.contains(from) && events_.contains(to)) arrows_.emplace_back(from, to);
}

bool Perfetto::shown(const Item& item, std::uint64_t end) const {
  return item.instant || (item.begin < std::min(end, window_.to) && std::min(item.end, end) > window_.from);
}

std::unordered_map<Perfetto::Event, Perfetto::Flows> Perfetto::flows(std::uint64_t end) const {
  std::unordered_map<Event, Flows> flows;
  std::uint64_t number = 0;
  const auto stands = [&](Event event) {
    const auto found = events_.find(event);
    return found != events_.end() && shown(found->second, end);
  };
  for (const auto& [from, to] : arrows_) {
    if (!stands(from) || !stands(to)) continue;
    flows[from].begin.push_back(++number);
    flows[to].end.push_back(number);
  }
  return flows;
}

std::string Perfetto::bytes(std::uint64_t cycle) const {
  std::vector<Sorted> sorted;
  const auto flow = flows(cycle);
  for (const auto& [number, item] : events_) {
    if (!shown(item, cycle)) continue;
    const std::uint64_t from = std::max(item.begin, window_.from);
    Message begin = event(item.instant ? track_event::kInstant : track_event::kBegin, item.track)
                        .text(track_event::kName, item.name);
    for (const auto& [name, value] : item.arguments) {
      Message argument = Message().text(annotation::kName, name);
      if (const auto* count = std::get_if<std::uint64_t>(&value)) {
        argument.number(annotation::kUint, *count);
      } else {
        argument.text(annotation::kString, std::get<std::string>(value));
      }
      begin.message(track_event::kAnnotations, argument);
    }
    if (const auto found = flow.find(number); found != flow.end()) {
      for (const std::uint64_t id : found->second.begin) begin.fixed64(track_event::kFlows, id);
      for (const std::uint64_t id : found->second.end) begin.fixed64(track_event::kEndingFlows, id);
    }
    const int depth = static_cast<int>(item.depth) + 1;
    sorted.emplace_back(from, item.instant ? kMostDepth : depth, begin);
    if (!item.instant) {
      sorted.emplace_back(std::min({item.end, cycle, window_.to}), -depth, event(track_event::kEnd, item.track));
    }
  }
  for (const Count& count : counts_) {
    sorted.emplace_back(count.cycle, kMostDepth,
                        event(track_event::kCounterValue, count.track).real(track_event::kDoubleCounter, count.value));
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const Sorted& a, const Sorted& b) {
    return std::tie(a.cycle, a.rank) < std::tie(b.cycle, b.rank);
  });
  std::string bytes;
  for (const std::string& packet : descriptors_) bytes += packet;
  for (const Sorted& event : sorted) bytes += event.packet;
  return bytes;
}

}  // namespace tatami::timeline
