// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the parts of a router tell each other.
package router_pkg;

  localparam int unsigned Links = 4;  // north, east, south, west
  localparam int unsigned Ports = Links + 1;
  /// Numbers of inputs and outputs: the links, then the local node.
  localparam int unsigned Local = Links;
  /// A queue per class and input: class * Ports + input.
  localparam int unsigned Queues = 2 * Ports;
  /// Where packets arrive: the links, then the local node by class; `source` is that of a queue.
  localparam int unsigned Sources = Links + 2;
  localparam int unsigned LocalDepth = 3;  // places for packets that enter from the node, per class
  localparam int unsigned EjectDepth = 3;  // places for packets that wait for the node, per class
  localparam int unsigned SlotW = $clog2((cfg_pkg::NocBufferDepth > LocalDepth) ? cfg_pkg::NocBufferDepth : LocalDepth);

  typedef logic [9:0] stamp_t;  // as in the header

  /// What control knows of a packet besides the port that it takes here.
  typedef struct packed {
    noc_pkg::port_e next_port;  // to take at the next node
    stamp_t stamp;
    stamp_t turn;  // when it is served here: the oldest first
  } hop_t;

  /// A stored packet.
  typedef struct packed {
    logic [SlotW-1:0] slot;
    hop_t hop;
  } head_t;

  /// What an output sends in this cycle.
  typedef struct packed {
    logic [Queues-1:0] select;  // the packet's queue: none or one
    logic through;              // it is arriving now, not stored
    head_t head;                // without `slot` for one that is arriving
  } send_t;

  function automatic int unsigned source(int unsigned queue);
    return (queue % Ports == Local) ? Links + queue / Ports : queue % Ports;
  endfunction

  /// A write to the routing table, or to the routes in general; the value holds while `entry` or `exit` is high.
  typedef struct packed {
    logic entry;
    logic exit;
    logic [9:0] node;  // 32 * y + x
    logic [15:0] data;
  } route_write_t;

  /// Output number of a port: links from 0, then the local node; of NONE it is no output's.
  function automatic int unsigned number(noc_pkg::port_e port);
    return (port == noc_pkg::PortLocal) ? Local : (port == noc_pkg::PortNone) ? Ports : int'(port) - 1;
  endfunction

  /// True when stamp `a` is older than `b`: stamps are less than half their range apart.
  function automatic logic is_older(stamp_t a, stamp_t b);
    return stamp_t'(a - b) >= 10'd512;
  endfunction

endpackage : router_pkg
