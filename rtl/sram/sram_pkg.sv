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
    logic [Words-1:0][WordWidth-1:0] data;
    logic [Words-1:0] corrected;      // a single-bit error was corrected
    logic [Words-1:0] uncorrectable;  // a double-bit error was seen
  } read_rsp_t;

  /// `strb[i][b]` writes byte b of word i. A word that is written in part is read, merged and written back in one step.
  typedef struct packed {
    logic [Words-1:0] en;
    word_addr_t [Words-1:0] addr;
    logic [Words-1:0][WordWidth-1:0] data;
    logic [Words-1:0][WordBytes-1:0] strb;
  } write_req_t;
endpackage
