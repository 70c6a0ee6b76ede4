// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <svdpi.h>
#include <verilated.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "verif/golden/sram/address_map.hpp"

// Exported by each instance of rtl/sram/sram_macro.sv; they act on the instance whose scope is set.
extern "C" {
void sram_backdoor_write(int row, long long data);
long long sram_backdoor_read(int row);
void sram_backdoor_flip(int row, long long data, char check);
int sram_backdoor_errors(int row);
}

namespace tatami::engine {

/// Reads and writes the SRAM of a Verilated model at once, past its ports. The model must not have SRAM accesses in
/// flight. Writes store valid check bits; reads correct single-bit errors. Works for any number of models and contexts.
class SramBackdoor {
 public:
  /// `sram` is the hierarchical name of the `sram` instance, for example "TOP.node_top.u_node.u_sram" (model name
  /// first). Throws std::runtime_error when there is no such SRAM.
  SramBackdoor(VerilatedContext& context, const std::string& sram, unsigned banks, unsigned rows)
      : banks_(banks), rows_(rows) {
    Verilated::threadContextp(&context);  // where svGetScopeFromName looks
    for (unsigned column = 0; column < kColumns; ++column) {
      for (unsigned bank = 0; bank < banks; ++bank) {
        const std::string name = sram + ".gen_column[" + std::to_string(column) + "].u_column.gen_bank[" +
                                 std::to_string(bank) + "].u_macro";
        scopes_.push_back(svGetScopeFromName(name.c_str()));
        if (scopes_.back() == nullptr) throw std::runtime_error("no SRAM macro named " + name);
      }
    }
  }

  std::uint64_t size() const { return std::uint64_t{64} * banks_ * rows_; }

  /// The word at a byte address that is a multiple of 8.
  std::uint64_t read_word(std::uint64_t address) const {
    return static_cast<std::uint64_t>(sram_backdoor_read(select(address)));
  }

  void write_word(std::uint64_t address, std::uint64_t data) {
    sram_backdoor_write(select(address), static_cast<long long>(data));
  }

  /// Inverts stored bits, for tests of error correction.
  void flip_bits(std::uint64_t address, std::uint64_t data, std::uint8_t check) {
    sram_backdoor_flip(select(address), static_cast<long long>(data), static_cast<char>(check));
  }

  /// Wrong bits of the stored word, as its check bits tell: 0, 1, or 2 for more.
  unsigned errors(std::uint64_t address) const { return static_cast<unsigned>(sram_backdoor_errors(select(address))); }

  /// Any address and length; throws std::out_of_range beyond the SRAM.
  void read(std::uint64_t address, std::span<std::uint8_t> bytes) const {
    check_range(address, bytes.size());
    for (std::size_t done = 0; done < bytes.size();) {
      const std::uint64_t at = address + done;
      const std::size_t count = std::min<std::size_t>(8 - at % 8, bytes.size() - done);
      const std::uint64_t word = read_word(at / 8 * 8) >> 8 * (at % 8);
      std::memcpy(bytes.data() + done, &word, count);
      done += count;
    }
  }

  void write(std::uint64_t address, std::span<const std::uint8_t> bytes) {
    check_range(address, bytes.size());
    for (std::size_t done = 0; done < bytes.size();) {
      const std::uint64_t at = address + done;
      const std::uint64_t aligned = at / 8 * 8;
      const std::size_t count = std::min<std::size_t>(8 - at % 8, bytes.size() - done);
      std::uint64_t word = count == 8 ? 0 : read_word(aligned);
      std::memcpy(reinterpret_cast<std::uint8_t*>(&word) + at % 8, bytes.data() + done, count);
      write_word(aligned, word);
      done += count;
    }
  }

 private:
  static constexpr unsigned kColumns = 8;

  void check_range(std::uint64_t address, std::uint64_t count) const {
    if (address > size() || count > size() - address) {
      throw std::out_of_range("SRAM access of " + std::to_string(count) + " B at " + std::to_string(address) +
                              " is beyond its " + std::to_string(size()) + " B");
    }
  }

  /// Sets the scope of the macro and returns the row.
  int select(std::uint64_t address) const {
    const golden::SramPlace place = golden::sram_place(address, banks_);
    svSetScope(scopes_[place.column * banks_ + place.bank]);
    return static_cast<int>(place.row);
  }

  unsigned banks_;
  unsigned rows_;
  std::vector<svScope> scopes_;
};

}  // namespace tatami::engine
