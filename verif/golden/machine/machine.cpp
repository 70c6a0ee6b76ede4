// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/machine/machine.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <stdexcept>

#include "verif/golden/sram/address_map.hpp"

namespace tatami::golden {
namespace {

std::string describe(const WordErrors::Lost& lost, unsigned banks) {
  constexpr std::array kReaders = {"load port 0",         "load port 1",     "instruction fetch",
                                   "the transfer engine", "a partial store", "the mesh"};
  const SramPlace place = sram_place(lost.address, banks);
  return fmt::format("{:#x} (bank {}, column {}), read by {}", lost.address, place.bank, place.column,
                     kReaders.at(lost.port));
}

}  // namespace

Machine::Machine(const CoreConfig& config, unsigned rows, unsigned cols, std::uint64_t schedule)
    : rows_(rows), cols_(cols), next_descriptor_(std::size_t{rows} * cols, 0), schedule_(schedule), random_(schedule) {
  if (rows == 0 || cols == 0) throw std::invalid_argument("a machine needs at least one row and one column");
  nodes_.reserve(next_descriptor_.size());
  for (unsigned y = 0; y < rows; ++y) {
    for (unsigned x = 0; x < cols; ++x) nodes_.emplace_back(config, NodePosition{.die = 0, .y = y, .x = x});
  }
}

Iss& Machine::node(NodeId id) {
  if (id.y >= rows_ || id.x >= cols_) throw std::out_of_range("no such node in the mesh");
  return nodes_[std::size_t{id.y} * cols_ + id.x];
}

void Machine::write(NodeId id, std::uint64_t address, std::span<const std::uint8_t> bytes) {
  LocalMemory& memory = node(id).memory();
  constexpr unsigned kMeshPort = 5;
  memory.about_to_write(address, bytes.size(), kMeshPort);
  std::ranges::copy(bytes, memory.bytes(address, bytes.size()).begin());
}

void Machine::read(NodeId id, std::uint64_t address, std::span<std::uint8_t> bytes) {
  node(id).memory().peek(address, bytes);
}

void Machine::start(NodeId id, unsigned thread, std::uint64_t pc) {
  if (thread >= node(id).config().threads) throw std::out_of_range("no such thread in the node");
  starts_.push_back({id, thread, pc});
}

std::string Machine::place(const Iss& node) const {
  const auto index = static_cast<unsigned>(&node - nodes_.data());
  return fmt::format("(y {}, x {})", index / cols_, index % cols_);
}

std::vector<std::optional<unsigned>> Machine::define_groups(const std::vector<std::vector<NodeId>>& sets) {
  groups_.clear();
  std::vector<std::optional<unsigned>> numbers;
  for (const auto& set : sets) {
    std::vector<Iss*> members;
    for (const NodeId id : set) members.push_back(&node(id));
    numbers.push_back(set.empty() ? std::nullopt : std::optional(static_cast<unsigned>(groups_.size())));
    groups_.push_back(std::move(members));
  }
  return numbers;
}

bool Machine::moves(unsigned out_of) { return schedule_ == 0 || random_() % out_of == 0; }

void Machine::flip(NodeId id, std::uint64_t address, const WordFlip& flip, std::uint64_t time) {
  if (address % sizeof flip.data != 0) throw std::invalid_argument("a flip needs the address of a word");
  if (address >= node(id).memory().size()) throw std::out_of_range("there is no such word in the node's SRAM");
  flips_.insert({time, {id, address, flip}});
}

void Machine::do_flips() {
  while (!flips_.empty() && flips_.begin()->first <= time_) {
    const Flip& flip = flips_.begin()->second;
    node(flip.node).memory().flip(flip.address, {flip.bits.data, flip.bits.check});
    flips_.erase(flips_.begin());
  }
}

RunStatus Machine::run(std::uint64_t max_cycles, const std::function<void(std::uint64_t)>& progress) {
  RunStatus status = advance(max_cycles, progress);
  for (unsigned i = 0; i < nodes_.size(); ++i) {
    const WordErrors& errors = nodes_[i].memory().errors();
    const std::string who = "Node " + place(nodes_[i]);
    if (errors.lost() != 0) {
      status.errors.push_back(
          fmt::format("{} met a word of SRAM with an error that cannot be corrected: the first at {}.", who,
                      describe(errors.lost_at(), nodes_[i].config().sram_banks)));
    }
    if (errors.fixed() != 0)
      status.repairs.push_back(fmt::format("{} put {} words of SRAM right.", who, errors.fixed()));
  }
  if (status.end == RunStatus::End::Idle && !status.errors.empty()) status.end = RunStatus::End::Fault;
  return status;
}

RunStatus Machine::advance(std::uint64_t max_cycles, const std::function<void(std::uint64_t)>& progress) {
  constexpr std::uint64_t kProgressPeriod = 4096;
  RunStatus status;
  const auto ended = [&](RunStatus::End end) {
    status.end = errors_.empty() ? end : RunStatus::End::Fault;
    status.threads = busy_threads();
    status.errors = errors_;
    return status;
  };
  for (const Start& s : starts_) node(s.node).start(s.thread, s.pc);
  starts_.clear();
  while (status.cycles < max_cycles) {
    do_flips();
    const Round result = round();
    if (!result.progress && !result.fault) {
      return ended(busy_threads().empty() ? RunStatus::End::Idle : RunStatus::End::Hang);
    }
    ++status.cycles;
    ++time_;
    if (result.fault) return ended(RunStatus::End::Fault);
    if (progress && status.cycles % kProgressPeriod == 0) progress(status.cycles);
  }
  return ended(RunStatus::End::CycleLimit);
}

/// `progress` is also reported for what could have moved but was not chosen.
Machine::Round Machine::round() {
  constexpr unsigned kThreadOdds = 2, kTransferOdds = 8;
  Round result;
  const std::size_t known = errors_.size();
  for (unsigned i = 0; i < nodes_.size(); ++i) {
    Iss& node = nodes_[i];
    node.set_time(time_);
    for (unsigned thread = 0; thread < node.config().threads; ++thread) {
      result.fault |= node.thread(thread).run == ThreadState::Run::Faulted;
      if (!node.can_step(thread)) continue;
      result.progress = true;
      if (!moves(kThreadOdds)) continue;
      const auto retirement = node.step(thread);
      if (!retirement) continue;
      ++retired_;
      if (observer_) observer_({i / cols_, i % cols_}, *retirement);
      result.fault |= node.thread(thread).run == ThreadState::Run::Faulted;
    }
    if (node.transfers().empty()) continue;
    result.progress = true;
    if (moves(kTransferOdds)) run_descriptor(i);
  }
  result.fault |= errors_.size() != known;
  return result;
}

void Machine::run_descriptor(unsigned index) {
  constexpr std::uint64_t kDescriptorBytes = 64;
  Iss& node = nodes_[index];
  const TransferList list = node.transfers().front();
  const std::uint64_t place = list.offset + kDescriptorBytes * next_descriptor_[index];
  std::array<std::uint64_t, 8> words{};
  constexpr unsigned kReadPort = 3;
  const bool lost = node.memory().about_to_read(place, kDescriptorBytes, kReadPort).has_value();
  for (unsigned i = 0; i < words.size(); ++i) words[i] = node.memory().load(place + 8 * i, 8);
  if (lost || !execute(index, noc::Descriptor::unpack(words))) node.transfer_fault(list.thread, place);
  if (++next_descriptor_[index] < list.count) return;
  next_descriptor_[index] = 0;
  node.transfers().pop_front();
}

/// The nodes that an address of node `index` means: one, or the members of a group with this node, which comes last, as
/// it may read what it overwrites. None when the mesh has no such node or group.
std::vector<Iss*> Machine::resolve(unsigned index, const SramAddress& address) {
  if (!address.node) return {&nodes_[index]};
  const auto& [die, y, x] = *address.node;
  if (die != 0) return {};
  if (!address.group) return y < rows_ && x < cols_ ? std::vector<Iss*>{&node({y, x})} : std::vector<Iss*>{};
  const unsigned group = 32 * y + x;
  if (group >= groups_.size()) return {};
  std::vector<Iss*> members = groups_[group];
  const auto self = std::ranges::find(members, &nodes_[index]);
  if (self == members.end()) return {};
  std::iter_swap(self, members.end() - 1);
  return members;
}

/// Runs a descriptor of node `index`; false when it is the fault of its thread: dropped, or a put that was not
/// complete.
bool Machine::execute(unsigned index, const noc::Descriptor& d) {
  if (!well_formed(d)) return false;
  const auto dst = parse_address(d.dst);
  const bool zero = d.kind == noc::Kind::Zero;
  const auto src = zero ? SramAddress{std::nullopt, 0} : parse_address(d.src);
  if (!dst || !src) return false;
  if (src->group || (d.kind == noc::Kind::Get && dst->group)) return false;
  const std::vector<Iss*> targets = resolve(index, *dst);
  const std::vector<Iss*> sources = resolve(index, *src);
  if (targets.empty() || sources.empty()) return false;
  Iss& source = *sources[0];
  // A put reads and a get writes at home, by a local address or by the global one of this node.
  if (d.kind == noc::Kind::Put && &source != &nodes_[index]) return false;
  if (d.kind == noc::Kind::Get && targets[0] != &nodes_[index]) return false;
  if (!target_inside(targets[0]->memory(), dst->address, d)) return false;
  if (!zero && !source_inside(source.memory(), src->address, d)) return false;
  bool complete = true;
  for (Iss* target : targets) {
    complete &= copy_rows(d, zero ? nullptr : &source.memory(), src->address, target->memory(), dst->address);
    if (d.post) target->post(d.sem, 1);
  }
  if (complete || d.kind == noc::Kind::Put) return complete;
  // The node of the data found out, and knows only who asked.
  errors_.push_back(
      fmt::format("Node {} could not carry out all of a get of node {}.", place(source), place(*targets[0])));
  return true;
}

std::vector<ThreadStatus> Machine::busy_threads() const {
  std::vector<ThreadStatus> result;
  for (unsigned i = 0; i < nodes_.size(); ++i) {
    for (unsigned thread = 0; thread < nodes_[i].config().threads; ++thread) {
      const ThreadState& t = nodes_[i].thread(thread);
      if (t.run == ThreadState::Run::Parked) continue;
      ThreadStatus status{.node = {i / cols_, i % cols_}, .thread = thread, .pc = t.pc, .value = t.value};
      switch (t.run) {
        case ThreadState::Run::WaitSemaphore:
          status.state = ThreadStatus::State::WaitSemaphore;
          status.held = nodes_[i].semaphore(status.semaphore().semaphore);
          break;
        case ThreadState::Run::WaitBarrier: status.state = ThreadStatus::State::WaitBarrier; break;
        case ThreadState::Run::Faulted:
          status.state = ThreadStatus::State::Faulted;
          status.cause = static_cast<unsigned>(t.cause);
          break;
        default: status.state = ThreadStatus::State::Running; break;
      }
      result.push_back(status);
    }
  }
  return result;
}

}  // namespace tatami::golden
