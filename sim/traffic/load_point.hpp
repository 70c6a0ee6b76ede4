// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/traffic/router_mesh.hpp"

namespace tatami::traffic {

/// How one point of a load-latency curve is measured.
struct LoadOptions {
  double load = 0;            ///< packets per source and cycle that are offered
  bool both_classes = false;  ///< requests and responses at random; else requests only
  std::uint64_t warm_up = 0;  ///< cycles before the measurement
  std::uint64_t cycles = 0;   ///< of the measurement
  std::uint64_t seed = 1;
};

/// What was measured. Latencies are in cycles, of the packets that came out during the measurement.
struct LoadPoint {
  double offered = 0;
  double accepted = 0;         ///< packets per source and cycle that came out
  double worst_share = 0;      ///< of the source that got least, against the mean
  double latency = 0;          ///< from the cycle in which a packet was made until it came out
  double network_latency = 0;  ///< from the cycle in which the router took it
  double hops = 0;
  std::uint64_t longest_wait = 0;  ///< the largest network latency
  std::uint64_t packets = 0;       ///< that came out, all checked
  std::string error;               ///< the first packet that was lost, doubled, changed or out of order; else empty
};

/// Sources make packets at random, wait with them in a queue without end, and hand the router one per cycle; sinks take
/// everything. Each packet is checked: once, in order between its ends, and unchanged.
LoadPoint measure(RouterMesh& mesh, const std::vector<std::vector<unsigned>>& destinations, const LoadOptions& options,
                  const std::function<void(std::uint64_t)>& progress = {});

}  // namespace tatami::traffic
