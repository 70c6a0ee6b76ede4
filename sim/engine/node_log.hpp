// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tatami::engine {

inline constexpr unsigned kLogWords = 8;  ///< words of an SRAM request
using LogWords = std::array<std::uint64_t, kLogWords>;

/// The flavour of the models that tell what happens in them, and of those that record waves, too.
inline constexpr const char* kLogFlavour = "check";
inline constexpr const char* kLogWaveFlavour = "checktrace";
/// Whether models of a flavour tell what happens in them.
constexpr bool has_log(std::string_view flavour) { return flavour == kLogFlavour || flavour == kLogWaveFlavour; }

/// Ports of the SRAM: loads of even and of odd threads, fetches, what transfers read; stores, what comes from the mesh.
inline constexpr unsigned kLoadPorts = 2, kFetchPort = 2, kStorePort = 4, kMeshPort = 5, kSramPorts = 6;

/// A request that a port of the SRAM accepted. Addresses are in words of 8 bytes.
struct SramRequest {
  unsigned port = 0;
  std::uint8_t en = 0;  ///< words that it asks for
  std::array<std::uint32_t, kLogWords> address{};
  LogWords data{};                               ///< of a write
  std::array<std::uint8_t, kLogWords> strobe{};  ///< of a write: bytes of each word
};

/// An instruction that retired, with the fields of rvfi_pkg::rvfi_t.
struct RetiredInstruction {
  unsigned thread = 0;
  std::uint64_t order = 0;
  std::uint32_t insn = 0;
  bool trap = false, intr = false, halt = false;
  unsigned rd_addr = 0;
  std::uint64_t rd_wdata = 0;
  std::uint64_t pc_rdata = 0, pc_wdata = 0;
  std::uint64_t mem_addr = 0;
  std::uint8_t mem_rmask = 0, mem_wmask = 0;
  std::uint64_t mem_rdata = 0, mem_wdata = 0;
  bool vd_valid = false;
  unsigned vd_addr = 0;
  std::array<std::uint32_t, 16> vd_wdata{};
};

/// Hears what happens in one node, cycle by cycle, from a model of flavour `check`. What happens in one cycle comes in
/// any order, but for one port grants before the request that follows; `end_of_cycle` ends it.
class NodeLog {
 public:
  virtual ~NodeLog() = default;
  virtual void request(const SramRequest& request) = 0;
  /// Words of the port's oldest request are read or written in this cycle; they are seen by nobody before.
  virtual void take(unsigned port, std::uint8_t words) = 0;
  /// The answer to the port's oldest request without one; `lost`: words with an error that cannot be corrected.
  virtual void response(unsigned port, const LogWords& data, std::uint8_t lost) = 0;
  /// The next request of the thread's load port, of the store port, is this thread's.
  virtual void load(unsigned thread) = 0;
  virtual void store(unsigned thread) = 0;
  /// The mesh starts a thread that is parked or faulted.
  virtual void start(unsigned thread, std::uint64_t pc) = 0;
  /// A late fault stops a thread.
  virtual void stop(unsigned thread) = 0;
  /// What a vector register holds before the first instruction.
  virtual void vector(unsigned thread, unsigned number, const std::array<std::uint32_t, 16>& value) = 0;
  /// The mesh posts to a semaphore.
  virtual void post(unsigned semaphore, unsigned count) = 0;
  virtual void retire(const RetiredInstruction& instruction) = 0;
  virtual void end_of_cycle() = 0;
  /// The host wrote SRAM through the back door.
  virtual void written(std::uint64_t address, std::span<const std::uint8_t> bytes) = 0;
};

}  // namespace tatami::engine
