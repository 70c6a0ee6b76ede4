// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Types shared by the parts of the transfer engine. Lengths and offsets count 8-byte words.
package dma_pkg;
  localparam int unsigned QueueDepth = 4;  // lists and gets that wait
  localparam int unsigned FetchDepth = 2;  // descriptors read ahead
  localparam int unsigned Slots = 8;  // packets of a context between issue and injection; covers the read latency
  localparam int unsigned OffsetW = 27;  // word offset in a node's region
  localparam int unsigned RowsW = 31;

  typedef logic [OffsetW-1:0] offset_t;

  /// Whom to blame: the thread that queued the list and the descriptor's address.
  typedef struct packed {
    logic [1:0] thread;
    logic [sram_pkg::ByteAddrW-1:0] addr;
  } origin_t;

  /// Gets of other nodes have no descriptor in this node's SRAM.
  localparam origin_t RemoteOrigin = '{thread: 2'd0, addr: '1};

  /// A descriptor to run; `broken` when it could not be read.
  typedef struct packed {
    logic broken;
    origin_t origin;
    noc_pkg::descriptor_t descriptor;
  } entry_t;

  /// A legal descriptor. A get is one packet to `node`, whose payload is `descriptor`.
  typedef struct packed {
    logic is_get;
    logic is_read;  // the payload comes from SRAM
    logic is_empty; // only a post
    noc_pkg::node_id_t node;
    offset_t dst;
    sram_pkg::word_addr_t src;
    origin_t origin;
    noc_pkg::descriptor_t descriptor;
  } job_t;

  /// Reads `words` words from `addr` on.
  typedef struct packed {
    sram_pkg::word_addr_t addr;
    logic [3:0] words;
  } read_t;

  /// A packet without its port and payload, and where its payload comes from.
  typedef struct packed {
    noc_pkg::header_t header;
    logic has_data;
    origin_t origin;
  } slip_t;

  /// Payload on its way to a packet.
  typedef struct packed {
    logic uncorrectable;
    logic [noc_pkg::PayloadBytes*8-1:0] payload;
  } data_t;
endpackage
