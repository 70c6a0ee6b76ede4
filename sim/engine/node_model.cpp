// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
// The Verilated node behind NodeModel; compiled into each model library, with TATAMI_CONFIG and TATAMI_FLAVOUR naming
// it.
#include "sim/engine/node_model.hpp"

#include <verilated.h>
#if VM_TRACE
#include <verilated_fst_c.h>
#endif

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <type_traits>

#include "Vnode_top.h"
#include "Vnode_top___024root.h"
#include "sim/engine/node_log_dpi.hpp"
#include "sim/engine/route_backdoor.hpp"
#include "sim/engine/sram_backdoor.hpp"
#include "sim/engine/timeline_log_dpi.hpp"

// Exported by node_top.sv; acts on the instance whose scope is set.
extern "C" int semaphore_value(int index);

namespace tatami::engine {
namespace {

#if VM_TRACE
// Verilator's trace() records each node that its context ever knew, also destroyed ones and those that nobody chose;
// what records one node is private. The arguments of an explicit instantiation may name private members.
using RecordModel = void (Vnode_top::*)(VerilatedTraceBaseC*, int, int);
RecordModel record_model();
template <RecordModel function>
struct Expose {
  friend RecordModel record_model() { return function; }
};
template struct Expose<&Vnode_top::traceBaseModel>;
#endif
/// A place as sram_pkg::place_t packs it.
WordPlace unpack_place(std::uint64_t bits) {
  const auto field = [bits](unsigned lsb, unsigned width) {
    return static_cast<unsigned>(bits >> lsb & ((1U << width) - 1));
  };
  return {.address = field(0, 21), .bank = field(24, 8), .column = field(32, 3), .port = field(40, 3)};
}

constexpr unsigned kThreads = std::extent_v<decltype(std::declval<Vnode_top&>().thread_pc_o.m_storage)>;

class VerilatedNode final : public NodeModel {
 public:
  VerilatedNode(VerilatedContext* context, const std::string& name)
      : context_(entered(context)), top_(context, name.c_str()) {
    pins_.valid_in = &top_.link_valid_i;
    pins_.credit_in = &top_.credit_i;
    pins_.valid_out = &top_.link_valid_o;
    pins_.credit_out = &top_.credit_o;
    pins_.flags = &top_.flags_o;
    for (unsigned d = 0; d < kDirections; ++d) {
      pins_.packet_in[d] = &top_.link_packet_i[d][0];
      pins_.packet_out[d] = &top_.link_packet_o[d][0];
      for (unsigned w = 0; w < kPacketWords; ++w) pins_.packet_in[d][w] = 0;
    }
    top_.link_valid_i = 0;
    top_.credit_i = 0;
    top_.edge_i = 0;
    top_.rst_ni = 0;
    top_.clk_router_i = 0;
    top_.clk_core_i = 0;
    top_.time_i = 0;
    eval();
    sram_ =
        std::make_unique<SramBackdoor>(*context, name + ".node_top.u_node.u_sram", top_.sram_banks_o, top_.sram_rows_o);
    routes_.emplace(*context, name + ".node_top.u_node.u_router");
    scope_ = svGetScopeFromName((name + ".node_top").c_str());
  }
  ~VerilatedNode() override {
    entered(context_);
    top_.final();
  }

  const NodePins& pins() const override { return pins_; }
  std::span<const std::byte> state() const override { return std::as_bytes(std::span(top_.rootp, 1)); }

  void set_id(std::uint32_t die, NodeId id) override {
    id_ = id;
    top_.die_i = die;
    top_.y_i = static_cast<CData>(id.y);
    top_.x_i = static_cast<CData>(id.x);
  }

  void set_edges(unsigned links) override { top_.edge_i = static_cast<CData>(links); }

  void set_reset(bool active) override {
    context_->assertOn(!active);
    top_.rst_ni = !active;
  }

