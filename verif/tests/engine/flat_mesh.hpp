// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/engine/host_port.hpp"
#include "sim/engine/sram_backdoor.hpp"
#include "verif/lib/sim.hpp"
#include "verif/lib/stream.hpp"

namespace tatami::test {

/// A mesh that is Verilated as one model, with a host at its west link; `Top` is a mesh_*_tb.
template <class Top>
class FlatMesh {
 public:
  FlatMesh(unsigned rows, unsigned cols, bool sleep, const std::string& top_name)
      : cols_(cols), top_name_(top_name), evaluated_(rows * cols), host_(0, 4) {
    sim_.add(counter_);
    sim_->sleep_en_i = sleep;
    sim_->time_i = 0;
    drive_host();
    sim_.reset();
    evaluated_.assign(rows * cols, 0);
  }

  /// One cycle, as engine::Mesh::step does it.
  void step() {
    sim_->time_i = sim_.time();
    drive_host();
    host_.cycle(sim_->link_valid_o[0] >> kWest & 1, &sim_->link_packet_o[kWest][0], sim_->credit_o[0] >> 2 * kWest & 3);
    sim_.cycle();
  }

  Top& top() { return sim_.top(); }
  engine::HostPort& host() { return host_; }
  bool quiet() { return sim_->busy_o == 0 && host_.idle(); }
  /// Cycles in which a clock of the node ran.
  std::uint64_t evaluated(unsigned node) const { return evaluated_[node]; }

  std::vector<std::uint8_t> memory(unsigned node, unsigned banks, unsigned rows) {
    const std::string name = "top." + top_name_ + ".u_flat.u_mesh.gen_row[" + std::to_string(node / cols_) +
                             "].gen_col[" + std::to_string(node % cols_) + "].u_node.u_sram";
    const engine::SramBackdoor sram(*sim_->contextp(), name, banks, rows);
    std::vector<std::uint8_t> bytes(sram.size());
    sram.read(0, bytes);
    return bytes;
  }

 private:
  static constexpr unsigned kWest = 3;

  void drive_host() {
    const auto& out = host_.output();
    sim_->host_valid_i = out.valid;
    sim_->host_credit_i = out.credit;
    for (unsigned w = 0; w < engine::kPacketWords; ++w) sim_->host_packet_i[w] = out.packet.words[w];
  }

  unsigned cols_;
  std::string top_name_;
  std::vector<std::uint64_t> evaluated_;
  Sim<Top> sim_;
  engine::HostPort host_;
  Monitor counter_{[this] {
    for (unsigned n = 0; n < evaluated_.size(); ++n) evaluated_[n] += sim_->on_o >> n & 1;
  }};
};

}  // namespace tatami::test
