// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/mesh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "sim/engine/huge_pages.hpp"
#include "sim/routing/proof.hpp"
#include "sim/routing/route_entry.hpp"

namespace tatami::engine {
namespace {

constexpr std::uint32_t kDie = 0;
constexpr unsigned kResetCycles = 4;
constexpr unsigned kMaxSide = 32;                                    // a position has five bits
constexpr std::uint16_t kActivity = kPacketSunk | kSweeps | 0xff00;  // the upper half counts retired instructions
constexpr std::size_t kWorthThreads = 2;  // nodes per thread, from which on a cycle is worth a meeting of threads

std::string node_name(NodeId id) { return fmt::format("node_{}_{}", id.y, id.x); }

std::uint8_t with_bit(std::uint8_t byte, unsigned bit, bool value) {
  return static_cast<std::uint8_t>((byte & ~(1u << bit)) | (unsigned{value} << bit));
}

std::uint8_t with_pair(std::uint8_t byte, unsigned direction, unsigned pair) {
  return static_cast<std::uint8_t>((byte & ~(3u << 2 * direction)) | (pair << 2 * direction));
}

/// Throws std::invalid_argument with a sentence instead of the grid's own for a size that is not possible.
routing::Grid make_grid(const MeshOptions& options) {
  if (options.rows == 0 || options.cols == 0 || options.rows > kMaxSide || options.cols > kMaxSide) {
    throw std::invalid_argument(fmt::format("a mesh of {}x{} nodes is not possible; rows and columns must be 1 to {}",
                                            options.rows, options.cols, kMaxSide));
  }
  return {options.rows, options.cols, options.dead_nodes, options.dead_links};
}

}  // namespace

Mesh::Mesh(const NodeFactory& factory, const MeshOptions& options)
    : info_(factory.info()),
      options_(options),
      grid_(make_grid(options)),
      routes_(routing::make_routes(grid_).tables),
      groups_(std::clamp(options.threads, 1u, grid_.live_nodes())),
      nodes_(grid_.size()),
      host_(kDie, info_.noc_buffer_depth),
      pool_(static_cast<unsigned>(groups_.size())) {
  build(factory);
  reset();
  attach(load_routes(), kWest, host_);
}

void Mesh::build(const NodeFactory& factory) {
  for (Group& group : groups_) group.set = factory.make_set();
  for (unsigned n = 0; n < nodes_.size(); ++n) {
    if (grid_.live(n)) live_.push_back(n);
  }
  for (std::size_t i = 0; i < live_.size(); ++i) {
    const unsigned n = live_[i];
    Node& node = nodes_[n];
    node.group = static_cast<unsigned>(i * groups_.size() / live_.size());
    Group& group = groups_[node.group];
    group.all.push_back(n);
    node.model = group.set->create(node_name(id(n)), options_.seed * 0x9E3779B97F4A7C15u + n);
    node.pins = node.model->pins();
    node.model->set_id(kDie, id(n));
    node.model->set_edges(edges_at(id(n)));
    for (unsigned d = 0; d < kDirections; ++d) node.neighbour[d] = grid_.neighbour(n, d).value_or(kNone);
  }
  for (const unsigned n : live_) use_huge_pages(nodes_[n].model->state());
}

void Mesh::reset() {
  for (const unsigned n : live_) {
    Node& node = nodes_[n];
    node.model->set_reset(true);
    *node.pins.valid_in = 0;
    *node.pins.credit_in = 0;
    for (unsigned i = 0; i < kResetCycles; ++i) node.model->cycle(0, true, true);
    node.model->set_reset(false);
    if (*node.pins.valid_out != 0 || *node.pins.credit_out != 0)
      throw std::logic_error("a node sends packets or credits in reset");
    if ((*node.pins.flags & (kRouterBusy | kCoreBusy)) != 0) wake(n);
  }
}

/// Returns the node that has the die's exit, at its west.
NodeId Mesh::load_routes() {
  if (options_.rows > info_.die_rows || options_.cols > info_.die_cols) {
    if (live_.size() == nodes_.size() && grid_.dead_links().empty()) return {0, 0};  // X first, then Y, without tables
    throw std::invalid_argument(
        fmt::format("a mesh of {}x{} nodes with dead ones needs routing tables, and those of this "
                    "configuration end at {}x{}",
                    options_.rows, options_.cols, info_.die_rows, info_.die_cols));
  }
  if (const auto flaw = routing::prove(grid_, routes_).flaw) throw std::logic_error(flaw->sentence);
  const noc::RouteExit exit = routing::route_exit(grid_);
  for (const unsigned n : live_) {
    routing::load_routes(*nodes_[n].model, grid_, routes_, n, info_.die_rows, info_.die_cols);
  }
  return {exit.y, exit.x};
}

/// The directions in which a node's links leave the die: bit = direction.
unsigned Mesh::edges_at(NodeId at) const {
  return (at.y == 0) << kNorth | (at.x + 1 == cols()) << kEast | (at.y + 1 == rows()) << kSouth | (at.x == 0) << kWest;
}

void Mesh::attach(NodeId at, Direction edge, EdgePort& port) {
  const bool inside = at.y < rows() && at.x < cols();
  const unsigned node = index(at);
  const bool taken = std::any_of(edges_.begin(), edges_.end(),
                                 [&](const EdgeLink& e) { return e.node == node && e.direction == edge; });
  if (!inside || !grid_.live(node) || (edges_at(at) >> edge & 1) == 0 || taken) {
    throw std::invalid_argument(fmt::format("node {} has no free link over the die's {} edge", routing::text_of(at),
                                            routing::kDirectionNames[edge]));
  }
  edges_.push_back({node, edge, &port});
}

std::vector<std::optional<unsigned>> Mesh::define_groups(const std::vector<std::vector<unsigned>>& sets) {
  if (!quiet()) throw std::logic_error("groups cannot change while packets are under way");
  routing::GroupRoutes made = routing::make_groups(grid_, routes_, sets, info_.noc_groups);
  if (const auto flaw = routing::prove(grid_, routes_, made.groups).flaw) throw std::logic_error(flaw->sentence);
  for (const unsigned n : live_) routing::load_groups(*nodes_[n].model, grid_, made.groups.tables, n);
  return std::move(made.numbers);
}

void Mesh::wake(unsigned node) {
  if (nodes_[node].due) return;
  nodes_[node].due = true;
  groups_[nodes_[node].group].due.push_back(node);
}

bool Mesh::router_on(unsigned n) const {
  const NodePins& pins = nodes_[n].pins;
  return !options_.sleep || ((*pins.flags & kRouterBusy) | *pins.valid_in | *pins.credit_in) != 0;
}

bool Mesh::core_on(unsigned n) const { return !options_.sleep || (*nodes_[n].pins.flags & kCoreBusy) != 0; }

void Mesh::evaluate(Group& group, bool recording) {
  for (const unsigned n : list(group)) {
    Node& node = nodes_[n];
    const bool core = core_on(n);
    if (recording) {
      node.model->rise(router_on(n), core);
    } else {
      node.model->cycle(time_, router_on(n), core);
    }
    ++node.counters.evaluated;
    for (const Observer& observer : observers_) observer(time_, n, *node.model, core);
    if (!core) continue;
    const std::uint16_t flags = *node.pins.flags;
    ++node.counters.core_cycles;
    node.counters.retired += retired(flags);
    if (retired(flags) != 0) group.first_instruction = std::min(group.first_instruction, time_);
    if ((flags & kStored) != 0) group.last_store = time_;
    node.counters.matrix_steps += (flags & kMatrixStep) != 0 ? 1 : 0;
  }
}

void Mesh::publish(Group& group) {
  for (const unsigned n : list(group)) publish(group, n);
}

void Mesh::publish(Group& group, unsigned n) {
  Node& node = nodes_[n];
  const std::uint16_t flags = *node.pins.flags;
  const std::uint8_t valid = *node.pins.valid_out;
  const std::uint8_t credit = *node.pins.credit_out;
  if ((flags & (kRouterBusy | kCoreBusy)) != 0) wake(n);
  const bool faulted = (flags & (kThreadFault | kNodeError)) != 0;
  if (faulted && !node.faulted) group.new_fault = true;
  node.faulted = faulted;
  if ((flags & kActivity) != 0 || valid != 0) group.last_activity = time_;
  if ((valid | credit | node.sent_valid | node.sent_credit) == 0) return;
  bool crosses = false;
  for (unsigned d = 0; d < kDirections; ++d) {
    if (valid >> d & 1) ++node.counters.packets[d][class_of(node.pins.packet_out[d])];
    if (node.neighbour[d] == kNone) continue;
    if (nodes_[node.neighbour[d]].group == node.group) {
      carry(n, d, valid, credit);
    } else {
      crosses = true;
    }
  }
  if (crosses) group.crossing.push_back(n);
  node.sent_valid = valid;
  node.sent_credit = credit;
}

void Mesh::carry(unsigned n, unsigned d, unsigned valid, unsigned credit) {
  const Node& node = nodes_[n];
  const NodePins& to = nodes_[node.neighbour[d]].pins;
  const bool sends = valid >> d & 1;
  const unsigned credits = credit >> 2 * d & 3;
  *to.valid_in = with_bit(*to.valid_in, opposite(d), sends);
  *to.credit_in = with_pair(*to.credit_in, opposite(d), credits);
  if (sends) std::memcpy(to.packet_in[opposite(d)], node.pins.packet_out[d], sizeof(Packet::words));
  if (sends || credits != 0) wake(node.neighbour[d]);
}

void Mesh::publish(EdgeLink& link) {
  const EdgePort::Output& out = link.port->output();
  const bool sends = out.valid || out.credit != 0;
  if (!sends && !link.sent) return;
  const NodePins& to = nodes_[link.node].pins;
  *to.valid_in = with_bit(*to.valid_in, link.direction, out.valid);
  *to.credit_in = with_pair(*to.credit_in, link.direction, out.credit);
  if (out.valid) std::memcpy(to.packet_in[link.direction], out.packet.words.data(), sizeof(Packet::words));
  if (sends) wake(link.node);
  link.sent = sends;
}

void Mesh::step() {
  std::size_t nodes = 0;
  for (Group& group : groups_) {
    group.new_fault = false;
    group.running.swap(group.due);
    group.due.clear();
    group.crossing.clear();
    for (const unsigned n : group.running) nodes_[n].due = false;
    nodes += list(group).size();
  }
  // Ports at the edges look at the wires of this cycle before any node changes them.
  for (const EdgeLink& link : edges_) {
    const Node& node = nodes_[link.node];
    const unsigned d = link.direction;
    link.port->cycle(node.sent_valid >> d & 1, node.pins.packet_out[d], node.sent_credit >> 2 * d & 3);
  }
  const bool recording = waves_ && time_ >= window_.from && time_ < window_.to;
  if (recording) {
    for (const unsigned n : list(groups_[0])) nodes_[n].model->fall(time_);
    waves_->dump(time_ * WaveWindow::kUnitsPerCycle);
  }
  const auto work = [&](unsigned g) {
    evaluate(groups_[g], recording);
    publish(groups_[g]);
  };
  if (groups_.size() > 1 && nodes >= kWorthThreads * groups_.size() && observers_.empty()) {
    pool_.run(work);
  } else {
    for (unsigned g = 0; g < groups_.size(); ++g) work(g);
  }
  for (const Group& group : groups_) {
    for (const unsigned n : group.crossing) {
      for (unsigned d = 0; d < kDirections; ++d) {
        const unsigned to = nodes_[n].neighbour[d];
        if (to != kNone && nodes_[to].group != nodes_[n].group)
          carry(n, d, nodes_[n].sent_valid, nodes_[n].sent_credit);
      }
    }
  }
  if (recording) waves_->dump(time_ * WaveWindow::kUnitsPerCycle + WaveWindow::kUnitsPerCycle / 2);
  for (EdgeLink& link : edges_) publish(link);
  ++time_;
}

bool Mesh::quiet() const {
  return std::all_of(edges_.begin(), edges_.end(), [](const EdgeLink& e) { return e.port->idle(); }) &&
         std::all_of(groups_.begin(), groups_.end(), [](const Group& g) { return g.due.empty(); });
}

bool Mesh::new_fault() const {
  return std::any_of(groups_.begin(), groups_.end(), [](const Group& g) { return g.new_fault; });
}

std::uint64_t Mesh::last_activity() const {
  std::uint64_t last = 0;
  for (const Group& group : groups_) last = std::max(last, group.last_activity);
  return last;
}

std::uint64_t Mesh::work_cycles() const {
  std::uint64_t first = kNever, last = 0;
  for (const Group& group : groups_) {
    first = std::min(first, group.first_instruction);
    last = std::max(last, group.last_store);
  }
  return first < last ? last - first : 0;
}

void Mesh::begin_work() {
  for (Group& group : groups_) {
    group.first_instruction = kNever;
    group.last_store = 0;
  }
}

std::uint64_t Mesh::assertion_failures() const {
  std::uint64_t sum = 0;
  for (const Group& group : groups_) sum += group.set->assertion_failures();
  return sum;
}

Counters Mesh::counters() const {
  Counters counters;
  counters.cycles = time_;
  counters.host_packets = host_.sent();
  for (const Node& node : nodes_) {
    counters.nodes.push_back(node.counters);
    if (!node.model) continue;
    NodeCounters& counted = counters.nodes.back();
    for (unsigned t = 0; t < info_.threads; ++t) counted.threads[t] = node.model->thread_counters(t);
    counted.held = node.model->held_cycles();
  }
  return counters;
}

bool Mesh::record(const WaveWindow& window, const std::vector<unsigned>& nodes) {
  if (groups_.size() > 1) throw std::logic_error("a mesh that records has one host thread");
  std::vector<std::string> names;
  for (const unsigned n : nodes) names.push_back(node_name(id(n)));
  waves_ = groups_[0].set->open_waves(window, names);
  window_ = window;
  return waves_ != nullptr;
}

}  // namespace tatami::engine
