// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "sim/collectives/collective_plan.hpp"
#include "sim/workloads/run.hpp"
#include "verif/golden/ops/collectives.hpp"

namespace tatami {

/// One collective operation on a machine, compared with the golden one.
class CollectiveRun {
 public:
  /// Plans. `config` must outlive the run. Throws InputError when it does not fit.
  CollectiveRun(const Config& config, const routing::Grid& grid, const Collective& collective);

  const Collective& collective() const { return collective_; }
  const CollectivePlan& plan() const { return plan_; }
  /// The results: [member][element]; of a reduce-scatter the sums of all members, [element].
  Shape output_shape() const;

  /// Draws every member's vector.
  void draw(std::uint64_t seed);
  /// Writes the vectors and runs.
  RunStatus simulate(Device& device, std::uint64_t max_cycles,
                     const std::function<void(std::uint64_t)>& progress = {}) const;
  /// The same, and compares. The index of a mismatch is in the output's shape; its node is the one that
  /// holds the element.
  Outcome execute(Device& device, std::uint64_t max_cycles,
                  const std::function<void(std::uint64_t)>& progress = {}) const;

 private:
  std::size_t elements_of_vector() const;
  /// What a member of a rectangle keeps of a vector that is spread over all.
  golden::Piece piece(NodeId node) const;
  void upload(Device& device) const;
  HostTensor download(Device& device) const;
  HostTensor expected() const;
  struct Place {
    NodeId node;
    std::uint64_t address;
  };
  /// Where an element of the output lies.
  Place place_of(const std::vector<std::size_t>& index) const;

  Collective collective_;
  CollectivePlan plan_;
  std::vector<golden::NodeVector> vectors_;  ///< by member, before the operation
};

}  // namespace tatami
