// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "sim/engine/link.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::traffic {

/// The router's edge: where the model keeps its inputs and outputs. Bits of credits: 2 * direction + class; of the
/// node's side: class. Packets are only looked at when their valid bit is set.
struct RouterPins {
  std::uint8_t* valid_in = nullptr;
  std::uint8_t* credit_in = nullptr;
  std::array<std::uint32_t*, kDirections> packet_in{};
  const std::uint8_t* valid_out = nullptr;
  const std::uint8_t* credit_out = nullptr;
  std::array<const std::uint32_t*, kDirections> packet_out{};
  std::uint8_t* inject_valid = nullptr;
  const std::uint8_t* inject_ready = nullptr;  ///< from fill levels only
  std::array<std::uint32_t*, engine::kClasses> inject_packet{};
  const std::uint8_t* eject_valid = nullptr;
  std::uint8_t* eject_ready = nullptr;
  std::array<const std::uint32_t*, engine::kClasses> eject_packet{};
  const std::uint8_t* lost = nullptr;
};

/// One Verilated router.
class RouterModel {
 public:
  virtual ~RouterModel() = default;
  virtual const RouterPins& pins() const = 0;
  virtual void set_id(NodeId id) = 0;
  virtual void set_reset(bool active) = 0;
  /// Writes the routing table, and the routes in general, through the back door.
  virtual void set_route(NodeId destination, const noc::RouteEntry& entry) = 0;
  virtual void set_exit(const noc::RouteExit& exit) = 0;
  /// Writes an entry of the group table in the same way.
  virtual void set_group(unsigned group, const noc::GroupEntry& entry) = 0;
  /// One clock cycle. Outputs are valid after it; inputs are read by the next one.
  virtual void cycle() = 0;
};

/// What a router library was made for.
struct RouterInfo {
  unsigned buffer_depth = 0;
  unsigned die_rows = 0;
  unsigned die_cols = 0;
  unsigned groups = 0;
};

/// The one object that a router library gives out.
class RouterFactory {
 public:
  virtual ~RouterFactory() = default;
  virtual RouterInfo info() const = 0;
  /// A router whose registers hold random values made of `seed`.
  virtual std::unique_ptr<RouterModel> create(const std::string& name, std::uint64_t seed) = 0;
  /// Failed assertions of the RTL in all routers.
  virtual std::uint64_t assertion_failures() const = 0;
};

/// The C function in a router library that returns its factory, which lives as long as the library. Make defines its
/// name, TATAMI_ROUTER_FACTORY, from the text of the headers that both sides include.
using RouterFactoryFunction = RouterFactory* (*)();

}  // namespace tatami::traffic
