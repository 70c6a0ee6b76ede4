// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "noc.hpp"
#include "verif/golden/noc/mesh.hpp"

namespace tatami::golden {

/// A fault as the engine reports it.
struct TransferFault {
  unsigned thread = 0;
  std::uint32_t address = 0;  ///< of the descriptor
  friend auto operator<=>(const TransferFault&, const TransferFault&) = default;
};

/// What running descriptors sends and reports. The order of faults against packets is open.
struct TransferResult {
  std::vector<Message> packets;
  std::vector<TransferFault> faults;  ///< of own lists
  std::vector<Place> get_faults;      ///< of gets of other nodes: who was to receive the data
};

/// The transfer engine of one node as a function of its SRAM: the packets of descriptor lists and of other nodes' gets.
class TransferEngine {
 public:
  using Words = std::array<std::uint64_t, 8>;

  /// `sram` is read when a list or get runs. The header's `port` is left zero.
  TransferEngine(Place node, std::span<const std::uint64_t> sram, unsigned semaphores)
      : node_(node), sram_(sram), semaphores_(semaphores) {}

  /// Words (by index) that read with an uncorrectable error.
  void set_unreadable(std::set<std::uint64_t> words) { unreadable_ = std::move(words); }

  /// Runs `count` descriptors from byte address `address` on.
  TransferResult run_list(unsigned thread, std::uint32_t address, unsigned count) const;

  /// Answers a get of some node.
  TransferResult run_get(const Words& descriptor) const;

 private:
  struct Target {
    Place node;
    std::uint64_t offset;
    bool group = false;  ///< `node` holds a group's number
  };

  /// The part of a box that is not padding.
  struct Inner {
    std::int64_t rows;
    std::int64_t bytes;
    bool none() const { return rows <= 0 || bytes <= 0; }
  };
  /// Whom to blame: a list's thread and descriptor, or nobody here.
  using Origin = std::optional<TransferFault>;

  static Inner inner(const noc::Descriptor& d);
  std::uint64_t bytes() const { return 8 * sram_.size(); }
  std::uint64_t bytes_of(const Target& target) const;
  bool unreadable(std::uint64_t offset, std::uint64_t count) const;
  std::optional<Target> parse(std::uint64_t address) const;
  bool rows_fit(const Target& target, std::int64_t pitch, std::int64_t rows, std::int64_t row_bytes) const;
  bool source_legal(const noc::Descriptor& d, const Target& src) const;
  std::optional<std::uint64_t> source_row(const noc::Descriptor& d, std::int64_t row) const;
  bool fill(const noc::Descriptor& d, std::int64_t row, std::uint32_t at, std::uint32_t count, Message& message) const;
  bool legal(const noc::Descriptor& d, bool remote) const;
  Message message(noc::Class cls, noc::Op op, const Target& target) const;
  void run(const Words& words, const Origin& origin, TransferResult& result) const;
  void send_rows(const noc::Descriptor& d, const Origin& origin, TransferResult& result) const;
  void blame(const Origin& origin, const noc::Descriptor& d, TransferResult& result) const;

  Place node_;
  std::span<const std::uint64_t> sram_;
  unsigned semaphores_;
  std::set<std::uint64_t> unreadable_;
};

}  // namespace tatami::golden
