// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>

#include "Vrouter_mesh_tb.h"
#include "verif/golden/noc/mesh.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/packet_words.hpp"
#include "verif/lib/sim.hpp"

namespace tatami::test {

/// Nine routers with a sender and a receiver per node and class, and the host at its link. Every message that comes out
/// is checked against the message-level model at once.
class MeshBench {
 public:
  static constexpr unsigned kRows = 3;
  static constexpr unsigned kCols = 3;
  static constexpr unsigned kNodes = kRows * kCols;
  static constexpr unsigned kHost = kNodes;  ///< index of the host among the end points
  static constexpr unsigned kHostSlots = 4;  ///< NocBufferDepth of the `small` configuration

  /// How often things stall: 0 never, 1 always.
  struct Stalls {
    double inject = 0;
    std::array<double, 2> eject{0, 0};  ///< per class
    double credit = 0;                  ///< a credit that waits goes on waiting
  };

  explicit MeshBench(std::uint64_t seed) : sim_(seed), random_(seed) { sim_->group_write_i = 0; }

  Stalls stalls;
  std::array<std::array<std::uint64_t, 2>, kNodes + 1> received{};  ///< packets per end point and class
  std::array<std::uint64_t, kNodes + 1> received_from{};
  std::uint64_t last_latency = 0;  ///< of the packet that came out last: handshake at inject to eject valid
  std::array<std::uint64_t, kNodes> latency{};  ///< the same by node
  const golden::Mesh& mesh() const { return mesh_; }
  std::mt19937_64& random() { return random_; }

  static golden::Place place(unsigned endpoint) {
    if (endpoint == kHost) return {noc::kHostDie, 0, 0};
    return {0, endpoint / kCols, endpoint % kCols};
  }

  /// Queues a message with random payload for injection.
  void post(unsigned from, unsigned to, noc::Class cls) { post(from, place(to), false, cls); }

  /// The same for a cast to a group.
  void post_cast(unsigned from, unsigned group, noc::Class cls) { post(from, {0, group / 32, group % 32}, true, cls); }

  /// Defines a group: who is in it, and how routers reach them.
  void define_group(unsigned group, const std::vector<unsigned>& members) {
    std::vector<golden::Place> places;
    for (const unsigned n : members) places.push_back(place(n));
    mesh_.define_group(group, places);
    auto& top = sim_.top();
    for (unsigned n = 0; n < kNodes; ++n) {
      const auto set = [&](const golden::Place& at, noc::Port in) {
        unsigned ports = 0;
        if (mesh_.contains(at)) {
          for (const noc::Port port : mesh_.cast_ports(at, in, group)) ports |= 1U << static_cast<unsigned>(port);
        }
        return static_cast<std::uint8_t>(ports);
      };
      const auto [die, y, x] = place(n);
      const noc::GroupEntry entry{set({die, y, x}, noc::Port::Local), set({die, y - 1, x}, noc::Port::North),
                                  set({die, y, x + 1}, noc::Port::East), set({die, y + 1, x}, noc::Port::South),
                                  set({die, y, x - 1}, noc::Port::West)};
      top.group_write_i = 1U << n;
      top.group_index_i = group;
      top.group_data_i = entry.pack();
      cycle();
    }
    top.group_write_i = 0;
  }

  void post(unsigned from, const golden::Place& destination, bool cast, noc::Class cls) {
    golden::Message message;
    message.header.cast = cast;
    message.header.cls = cls;
    message.header.ports = static_cast<std::uint8_t>(random_() % 32);  // filled in by the router
    message.header.op = noc::Op::Put;
    message.header.len = 64;
    message.header.addr = serial_++;
    const golden::Place source = place(from);
    message.header.src_die = source.die;
    message.header.src_y = static_cast<std::uint8_t>(source.y);
    message.header.src_x = static_cast<std::uint8_t>(source.x);
    message.header.dst_die = destination.die;
    message.header.dst_y = static_cast<std::uint8_t>(destination.y);
    message.header.dst_x = static_cast<std::uint8_t>(destination.x);
    for (auto& word : message.payload) word = static_cast<std::uint32_t>(random_());
    senders_[from][static_cast<unsigned>(cls)].waiting.push_back(message);
  }

  std::size_t waiting(unsigned from, noc::Class cls) const {
    return senders_[from][static_cast<unsigned>(cls)].waiting.size();
  }
  std::size_t in_flight() const { return mesh_.in_flight(); }
  bool busy() { return sim_.top().busy_o != 0; }

