// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What a node tells about errors that no thread owns.
package node_pkg;
  /// Recorded until reset: that it happened and, of the first time, who and what.
  typedef struct packed {
    logic lost;                          // a packet without a route was dropped, at its source
    router_pkg::lost_t lost_dst;
    logic get_fault;                     // a get of another node was illegal, or named data that cannot be read
    noc_pkg::node_id_t get_fault_node;   // who asked
    logic uncorrectable;                 // a word of SRAM could not be corrected
    logic overflow;                      // a semaphore went beyond 65535
    logic [5:0] overflow_sem;
    noc_pkg::node_id_t overflow_src;     // who posted: another node, or this one
    logic malformed;                     // a malformed packet was dropped
    noc_pkg::header_t malformed_header;
  } errors_t;
endpackage
