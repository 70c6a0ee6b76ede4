// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/counters.hpp"
#include "sim/engine/host_port.hpp"
#include "sim/engine/node_model.hpp"
#include "sim/engine/worker_pool.hpp"
#include "sim/routing/grid.hpp"
#include "sim/routing/tables.hpp"

namespace tatami::engine {

/// How a mesh is built.
struct MeshOptions {
  unsigned rows = 1;
  unsigned cols = 1;
  std::uint64_t seed = 1;  ///< of the random state before reset
  bool sleep = true;       ///< false: every node is evaluated in every cycle; results are the same
  unsigned threads = 1;    ///< host threads; results are the same for any number
  std::vector<NodeId> dead_nodes = {};
  std::vector<routing::DeadLink> dead_links = {};
};

/// Node models joined wire by wire, cycle by cycle: the same bits in the same cycles as rtl/die/mesh.sv.
///
/// A cycle evaluates the nodes on the wake list, then carries their outputs to their neighbours' inputs, and puts on
/// the next list whoever is busy or is sent something. A sleeping node is on no list: it costs nothing. All cycles are
/// counted from the end of reset.
///
/// Dead nodes have no model. Where the routing tables of the configuration are large enough, reset ends with tables for
/// the grid, written through the back door. The host's link is that of the die's exit; other links over the edges can
/// be given ports of their own.
///
/// Nodes belong to groups of consecutive numbers, one per host thread, each with a wake list and a set of models of its
/// own. A group evaluates its nodes, and then carries what goes to nodes of the same group; what goes to others is
/// carried when all groups are done.
class Mesh {
 public:
  /// Called after a node was evaluated in cycle `time`: its inputs are still those of this cycle, its outputs those of
  /// the next, and when the core's clock ran (`core`) the retirement channels are fresh.
  using Observer = std::function<void(std::uint64_t time, unsigned node, const NodeModel& model, bool core)>;

  /// Throws std::invalid_argument for a size that is not possible.
  Mesh(const NodeFactory& factory, const MeshOptions& options);

  unsigned rows() const { return options_.rows; }
  unsigned cols() const { return options_.cols; }
  unsigned size() const { return static_cast<unsigned>(nodes_.size()); }
  unsigned index(NodeId id) const { return id.y * options_.cols + id.x; }
  NodeId id(unsigned node) const { return {node / options_.cols, node % options_.cols}; }
  const routing::Grid& grid() const { return grid_; }
  /// Nodes that have a model.
  const std::vector<unsigned>& live() const { return live_; }
  /// A live node.
  NodeModel& node(unsigned index) { return *nodes_[index].model; }
  const NodeModel& node(unsigned index) const { return *nodes_[index].model; }
  HostPort& host() { return host_; }
  /// Joins a port to a live node's link over the die's edge; the port must outlive the mesh. Throws
  /// std::invalid_argument where there is no such link, or one that has a port.
  void attach(NodeId at, Direction edge, EdgePort& port);
  /// What the nodes are.
  const ModelInfo& info() const { return info_; }
  /// Failed assertions of the RTL.
  std::uint64_t assertion_failures() const;

  /// Defines groups of live nodes for casts, in place of those of earlier calls, through the back door: trees in the
  /// routers, proven free of deadlock beside the routes. The number of each set's group; nothing for a set that is not
  /// served. Throws std::logic_error unless the mesh is quiet.
  std::vector<std::optional<unsigned>> define_groups(const std::vector<std::vector<unsigned>>& sets);

  /// Simulates one cycle.
  void step();
  std::uint64_t time() const { return time_; }
  /// Nothing will happen any more: no node is busy, no wire carries anything, the host has nothing to send.
  bool quiet() const;
  /// In the last cycle some node began to show a faulted thread or a recorded error.
  bool new_fault() const;
  /// The last cycle in which an instruction retired, a packet moved, or an SRAM was swept.
  std::uint64_t last_activity() const;
  /// Cycles from the first instruction to the last store, of all nodes, since `begin_work`.
  std::uint64_t work_cycles() const;
  void begin_work();
  /// Which clocks a node gets in the next cycle.
  bool router_on(unsigned node) const;
  bool core_on(unsigned node) const;

  Counters counters() const;
  /// Adds an observer. From now on cycles run on one host thread.
  void observe(Observer observer) { observers_.push_back(std::move(observer)); }
  /// Records chosen nodes in a window of cycles; false when the model has no waves. Throws std::logic_error when the
  /// mesh has more than one host thread.
  bool record(const WaveWindow& window, const std::vector<unsigned>& nodes);

 private:
  static constexpr unsigned kNone = ~0u;
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};

  struct Node {
    std::unique_ptr<NodeModel> model;
    NodePins pins;
    std::array<unsigned, kDirections> neighbour{};
    unsigned group = 0;
    std::uint8_t sent_valid = 0;  // what the neighbours' inputs show now
    std::uint8_t sent_credit = 0;
    bool due = false;
    bool faulted = false;
    NodeCounters counters;
  };

  /// The nodes of one host thread.
  struct alignas(64) Group {
    std::unique_ptr<NodeSet> set;
    std::vector<unsigned> all;
    std::vector<unsigned> due;       // have something to do in the next cycle
    std::vector<unsigned> running;   // evaluated in this cycle
    std::vector<unsigned> crossing;  // sent something to another group in this cycle
    std::uint64_t last_activity = 0;
    std::uint64_t first_instruction = kNever;
    std::uint64_t last_store = 0;
    bool new_fault = false;
  };

  /// A link over the die's edge that has a port.
  struct EdgeLink {
    unsigned node;
    unsigned direction;
    EdgePort* port;
    bool sent = false;  // the node's inputs show something of the port's
  };

  void build(const NodeFactory& factory);
  void reset();
  NodeId load_routes();
  unsigned edges_at(NodeId at) const;
  void wake(unsigned node);
  const std::vector<unsigned>& list(const Group& group) const { return options_.sleep ? group.running : group.all; }
  void evaluate(Group& group, bool recording);
  void publish(Group& group);
  void publish(Group& group, unsigned node);
  void carry(unsigned node, unsigned direction, unsigned valid, unsigned credit);
  void publish(EdgeLink& link);

  const ModelInfo info_;
  const MeshOptions options_;
  routing::Grid grid_;
  routing::Tables routes_;
  std::vector<Group> groups_;
  std::vector<Node> nodes_;
  std::vector<unsigned> live_;
  HostPort host_;
  std::vector<EdgeLink> edges_;  // the host's is the first
  WorkerPool pool_;
  std::uint64_t time_ = 0;
  std::vector<Observer> observers_;
  std::unique_ptr<WaveFile> waves_;
  WaveWindow window_;
};

}  // namespace tatami::engine
