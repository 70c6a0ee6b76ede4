// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Requests and responses of the node SRAM. Every port moves up to eight 8-byte words per request; each word has an
/// address of its own, so that a request is a 64 B window at any 8 B alignment, or a gather of words.
package sram_pkg;
  localparam int unsigned WordBytes = 8;
  localparam int unsigned WordWidth = 64;
  localparam int unsigned Words = 8;  // words per request
  localparam int unsigned ByteAddrW = 21;  // byte address in a node
  localparam int unsigned WordAddrW = ByteAddrW - 3;

  typedef logic [WordAddrW-1:0] word_addr_t;

  /// `en[i]` asks for the word at `addr[i]`. Addresses must lie inside the SRAM (the requester checks).
  typedef struct packed {
    logic [Words-1:0] en;
    word_addr_t [Words-1:0] addr;
  } read_req_t;

  /// `data[i]` answers `addr[i]`; words that were not asked for read as zero.
  typedef struct packed {
    word_addr_t lost;                 // the lowest-numbered word with a double-bit error, if there is one
    logic [Words-1:0][WordWidth-1:0] data;
    logic [Words-1:0] corrected;      // a single-bit error was corrected
    logic [Words-1:0] uncorrectable;  // a double-bit error was seen
  } read_rsp_t;

  /// `strb[i][b]` writes byte b of word i. A word that is written in part is read, merged and written back in one step.
  /// With `flip` nothing is written: stored bits are inverted, of word i the data bits `data[i]` and the check bits
  /// `strb[i]`, to inject errors.
  typedef struct packed {
    logic flip;
    logic [Words-1:0] en;
    word_addr_t [Words-1:0] addr;
    logic [Words-1:0][WordWidth-1:0] data;
    logic [Words-1:0][WordBytes-1:0] strb;
  } write_req_t;

  localparam int unsigned CountW = 32;

  /// Where a wrong word lies, as CSRs show it.
  typedef struct packed {
    logic [20:0] zero_high;
    logic [2:0] port;     // who met it: 0, 1 loads, 2 fetch, 3 mesh, 4 core store, 5 mesh write, 6 scrubber
    logic [4:0] zero_mid;
    logic [2:0] column;
    logic [7:0] bank;
    logic [2:0] zero_low;
    logic [ByteAddrW-1:0] addr;
  } place_t;

  /// What is known of wrong bits, and how often the scrubber looks.
  typedef struct packed {
    logic [CountW-1:0] scrub;  // cycles from one line to the next; 0: off
    logic [CountW-1:0] fixed;  // words put right in the memory
    place_t fixed_at;          // the last of them
    logic [CountW-1:0] lost;   // accesses to words that cannot be put right
    place_t lost_at;           // the first of them since `lost` was zero
  } errors_t;

  /// Writes those of the registers whose bit is set.
  typedef struct packed {
    logic scrub;
    logic fixed;
    logic lost;
    logic [CountW-1:0] data;
  } errors_write_t;
endpackage
