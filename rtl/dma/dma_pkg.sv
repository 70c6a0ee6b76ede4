// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Types shared by the parts of the transfer engine. Lengths and offsets count 8-byte words.
package dma_pkg;
  localparam int unsigned QueueDepth = 4;  // lists and gets that wait
  localparam int unsigned FetchDepth = 2;  // descriptors read ahead
  localparam int unsigned Slots = 8;  // packets of a context between issue and injection; covers the read latency
  localparam int unsigned IndexPieces = 2;  // pieces of a gather's table, 64 B each, read ahead
  localparam int unsigned OffsetW = 27;  // word offset in a node's region
  localparam int unsigned RowsW = 31;

  typedef logic [OffsetW-1:0] offset_t;

  /// Whom to blame: the thread that queued the list and the descriptor's address.
  typedef struct packed {
    logic [1:0] thread;
    logic [sram_pkg::ByteAddrW-1:0] addr;
  } origin_t;

  /// A descriptor to run; `broken` when it could not be read.
  typedef struct packed {
    logic broken;
    origin_t origin;
    noc_pkg::descriptor_t descriptor;
  } entry_t;

  /// A legal descriptor. A get is one packet to `node`, whose payload is `descriptor`.
  typedef struct packed {
    logic is_get;
    logic is_read;    // some of it comes from SRAM
    logic is_gather;  // from rows that a table names
    logic is_empty;   // only a post
    logic cast;       // to the group with the number that `node` holds
    noc_pkg::node_id_t node;
    offset_t dst;
    sram_pkg::word_addr_t src;    // of the first row that is read: of its word 0, were it not for the padding
    sram_pkg::word_addr_t index;  // the table
    sram_pkg::word_addr_t room;   // the largest offset in the table
    logic [RowsW-1:0] read_rows;  // that are not all padding
    origin_t origin;
    noc_pkg::descriptor_t descriptor;
  } job_t;

  /// Reads those of eight words from `addr` on whose bit is set.
  typedef struct packed {
    sram_pkg::word_addr_t addr;
    logic [sram_pkg::Words-1:0] en;
  } read_t;

  /// Where a row of a gather lies: as `src` of a job. `broken`: nowhere; or its offset could not be read.
  typedef struct packed {
    logic broken;
    sram_pkg::word_addr_t src;
  } row_t;

  /// A packet without its port and payload, and where its payload comes from.
  typedef struct packed {
    noc_pkg::header_t header;
    logic has_data;
    logic broken;  // its data cannot be read: it goes out as zeros
    origin_t origin;
  } slip_t;

  /// A fault, and the node that was to receive the data.
  typedef struct packed {
    origin_t origin;
    noc_pkg::node_id_t node;
  } fault_t;

  /// Payload on its way to a packet.
  typedef struct packed {
    logic [sram_pkg::Words-1:0] uncorrectable;
    logic [noc_pkg::PayloadBytes*8-1:0] payload;
  } data_t;
endpackage
