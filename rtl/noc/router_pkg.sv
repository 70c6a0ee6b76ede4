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

  localparam int unsigned GroupW = (cfg_pkg::NocGroups > 1) ? $clog2(cfg_pkg::NocGroups) : 1;
  typedef logic [GroupW-1:0] group_t;

  /// A set of ports as the header and the group table hold it: bit = port.
  typedef logic [Ports-1:0] ports_t;

  /// Where a packet goes on from the next node: the ports to take there or, as those of a cast depend on the link by which a
  /// copy leaves, its group.
  localparam int unsigned NextW = (GroupW > Ports) ? GroupW : Ports;

  /// What control knows of a packet besides the ports that it takes here.
  typedef struct packed {
    logic cast;  // to a group of this die
    logic [NextW-1:0] next;
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

  /// A write to the routing table, the routes in general, or the group table; the value holds while one of them is high.
  typedef struct packed {
    logic entry;
    logic exit;
    logic group;
    logic [9:0] index;  // of the entry: 32 * y + x of its node, or the group
    logic [24:0] data;
  } route_write_t;

  /// The destination of a packet that was dropped: a node, or a group.
  typedef struct packed {
    logic cast;
    noc_pkg::node_id_t dst;
  } lost_t;

  /// The set that holds one port, or none.
  function automatic ports_t set_of(noc_pkg::port_e port);
    return (port == noc_pkg::PortNone) ? '0 : ports_t'(1) << port;
  endfunction

  /// A set of ports by the numbers of outputs: links from 0, then the local node.
  function automatic logic [Ports-1:0] outputs(ports_t ports);
    return {ports[noc_pkg::PortLocal], ports[Ports-1:1]};
  endfunction

  /// True when stamp `a` is older than `b`: stamps are less than half their range apart.
  function automatic logic is_older(stamp_t a, stamp_t b);
    return stamp_t'(a - b) >= 10'd512;
  endfunction

endpackage : router_pkg
