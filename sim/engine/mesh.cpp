// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/mesh.hpp"

#include <fmt/format.h>
#include <cstring>
#include <stdexcept>

namespace tatami::engine {
namespace {

constexpr std::uint32_t kDie = 0;
constexpr unsigned kResetCycles = 4;
constexpr unsigned kMaxSide = 32;                          // a position has five bits
constexpr std::uint16_t kActivity = kPacketSunk | 0xff00;  // the upper half counts retired instructions
constexpr std::uint64_t kPicosecondsPerCycle = 1000;

std::string node_name(NodeId id) { return fmt::format("node_{}_{}", id.y, id.x); }

std::uint8_t with_bit(std::uint8_t byte, unsigned bit, bool value) {
  return static_cast<std::uint8_t>((byte & ~(1u << bit)) | (unsigned{value} << bit));
}

std::uint8_t with_pair(std::uint8_t byte, unsigned direction, unsigned pair) {
  return static_cast<std::uint8_t>((byte & ~(3u << 2 * direction)) | (pair << 2 * direction));
}

}  // namespace

Mesh::Mesh(const NodeFactory& factory, const MeshOptions& options)
    : info_(factory.info()), options_(options), set_(factory.make_set()), host_(kDie, info_.noc_buffer_depth) {
  if (options.rows == 0 || options.cols == 0 || options.rows > kMaxSide || options.cols > kMaxSide) {
    throw std::invalid_argument(fmt::format("a mesh of {}x{} nodes is not possible; rows and columns must be 1 to {}",
                                            options.rows, options.cols, kMaxSide));
  }
  const unsigned count = options.rows * options.cols;
  nodes_.resize(count);
  for (unsigned n = 0; n < count; ++n) {
    Node& node = nodes_[n];
    const NodeId at = id(n);
    node.model = set_->create(node_name(at), options.seed * 0x9E3779B97F4A7C15u + n);
    node.pins = node.model->pins();
    node.model->set_id(kDie, at);
    node.neighbour = {at.y > 0 ? n - options.cols : kNone, at.x + 1 < options.cols ? n + 1 : kNone,
                      at.y + 1 < options.rows ? n + options.cols : kNone, at.x > 0 ? n - 1 : kNone};
    all_.push_back(n);
  }
  reset();
}

void Mesh::reset() {
  for (Node& node : nodes_) {
    node.model->set_reset(true);
    *node.pins.valid_in = 0;
    *node.pins.credit_in = 0;
    for (unsigned i = 0; i < kResetCycles; ++i) node.model->cycle(0, true, true);
    node.model->set_reset(false);
    if (*node.pins.valid_out != 0 || *node.pins.credit_out != 0)
      throw std::logic_error("a node sends packets or credits in reset");
    if ((*node.pins.flags & (kRouterBusy | kCoreBusy)) != 0) wake(static_cast<unsigned>(&node - nodes_.data()));
  }
}

void Mesh::wake(unsigned node) {
  if (nodes_[node].due) return;
  nodes_[node].due = true;
  due_.push_back(node);
}

bool Mesh::router_on(unsigned n) const {
  const NodePins& pins = nodes_[n].pins;
  return !options_.sleep || ((*pins.flags & kRouterBusy) | *pins.valid_in | *pins.credit_in) != 0;
}

bool Mesh::core_on(unsigned n) const { return !options_.sleep || (*nodes_[n].pins.flags & kCoreBusy) != 0; }

void Mesh::evaluate(const std::vector<unsigned>& list) {
  const bool recording = waves_ && time_ >= waves_from_ && time_ < waves_to_;
  if (recording) {
    for (const unsigned n : list) nodes_[n].model->fall(time_);
    waves_->dump(time_ * kPicosecondsPerCycle);
  }
  for (const unsigned n : list) {
    Node& node = nodes_[n];
    const bool core = core_on(n);
    if (recording) {
      node.model->rise(router_on(n), core);
    } else {
      node.model->cycle(time_, router_on(n), core);
    }
    ++node.counters.evaluated;
    if (!core) continue;
    const std::uint16_t flags = *node.pins.flags;
    ++node.counters.core_cycles;
    node.counters.retired += retired(flags);
    if (retired(flags) != 0) first_instruction_ = std::min(first_instruction_, time_);
    if ((flags & kStored) != 0) last_store_ = time_;
    node.counters.matrix_steps += (flags & kMatrixStep) != 0 ? 1 : 0;
    if (observer_) observer_(time_, n, *node.model);
  }
  if (recording) waves_->dump(time_ * kPicosecondsPerCycle + kPicosecondsPerCycle / 2);
}

void Mesh::publish(unsigned n) {
  Node& node = nodes_[n];
  const std::uint16_t flags = *node.pins.flags;
  const std::uint8_t valid = *node.pins.valid_out;
  const std::uint8_t credit = *node.pins.credit_out;
  if ((flags & (kRouterBusy | kCoreBusy)) != 0) wake(n);
  const bool faulted = (flags & (kThreadFault | kNodeError)) != 0;
  if (faulted && !node.faulted) new_fault_ = true;
  node.faulted = faulted;
  if ((flags & kActivity) != 0 || valid != 0) last_activity_ = time_;
  if ((valid | credit | node.sent_valid | node.sent_credit) == 0) return;
  for (unsigned d = 0; d < kDirections; ++d) {
    const bool sends = valid >> d & 1;
    const unsigned credits = credit >> 2 * d & 3;
    if (sends) ++node.counters.packets[d][class_of(node.pins.packet_out[d])];
    if (node.neighbour[d] == kNone) continue;
    const NodePins& to = nodes_[node.neighbour[d]].pins;
    *to.valid_in = with_bit(*to.valid_in, opposite(d), sends);
    *to.credit_in = with_pair(*to.credit_in, opposite(d), credits);
    if (sends) std::memcpy(to.packet_in[opposite(d)], node.pins.packet_out[d], sizeof(Packet::words));
    if (sends || credits != 0) wake(node.neighbour[d]);
  }
  node.sent_valid = valid;
  node.sent_credit = credit;
}

void Mesh::publish_host() {
  const HostPort::Output& out = host_.output();
  if (!out.valid && out.credit == 0 && !host_sent_.valid && host_sent_.credit == 0) return;
  const NodePins& to = nodes_[0].pins;
  *to.valid_in = with_bit(*to.valid_in, kWest, out.valid);
  *to.credit_in = with_pair(*to.credit_in, kWest, out.credit);
  if (out.valid) std::memcpy(to.packet_in[kWest], out.packet.words.data(), sizeof(Packet::words));
  if (out.valid || out.credit != 0) wake(0);
  host_sent_.valid = out.valid;
  host_sent_.credit = out.credit;
}

void Mesh::step() {
  new_fault_ = false;
  running_.swap(due_);
  due_.clear();
  for (const unsigned n : running_) nodes_[n].due = false;
  const std::vector<unsigned>& list = options_.sleep ? running_ : all_;
  // The host looks at the wires of this cycle before any node changes them.
  const Node& gate = nodes_[0];
  host_.cycle(gate.sent_valid >> kWest & 1, gate.pins.packet_out[kWest], gate.sent_credit >> 2 * kWest & 3);
  evaluate(list);
  for (const unsigned n : list) publish(n);
  publish_host();
  ++time_;
}

Counters Mesh::counters() const {
  Counters counters;
  counters.cycles = time_;
  counters.host_packets = host_.sent();
  for (const Node& node : nodes_) {
    counters.nodes.push_back(node.counters);
    counters.nodes.back().threads = node.model->thread_counts();
  }
  return counters;
}

bool Mesh::record(const std::string& path, const std::vector<unsigned>& nodes, std::uint64_t from, std::uint64_t to) {
  std::vector<std::string> names;
  for (const unsigned n : nodes) names.push_back(node_name(id(n)));
  waves_ = set_->open_waves(path, names);
  waves_from_ = from;
  waves_to_ = to;
  return waves_ != nullptr;
}

}  // namespace tatami::engine