  /// One clock cycle.
  void cycle() {
    auto& top = sim_.top();
    drive();
    sim_.settle();
    for (unsigned n = 0; n < kNodes; ++n) {
      for (unsigned c = 0; c < 2; ++c) {
        const unsigned bit = 2 * n + c;
        if ((top.inject_valid_i & top.inject_ready_o) >> bit & 1) sent(senders_[n][c]);
        if (top.eject_valid_o >> bit & 1 && !seen_[bit]) {
          seen_[bit] = true;
          last_latency = now_ - sent_at_;
          latency[n] = last_latency;
        }
        if ((top.eject_valid_o & top.eject_ready_i) >> bit & 1) {
          seen_[bit] = false;
          take(n, load_packet(top.eject_packet_o[bit]));
        }
      }
    }
    if (top.host_valid_o) {
      last_latency = now_ - sent_at_;
      const golden::Message message = load_packet(top.host_packet_o);
      ++host_held_[static_cast<unsigned>(message.header.cls)];
      take(kHost, message);
    }
    sim_.cycle();
    ++now_;
  }

  /// Runs until every message has arrived; fails after `limit` cycles.
  void drain(std::uint64_t limit) {
    const auto unsent = [&] {
      for (const auto& node : senders_) {
        for (const auto& sender : node) {
          if (!sender.waiting.empty()) return true;
        }
      }
      return false;
    };
    for (std::uint64_t i = 0; i < limit && (unsent() || in_flight() != 0); ++i) cycle();
    REQUIRE_FALSE(unsent());
    REQUIRE(in_flight() == 0);
  }

 private:
  struct Sender {
    std::deque<golden::Message> waiting;
    bool offered = false;  // valid is up and must stay up
  };

  bool chance(double probability) { return std::uniform_real_distribution<>(0, 1)(random_) < probability; }

  void drive() {
    auto& top = sim_.top();
    top.inject_valid_i = 0;
    top.eject_ready_i = 0;
    for (unsigned n = 0; n < kNodes; ++n) {
      for (unsigned c = 0; c < 2; ++c) {
        const unsigned bit = 2 * n + c;
        Sender& sender = senders_[n][c];
        if (!sender.waiting.empty() && (sender.offered || !chance(stalls.inject))) {
          sender.offered = true;
          top.inject_valid_i |= 1U << bit;
          store_packet(sender.waiting.front(), top.inject_packet_i[bit]);
        }
        if (!chance(stalls.eject[c])) top.eject_ready_i |= 1U << bit;
      }
    }
    for (unsigned w = 0; w < 3; ++w) {
      std::uint32_t hold = 0;
      for (unsigned b = 0; b < 32; ++b) hold |= static_cast<std::uint32_t>(chance(stalls.credit)) << b;
      top.credit_hold_i[w] = w == 2 ? hold & 0xFF : hold;
    }
    drive_host();
  }

  void drive_host() {
    auto& top = sim_.top();
    top.host_valid_i = 0;
    top.host_credit_i = 0;
    for (unsigned i = 0; i < 2 && !top.host_valid_i; ++i) {
      const unsigned c = (now_ + i) % 2;
      Sender& sender = senders_[kHost][c];
      if (sender.waiting.empty() || host_credits_[c] == 0 || chance(stalls.inject)) continue;
      --host_credits_[c];
      top.host_valid_i = 1;
      store_packet(sender.waiting.front(), top.host_packet_i);
      sent(sender);
    }
    // All signals of a link are registers, so what a credit allows comes a cycle later.
    for (unsigned c = 0; c < 2; ++c) host_credits_[c] += top.host_credit_o >> c & 1;
    for (unsigned c = 0; c < 2; ++c) {
      REQUIRE(host_held_[c] <= kHostSlots);
      if (host_held_[c] > 0 && !chance(stalls.eject[c])) {
        --host_held_[c];
        top.host_credit_i |= 1U << c;
      }
    }
  }

  void sent(Sender& sender) {
    mesh_.send(sender.waiting.front());
    sender.waiting.pop_front();
    sender.offered = false;
    sent_at_ = now_;
  }

  void take(unsigned endpoint, const golden::Message& message) {
    const auto wrong = mesh_.receive(place(endpoint), message);
    INFO("cycle " << now_ << ": " << wrong.value_or(""));
    REQUIRE_FALSE(wrong.has_value());
    ++received[endpoint][static_cast<unsigned>(message.header.cls)];
    const golden::Place source = message.source();
    ++received_from[source.die == 0 ? source.y * kCols + source.x : kHost];
  }

  Sim<Vrouter_mesh_tb> sim_;
  golden::Mesh mesh_{kRows, kCols};
  std::mt19937_64 random_;
  std::array<std::array<Sender, 2>, kNodes + 1> senders_;
  std::array<bool, 2 * kNodes> seen_{};
  std::array<unsigned, 2> host_credits_{kHostSlots, kHostSlots};
  std::array<unsigned, 2> host_held_{};
  std::uint64_t now_ = 0;
  std::uint64_t sent_at_ = 0;
  std::uint32_t serial_ = 0;
};

}  // namespace tatami::test