  void set_route(NodeId destination, const noc::RouteEntry& entry) override {
    if (destination.y >= top_.die_rows_o || destination.x >= top_.die_cols_o) {
      throw std::out_of_range("the routing table has no entry for this node");
    }
    routes_->write(destination, entry);
  }
  void set_exit(const noc::RouteExit& exit) override { routes_->write(exit); }
  void set_group(unsigned group, const noc::GroupEntry& entry) override {
    if (group >= top_.noc_groups_o) throw std::out_of_range("the group table has no entry for this group");
    routes_->write(group, entry);
  }

  void fall(std::uint64_t time) override {
    top_.clk_router_i = 0;
    top_.clk_core_i = 0;
    top_.time_i = time;
    eval();
  }

  void rise(bool router, bool core) override {
    top_.clk_router_i = router;
    top_.clk_core_i = core;
    eval();
    if (log_ != nullptr && core) log_->end_of_cycle();
    if (timeline_ != nullptr && core) timeline_->end_of_cycle(top_.time_i);
  }

  void cycle(std::uint64_t time, bool router, bool core) override {
    VerilatedNode::fall(time);
    VerilatedNode::rise(router, core);
  }

  ThreadStatus thread(unsigned t) const override {
    ThreadStatus status;
    status.node = id_;
    status.thread = t;
    status.state = static_cast<ThreadStatus::State>(top_.thread_state_o[t]);
    status.pc = top_.thread_pc_o[t];
    status.value = top_.thread_value_o[t];
    status.cause = top_.thread_cause_o[t];
    if (status.state == ThreadStatus::State::WaitSemaphore) {
      entered(context_);
      svSetScope(scope_);
      status.held = static_cast<unsigned>(semaphore_value(static_cast<int>(status.semaphore().semaphore)));
    }
    return status;
  }

  ThreadCounters thread_counters(unsigned t) const override {
    ThreadCounters counters{.issued = top_.issued_o[t]};
    for (unsigned i = 0; i < isa::kCounters; ++i) counters.counts[i] = top_.counter_o[isa::kCounters * t + i];
    return counters;
  }

  HeldCycles held_cycles() const override {
    HeldCycles held;
    std::copy_n(&top_.held_o[0], held.size(), held.begin());
    return held;
  }

  unsigned retirement_channels() const override { return std::size(top_.retire_pc_o); }

  Retirement retirement(unsigned c) const override {
    Retirement r;
    r.valid = top_.retire_valid_o >> c & 1;
    r.thread = top_.retire_thread_o[c];
    r.order = top_.retire_order_o[c];
    r.pc = top_.retire_pc_o[c];
    r.insn = top_.retire_insn_o[c];
    r.trap = top_.retire_trap_o >> c & 1;
    r.halt = top_.retire_halt_o >> c & 1;
    return r;
  }

  MemoryErrors memory_errors() const override {
    return {.fixed = top_.memory_fixed_o,
            .fixed_at = unpack_place(top_.memory_fixed_at_o),
            .lost = top_.memory_lost_o,
            .lost_at = unpack_place(top_.memory_lost_at_o)};
  }

  NodeErrors errors() const override {
    const auto recorded = [this](unsigned bit) { return (top_.error_o >> bit & 1) != 0; };
    NodeErrors errors;
    if (recorded(0)) {
      std::array<std::uint32_t, 4> words{};
      std::copy_n(&top_.malformed_header_o[0], words.size(), words.begin());
      errors.malformed = noc::Header::unpack(words);
    }
    if (recorded(1)) errors.overflow = {top_.overflow_sem_o, die_node(top_.overflow_src_o)};
    errors.uncorrectable = recorded(2);
    errors.memory = memory_errors();
    if (recorded(3)) errors.get_fault = die_node(top_.get_fault_node_o);
    if (recorded(4)) errors.lost = {(top_.lost_dst_o >> 30) != 0, die_node(top_.lost_dst_o & 0x3FFFFFFF)};
    return errors;
  }

