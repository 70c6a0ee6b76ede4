// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
// The Verilated router behind RouterModel; compiled into each router library.
#include "sim/traffic/router_model.hpp"

#include <svdpi.h>
#include <verilated.h>

#include <stdexcept>

#include "Vrouter_top.h"
#include "sim/engine/route_backdoor.hpp"

namespace tatami::traffic {
namespace {

class VerilatedRouter final : public RouterModel {
 public:
  VerilatedRouter(VerilatedContext* context, const std::string& name)
      : context_(entered(context)), top_(context, name.c_str()) {
    pins_.valid_in = &top_.link_valid_i;
    pins_.credit_in = &top_.credit_i;
    pins_.valid_out = &top_.link_valid_o;
    pins_.credit_out = &top_.credit_o;
    for (unsigned d = 0; d < kDirections; ++d) {
      pins_.packet_in[d] = &top_.link_packet_i[d][0];
      pins_.packet_out[d] = &top_.link_packet_o[d][0];
    }
    pins_.inject_valid = &top_.inject_valid_i;
    pins_.inject_ready = &top_.inject_ready_o;
    pins_.eject_valid = &top_.eject_valid_o;
    pins_.eject_ready = &top_.eject_ready_i;
    for (unsigned c = 0; c < engine::kClasses; ++c) {
      pins_.inject_packet[c] = &top_.inject_packet_i[c][0];
      pins_.eject_packet[c] = &top_.eject_packet_o[c][0];
    }
    pins_.lost = &top_.lost_o;
    top_.link_valid_i = 0;
    top_.credit_i = 0;
    top_.inject_valid_i = 0;
    top_.eject_ready_i = 0;
    top_.rst_ni = 0;
    cycle_now();
    routes_.emplace(*context_, name + ".router_top.u_router");
  }
  ~VerilatedRouter() override {
    entered(context_);
    top_.final();
  }

  const RouterPins& pins() const override { return pins_; }
  void set_id(NodeId id) override {
    top_.y_i = static_cast<CData>(id.y);
    top_.x_i = static_cast<CData>(id.x);
  }
  void set_reset(bool active) override {
    context_->assertOn(!active);
    top_.rst_ni = !active;
  }
  void set_route(NodeId destination, const noc::RouteEntry& entry) override { routes_->write(destination, entry); }
  void set_exit(const noc::RouteExit& exit) override { routes_->write(exit); }
  void set_group(unsigned group, const noc::GroupEntry& entry) override { routes_->write(group, entry); }
  void cycle() override { cycle_now(); }

  RouterInfo info() const { return {top_.noc_buffer_depth_o, top_.die_rows_o, top_.die_cols_o, top_.noc_groups_o}; }

 private:
  static VerilatedContext* entered(VerilatedContext* context) {
    Verilated::threadContextp(context);
    return context;
  }

  void cycle_now() {
    entered(context_);
    top_.clk_i = 0;
    top_.eval();
    top_.clk_i = 1;
    top_.eval();
  }

  VerilatedContext* context_;
  Vrouter_top top_;
  RouterPins pins_;
  std::optional<engine::RouteBackdoor> routes_;
};

class VerilatedRouters final : public RouterFactory {
 public:
  VerilatedRouters() {
    context_.errorLimit(1 << 20);
    context_.randReset(2);
    context_.assertOn(false);
    info_ = VerilatedRouter(&context_, "probe").info();
  }

  RouterInfo info() const override { return info_; }
  std::unique_ptr<RouterModel> create(const std::string& name, std::uint64_t seed) override {
    context_.randSeed(static_cast<int>(seed % 0x7fffffff) + 1);
    return std::make_unique<VerilatedRouter>(&context_, name);
  }
  std::uint64_t assertion_failures() const override { return static_cast<std::uint64_t>(context_.errorCount()); }

 private:
  VerilatedContext context_;
  RouterInfo info_;
};

}  // namespace
}  // namespace tatami::traffic

extern "C" tatami::traffic::RouterFactory* TATAMI_ROUTER_FACTORY() {
  static tatami::traffic::VerilatedRouters factory;
  return &factory;
}
