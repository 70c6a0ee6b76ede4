// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/timeline/trace.hpp"

#include <stdexcept>

namespace tatami::test {
namespace {

using Json = nlohmann::json;

void require(bool condition, const std::string& rule, const Json& where) {
  if (!condition) throw std::runtime_error(rule + ": " + where.dump());
}

}  // namespace

Trace::Trace(const Workspace& workspace, const std::string& name) {
  const Result read = workspace.shell("build/venv/bin/python verif/tests/timeline/read_trace.py %/" + name);
  if (read.code != 0) throw std::runtime_error("not a trace by the schema: " + read.err);
  const Json json = Json::parse(read.out);
  require(json["packets"] == json["tracks"].size() + json["events"].size(), "packets that are neither",
          json["packets"]);

  std::map<std::uint64_t, Json> described;
  for (const Json& track : json["tracks"]) {
    const std::uint64_t uuid = track["uuid"];
    require(uuid != 0 && !described.contains(uuid), "a track twice, or without a number", track);
    require(!track["name"].get<std::string>().empty(), "a track without a name", track);
    if (track["process"].is_null()) {
      require(described.contains(track["parent"]), "a track of no process", track);
      tracks_[described[track["parent"]]["name"]].push_back(track["name"]);
    }
    described[uuid] = track;
  }

  std::map<std::uint64_t, std::vector<std::size_t>> open;  // slices by track, the innermost last
  std::uint64_t time = 0;
  for (const Json& event : json["events"]) {
    require(event["time"] >= time, "time goes back", event);
    time = event["time"];
    const std::uint64_t uuid = event["track"];
    require(described.contains(uuid) && described[uuid]["process"].is_null(), "an event of no track", event);
    const std::string track = described[uuid]["name"], process = described[described[uuid]["parent"]]["name"];
    const std::string type = event["type"];
    require((type == "TYPE_COUNTER") == !described[uuid]["counter"].is_null(), "an event that its track does not take",
            event);
    if (type == "TYPE_COUNTER") {
      counts_.push_back({process, track, time, event["value"]});
      continue;
    }
    if (type == "TYPE_SLICE_END") {
      require(!open[uuid].empty(), "an end without a beginning", event);
      slices_[open[uuid].back()].end = time;
      require(slices_[open[uuid].back()].cycles() > 0, "a slice of no cycle", event);
      open[uuid].pop_back();
      continue;
    }
    require(type == "TYPE_SLICE_BEGIN" || type == "TYPE_INSTANT", "an unknown type", event);
    require(!event["name"].get<std::string>().empty(), "a slice without a name", event);
    slices_.push_back({process, track, event["name"], time, time, type == "TYPE_INSTANT", open[uuid].size(),
                       event["flows"], event["ending"], event["arguments"]});
    if (type == "TYPE_SLICE_BEGIN") open[uuid].push_back(slices_.size() - 1);
  }
  for (const auto& [track, slices] : open) require(slices.empty(), "a slice that does not end", described[track]);
  arrows();
}

std::vector<Slice> Trace::on(const std::string& process, const std::string& track) const {
  std::vector<Slice> found;
  for (const Slice& slice : slices_) {
    if (slice.process == process && slice.track == track) found.push_back(slice);
  }
  return found;
}

std::vector<std::pair<Slice, Slice>> Trace::arrows() const {
  std::map<std::uint64_t, const Slice*> begins, ends;
  for (const Slice& slice : slices_) {
    for (const std::uint64_t flow : slice.flows)
      require(begins.emplace(flow, &slice).second, "an arrow begins twice", flow);
    for (const std::uint64_t flow : slice.ending)
      require(ends.emplace(flow, &slice).second, "an arrow ends twice", flow);
  }
  require(begins.size() == ends.size(), "arrows with one end", {begins.size(), ends.size()});
  std::vector<std::pair<Slice, Slice>> arrows;
  for (const auto& [flow, from] : begins) {
    require(ends.contains(flow), "an arrow without an end", flow);
    arrows.emplace_back(*from, *ends[flow]);
    require(from->begin <= ends[flow]->begin, "an arrow into the past", flow);
  }
  return arrows;
}

}  // namespace tatami::test
