// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/node_errors.hpp"

#include <fmt/format.h>
#include <array>

namespace tatami::engine {
namespace {

std::string name(NodeId node) { return fmt::format("(y {}, x {})", node.y, node.x); }

std::string name(const DieNode& at) {
  if (at.die == noc::kHostDie) return "the host";
  const std::string node = "node " + name(at.node);
  return at.die == 0 ? node : fmt::format("{} of die {}", node, at.die);
}

constexpr std::array kReaders = {"load port 0",     "load port 1", "instruction fetch", "the transfer engine",
                                 "a partial store", "the mesh",    "the scrubber"};

std::string name(const WordPlace& at) {
  return fmt::format("{:#x} (bank {}, column {})", at.address, at.bank, at.column);
}

std::string describe(const noc::Header& h) {
  switch (h.op) {
    case noc::Op::Put:
      return fmt::format("a put of {} bytes to {:#x}{}", h.len, h.addr,
                         h.post ? fmt::format(" with a post of semaphore {}", h.sem) : "");
    case noc::Op::Get: return h.cast ? "a get as a cast" : "a get in the response class";
    case noc::Op::Ctrl: return fmt::format("a write to control register {:#x}", h.addr);
    default: return fmt::format("operation {}", static_cast<unsigned>(h.op));
  }
}

}  // namespace

std::vector<std::string> sentences(NodeId self, const NodeErrors& errors) {
  std::vector<std::string> result;
  const auto add = [&](const std::string& what) { result.push_back(fmt::format("Node {} {}.", name(self), what)); };
  if (const auto& h = errors.malformed) {
    const DieNode source{h->src_die, {h->src_y, h->src_x}};
    add(fmt::format("dropped a malformed packet from {}: {}", name(source), describe(*h)));
  }
  if (const auto& o = errors.overflow)
    add(fmt::format("counted semaphore {} beyond 65535 with a post of {}", o->semaphore, name(o->source)));
  if (errors.uncorrectable) {
    const WordPlace& at = errors.memory.lost_at;
    // Software may have cleared the log.
    add("met a word of SRAM with an error that cannot be corrected" +
        (errors.memory.lost == 0 ? "" : fmt::format(": the first at {}, read by {}", name(at), kReaders.at(at.port))));
  }
  if (errors.get_fault) add(fmt::format("could not carry out all of a get of {}", name(*errors.get_fault)));
  if (const auto& lost = errors.lost) {
    const auto& [die, node] = lost->destination;
    add(lost->cast ? fmt::format("dropped a cast to group {}, of which it is no member", 32 * node.y + node.x)
                   : fmt::format("dropped a packet to {}, which is dead or absent: no route leads there",
                                 name(lost->destination)));
  }
  return result;
}

std::optional<std::string> repairs(NodeId self, const MemoryErrors& memory) {
  if (memory.fixed == 0) return std::nullopt;
  return fmt::format("Node {} put {} word{} of SRAM with a single-bit error right, the last at {}.", name(self),
                     memory.fixed, memory.fixed == 1 ? "" : "s", name(memory.fixed_at));
}

}  // namespace tatami::engine
