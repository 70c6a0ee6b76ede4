// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Litmus shapes: a few accesses per thread, and the outcomes that sequential consistency allows.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tatami::test {

/// One access of a thread to a location; a write stores a value other than zero.
struct LitmusAccess {
  bool write;
  unsigned location;
  std::uint64_t value = 0;
};

inline LitmusAccess writes(unsigned location, std::uint64_t value) { return {true, location, value}; }
inline LitmusAccess reads(unsigned location) { return {false, location}; }

/// The values of all reads, thread by thread, and then the last value of each location.
using Outcome = std::vector<std::uint64_t>;

struct LitmusShape {
  std::string name;
  unsigned locations;
  std::vector<std::vector<LitmusAccess>> threads;

  /// Every outcome of some interleaving in which each thread keeps its order.
  std::set<Outcome> allowed() const {
    std::set<Outcome> outcomes;
    State start{std::vector<unsigned>(threads.size()), std::vector<std::uint64_t>(locations),
                std::vector<Outcome>(threads.size())};
    explore(start, outcomes);
    return outcomes;
  }

 private:
  struct State {
    std::vector<unsigned> next;
    std::vector<std::uint64_t> memory;
    std::vector<Outcome> seen;
  };

  void explore(const State& state, std::set<Outcome>& outcomes) const {
    bool done = true;
    for (unsigned t = 0; t < threads.size(); ++t) {
      if (state.next[t] == threads[t].size()) continue;
      done = false;
      const LitmusAccess& access = threads[t][state.next[t]];
      State after = state;
      ++after.next[t];
      if (access.write) {
        after.memory[access.location] = access.value;
      } else {
        after.seen[t].push_back(state.memory[access.location]);
      }
      explore(after, outcomes);
    }
    if (!done) return;
    Outcome outcome;
    for (const Outcome& seen : state.seen) outcome.insert(outcome.end(), seen.begin(), seen.end());
    outcome.insert(outcome.end(), state.memory.begin(), state.memory.end());
    outcomes.insert(outcome);
  }
};

/// The usual shapes, by the names of the literature.
inline std::vector<LitmusShape> litmus_shapes() {
  return {
      {"SB (store buffering)", 2, {{writes(0, 1), reads(1)}, {writes(1, 1), reads(0)}}},
      {"MP (message passing)", 2, {{writes(0, 1), writes(1, 1)}, {reads(1), reads(0)}}},
      {"LB (load buffering)", 2, {{reads(0), writes(1, 1)}, {reads(1), writes(0, 1)}}},
      {"2+2W", 2, {{writes(0, 1), writes(1, 2)}, {writes(1, 1), writes(0, 2)}}},
      {"R", 2, {{writes(0, 1), writes(1, 1)}, {writes(1, 2), reads(0)}}},
      {"S", 2, {{writes(0, 2), writes(1, 1)}, {reads(1), writes(0, 1)}}},
      {"CoRR", 1, {{writes(0, 1), writes(0, 2)}, {reads(0), reads(0)}}},
      {"CoWR", 1, {{writes(0, 1), reads(0)}, {writes(0, 2), reads(0)}}},
      {"WRC", 2, {{writes(0, 1)}, {reads(0), writes(1, 1)}, {reads(1), reads(0)}}},
      {"IRIW", 2, {{writes(0, 1)}, {writes(1, 1)}, {reads(0), reads(1)}, {reads(1), reads(0)}}},
  };
}

}  // namespace tatami::test
