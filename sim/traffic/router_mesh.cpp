// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/traffic/router_mesh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "sim/routing/route_entry.hpp"

namespace tatami::traffic {
namespace {

constexpr unsigned kResetCycles = 4;

}  // namespace

RouterMesh::RouterMesh(RouterFactory& factory, const routing::Grid& grid, const routing::Tables& tables,
                       std::uint64_t seed)
    : factory_(factory), grid_(grid), routers_(grid.size()) {
  const RouterInfo info = factory.info();
  if (grid.rows() > info.die_rows || grid.cols() > info.die_cols) {
    throw std::invalid_argument(
        fmt::format("a grid of {}x{} is larger than the die of {}x{} that the routing tables know", grid.rows(),
                    grid.cols(), info.die_rows, info.die_cols));
  }
  for (unsigned n = 0; n < grid.size(); ++n) {
    if (!grid.live(n)) continue;
    Router& router = routers_[n];
    router.model = factory.create(fmt::format("router_{}", n), seed + n);
    router.pins = router.model->pins();
    router.model->set_id(grid.id(n));
    router.model->set_reset(true);
    for (unsigned i = 0; i < kResetCycles; ++i) router.model->cycle();
    router.model->set_reset(false);
    routing::load_routes(*router.model, grid, tables, n, info.die_rows, info.die_cols);
    *router.pins.eject_ready = (1U << engine::kClasses) - 1;
  }
}

void RouterMesh::load_groups(const routing::GroupTables& groups) {
  for (unsigned n = 0; n < grid_.size(); ++n) {
    if (grid_.live(n)) routing::load_groups(*routers_[n].model, grid_, groups, n);
  }
}

std::uint32_t* RouterMesh::inject(unsigned node, noc::Class cls) {
  const RouterPins& pins = routers_[node].pins;
  const unsigned c = static_cast<unsigned>(cls);
  if ((*pins.inject_ready >> c & 1) == 0) return nullptr;
  *pins.inject_valid |= static_cast<std::uint8_t>(1U << c);
  return pins.inject_packet[c];
}

void RouterMesh::step(const Receiver& receive) {
  for (unsigned n = 0; n < routers_.size(); ++n) {
    const RouterPins& pins = routers_[n].pins;
    if (!routers_[n].model || *pins.eject_valid == 0) continue;
    for (unsigned c = 0; c < engine::kClasses; ++c) {
      if (*pins.eject_valid >> c & 1) receive(n, static_cast<noc::Class>(c), pins.eject_packet[c]);
    }
  }
  for (Router& router : routers_) {
    if (router.model) router.model->cycle();
  }
  for (unsigned n = 0; n < routers_.size(); ++n) {
    if (!routers_[n].model) continue;
    const RouterPins& pins = routers_[n].pins;
    *pins.inject_valid = 0;
    unsigned valid = 0, credit = 0;
    for (unsigned d = 0; d < kDirections; ++d) {
      const auto from = grid_.neighbour(n, d);
      if (!from) continue;
      const RouterPins& other = routers_[*from].pins;
      const unsigned far = opposite(d);
      credit |= (*other.credit_out >> 2 * far & 3U) << 2 * d;
      if ((*other.valid_out >> far & 1) == 0) continue;
      valid |= 1U << d;
      std::memcpy(pins.packet_in[d], other.packet_out[far], sizeof(engine::Packet::words));
    }
    *pins.valid_in = static_cast<std::uint8_t>(valid);
    *pins.credit_in = static_cast<std::uint8_t>(credit);
  }
  ++time_;
}

bool RouterMesh::lost() const {
  return std::any_of(routers_.begin(), routers_.end(), [](const Router& r) { return r.model && *r.pins.lost != 0; });
}

}  // namespace tatami::traffic
