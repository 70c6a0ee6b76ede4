// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "verif/tests/cli/runner.hpp"

namespace tatami::test {

/// A slice or an instant of a trace, with both ends of its arrows.
struct Slice {
  std::string process, track, name;
  std::uint64_t begin = 0, end = 0;
  bool instant = false;
  std::size_t depth = 0;
  std::vector<std::uint64_t> flows, ending;
  nlohmann::json arguments;

  std::uint64_t cycles() const { return end - begin; }
};

struct Count {
  std::string process, track;
  std::uint64_t cycle = 0;
  double value = 0;
};

/// A trace, read by the viewer's own schema (read_trace.py) and by the rules for its events: every event lies on a
/// track that is described before, times do not go back, slices of a track nest and end, each arrow has a beginning and
/// an end.
class Trace {
 public:
  /// Reads the workspace's file. Throws std::runtime_error for what breaks a rule.
  Trace(const Workspace& workspace, const std::string& name);

  const std::vector<Slice>& slices() const { return slices_; }
  const std::vector<Count>& counts() const { return counts_; }
  /// Names of tracks, by that of their process.
  const std::map<std::string, std::vector<std::string>>& tracks() const { return tracks_; }
  std::vector<Slice> on(const std::string& process, const std::string& track) const;
  /// Pairs of slices that an arrow joins.
  std::vector<std::pair<Slice, Slice>> arrows() const;

 private:
  std::vector<Slice> slices_;
  std::vector<Count> counts_;
  std::map<std::string, std::vector<std::string>> tracks_;
};

}  // namespace tatami::test