  void set_log(NodeLog* log) override { log_ = log; }
  void set_timeline(TimelineLog* timeline) override { timeline_ = timeline; }
  void sram_write(std::uint64_t address, std::span<const std::uint8_t> bytes) override {
    sram_->write(address, bytes);
    if (log_ != nullptr) log_->written(address, bytes);
  }
  void sram_read(std::uint64_t address, std::span<std::uint8_t> bytes) override { sram_->read(address, bytes); }

  ModelInfo info() const {
    return {TATAMI_CONFIG,           TATAMI_FLAVOUR,  kThreads,        sram_->size(),
            top_.noc_buffer_depth_o, top_.die_rows_o, top_.die_cols_o, top_.noc_groups_o};
  }
#if VM_TRACE
  void trace(VerilatedFstC* file) { (top_.*record_model())(file, WaveWindow::kAllLevels, 0); }
#endif

 private:
  /// Verilator's runtime looks for random state, assertions and scopes in the thread's current context.
  static VerilatedContext* entered(VerilatedContext* context) {
    Verilated::threadContextp(context);
    return context;
  }

  static DieNode die_node(unsigned id) { return {id >> 10, {id >> 5 & 31, id & 31}}; }

  void eval() {
    entered(context_);
    current_log = log_;
    current_timeline = timeline_;
    top_.eval();
  }

  VerilatedContext* context_;
  Vnode_top top_;
  NodePins pins_;
  NodeId id_;
  std::unique_ptr<SramBackdoor> sram_;
  std::optional<RouteBackdoor> routes_;
  svScope scope_ = nullptr;
  NodeLog* log_ = nullptr;
  TimelineLog* timeline_ = nullptr;
};

#if VM_TRACE
class FstFile final : public WaveFile {
 public:
  /// All nodes of the context exist. The filter goes by name, because a context traces all of its models.
  FstFile(VerilatedContext& context, const WaveWindow& window, const std::vector<std::string>& names) {
    // The node's own wrapper is a level that nobody counts.
    for (const std::string& name : names) file_.dumpvars(static_cast<int>(window.levels) + 1, name);
    context.trace(&file_, WaveWindow::kAllLevels);
    file_.open(window.path.c_str());
    if (!file_.isOpen()) throw std::runtime_error("cannot write the wave file " + window.path);
  }
  ~FstFile() override { file_.close(); }
  void dump(std::uint64_t picoseconds) override { file_.dump(picoseconds); }

 private:
  VerilatedFstC file_;
};
#endif

class VerilatedSet final : public NodeSet {
 public:
  VerilatedSet() {
    context_.errorLimit(1 << 20);
    context_.randReset(2);
    context_.traceEverOn(true);
    context_.assertOn(false);
  }

  std::unique_ptr<NodeModel> create(const std::string& name, std::uint64_t seed) override {
    return create_verilated(name, seed);
  }
  std::unique_ptr<VerilatedNode> create_verilated(const std::string& name, std::uint64_t seed) {
    context_.randSeed(static_cast<int>(seed % 0x7fffffff) + 1);
    return std::make_unique<VerilatedNode>(&context_, name);
  }

  std::unique_ptr<WaveFile> open_waves(const WaveWindow& window, const std::vector<std::string>& names) override {
#if VM_TRACE
    return std::make_unique<FstFile>(context_, window, names);
#else
    static_cast<void>(window);
    static_cast<void>(names);
    return nullptr;
#endif
  }

  std::uint64_t assertion_failures() const override { return static_cast<std::uint64_t>(context_.errorCount()); }

 private:
  VerilatedContext context_;
};

class VerilatedFactory final : public NodeFactory {
 public:
  VerilatedFactory() {
    VerilatedSet set;
    const auto probe = set.create_verilated("probe", 1);
    info_ = probe->info();
  }

  const ModelInfo& info() const override { return info_; }
  std::unique_ptr<NodeSet> make_set() const override { return std::make_unique<VerilatedSet>(); }

 private:
  ModelInfo info_;
};

}  // namespace
}  // namespace tatami::engine

extern "C" tatami::engine::NodeFactory* TATAMI_FACTORY() {
  static tatami::engine::VerilatedFactory factory;
  return &factory;
}
