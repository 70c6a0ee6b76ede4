// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "sim/engine/counters.hpp"
#include "sim/engine/link.hpp"
#include "sim/engine/node_errors.hpp"
#include "sim/engine/node_log.hpp"
#include "sim/engine/timeline_log.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::engine {

/// Bits of a node's flags.
enum Flag : std::uint16_t {
  kRouterBusy = 1,   ///< the router's clock must run in the next cycle
  kCoreBusy = 2,     ///< the core's clock must run in the next cycle
  kThreadFault = 4,  ///< a thread is faulted
  kNodeError = 8,    ///< an error that no thread owns was recorded
  kPacketSunk = 16,  ///< a packet waits at, or goes into, the local node
  kMatrixStep = 32,  ///< the matrix unit was given a step
  kStored = 64,      ///< a store of the core is done
  kSweeps = 128,     ///< the SRAM is swept for wrong bits
};

/// How many instructions retired, from a node's flags.
constexpr unsigned retired(std::uint16_t flags) { return flags >> 8; }

/// The node's edge: where the model keeps its inputs and outputs. Outputs are valid after `rise`; inputs are read by
/// the next `fall`. Packets are only looked at when their valid bit is set.
struct NodePins {
  std::uint8_t* valid_in = nullptr;   ///< bit = direction
  std::uint8_t* credit_in = nullptr;  ///< bit = 2 * direction + class
  std::array<std::uint32_t*, kDirections> packet_in{};
  const std::uint8_t* valid_out = nullptr;
  const std::uint8_t* credit_out = nullptr;
  std::array<const std::uint32_t*, kDirections> packet_out{};
  const std::uint16_t* flags = nullptr;
};

/// One instruction on a retirement channel.
struct Retirement {
  bool valid = false;
  unsigned thread = 0;
  std::uint64_t order = 0;
  std::uint64_t pc = 0;
  std::uint32_t insn = 0;
  bool trap = false;
  bool halt = false;
};

/// What a model library was made for.
struct ModelInfo {
  std::string config;
  std::string flavour;
  unsigned threads = 0;
  std::uint64_t sram_bytes = 0;
  unsigned noc_buffer_depth = 0;
  unsigned die_rows = 0;
  unsigned die_cols = 0;
  unsigned noc_groups = 0;
};

/// One Verilated node. Not thread-safe against other nodes of its set.
class NodeModel {
 public:
  virtual ~NodeModel() = default;
  virtual const NodePins& pins() const = 0;
  /// The memory that holds the node's registers and SRAM.
  virtual std::span<const std::byte> state() const = 0;
  /// Position, edges and reset are inputs that hold until changed.
  virtual void set_id(std::uint32_t die, NodeId id) = 0;
  /// The links (bit = direction) by which packets enter the die: the node routes and stamps what comes over them.
  virtual void set_edges(unsigned links) = 0;
  virtual void set_reset(bool active) = 0;
  /// Writes the routing table through the back door: the route to a node of the die, and the routes in general, which
  /// reset sets back. Throws std::out_of_range for a node beyond the configuration's die.
  virtual void set_route(NodeId destination, const noc::RouteEntry& entry) = 0;
  virtual void set_exit(const noc::RouteExit& exit) = 0;
  /// Writes an entry of the group table through the back door; reset empties it. Throws std::out_of_range for a group
  /// beyond the configuration's.
  virtual void set_group(unsigned group, const noc::GroupEntry& entry) = 0;
  /// First half of a cycle: clocks low, inputs settle. `time` is the cycle's number.
  virtual void fall(std::uint64_t time) = 0;
  /// Second half: rising edge of the clocks that run in this cycle.
  virtual void rise(bool router, bool core) = 0;
  /// `fall` and `rise` in one call.
  virtual void cycle(std::uint64_t time, bool router, bool core) = 0;

  virtual ThreadStatus thread(unsigned thread) const = 0;
  virtual ThreadCounters thread_counters(unsigned thread) const = 0;
  virtual HeldCycles held_cycles() const = 0;
  virtual unsigned retirement_channels() const = 0;
  virtual Retirement retirement(unsigned channel) const = 0;
  virtual MemoryErrors memory_errors() const = 0;
  /// Errors recorded since reset that no thread owns.
  virtual NodeErrors errors() const = 0;
  /// Who hears what happens in the node from now on; only a model of flavour `check` says anything.
  virtual void set_log(NodeLog* log) = 0;
  /// The same for a timeline.
  virtual void set_timeline(TimelineLog* timeline) = 0;
  /// SRAM through the back door. Throws std::out_of_range beyond its end.
  virtual void sram_write(std::uint64_t address, std::span<const std::uint8_t> bytes) = 0;
  virtual void sram_read(std::uint64_t address, std::span<std::uint8_t> bytes) = 0;
};

/// What of some nodes goes to a wave file.
struct WaveWindow {
  static constexpr unsigned kAllLevels = 99;
  static constexpr std::uint64_t kUnitsPerCycle = 1000;  ///< of the file's time: picoseconds

  std::string path;
  std::uint64_t from = 0;                ///< first cycle
  std::uint64_t to = ~std::uint64_t{0};  ///< cycle after the last
  unsigned levels = kAllLevels;          ///< of the hierarchy, from the node on
};

/// A wave file of some nodes.
class WaveFile {
 public:
  virtual ~WaveFile() = default;
  /// Records all signals at a time in picoseconds; times must grow.
  virtual void dump(std::uint64_t picoseconds) = 0;
};

/// Nodes that are simulated together; it must outlive them. Sets share nothing.
class NodeSet {
 public:
  virtual ~NodeSet() = default;
  /// Adds a node whose registers hold random values made of `seed`; its SRAM is zero. Names are unique in the set.
  virtual std::unique_ptr<NodeModel> create(const std::string& name, std::uint64_t seed) = 0;
  /// Starts a wave file of the named nodes; nullptr when the library has no waves. Throws std::runtime_error when the
  /// file cannot be written.
  virtual std::unique_ptr<WaveFile> open_waves(const WaveWindow& window, const std::vector<std::string>& names) = 0;
  /// Failed assertions of the RTL in these nodes.
  virtual std::uint64_t assertion_failures() const = 0;
};

/// The one object that a model library gives out.
class NodeFactory {
 public:
  virtual ~NodeFactory() = default;
  virtual const ModelInfo& info() const = 0;
  virtual std::unique_ptr<NodeSet> make_set() const = 0;
};

/// The C function in a model library that returns its factory, which lives as long as the library. Make defines its
/// name, TATAMI_FACTORY, from the text of the headers that both sides include: a library of another interface has none.
using FactoryFunction = NodeFactory* (*)();

}  // namespace tatami::engine
