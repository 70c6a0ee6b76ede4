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
  /// Places of a queue, as far as vectors have a bit for each; those beyond a queue's depth are never taken.
  localparam int unsigned Places = (cfg_pkg::NocBufferDepth > LocalDepth) ? cfg_pkg::NocBufferDepth : LocalDepth;
  /// The places of all queues of a class: number = input * Places + place.
  localparam int unsigned ClassPlaces = Ports * Places;

  typedef logic [Places-1:0] places_t;
  typedef logic [$clog2(Places)-1:0] place_t;  // the number of one

  typedef logic [$clog2(EjectDepth)-1:0] eject_t;  // a slot for the local node

  typedef logic [9:0] stamp_t;  // as in the header

  localparam int unsigned GroupW = (cfg_pkg::NocGroups > 1) ? $clog2(cfg_pkg::NocGroups) : 1;
  typedef logic [GroupW-1:0] group_t;

  /// A set of ports as the header and the group table hold it: bit = port.
  typedef logic [Ports-1:0] ports_t;

  /// Where a packet goes on from the next node: the ports to take there or, as those of a cast depend on the link by which a
  /// copy leaves, its group.
  localparam int unsigned NextW = (GroupW > Ports) ? GroupW : Ports;

  /// Where packets go: the ports here and, for those that leave by a link, at the node behind it (link = port - 1).
  typedef struct packed {
    ports_t here;
    ports_t [Links-1:0] next;
  } ways_t;

  /// What control knows of a packet besides the ports that it takes here.
  typedef struct packed {
    logic cast;  // to a group of this die
    logic [NextW-1:0] next;
  } hop_t;

  /// What an output sends in this cycle: one packet, just arriving or stored, or none.
  typedef struct packed {
    logic valid;
    logic held;  // it is a stored one, whose place is told beside
    logic active;  // it may send: known early, so that nothing else is looked at otherwise
    logic [Queues-1:0] through;  // the queue that it arrives at
  } send_t;

  /// A set of places of all queues.
  typedef places_t [Queues-1:0] stored_t;

  /// For every place of a class, those that are served before it.
  typedef logic [ClassPlaces-1:0][ClassPlaces-1:0] order_t;

  function automatic int unsigned depth(int unsigned queue);
    return (queue % Ports == Local) ? LocalDepth : cfg_pkg::NocBufferDepth;
  endfunction

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
