// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The routing table, and the routes in general.
///
/// An entry per node of a die of up to `DieRows` x `DieCols`; nodes beyond have none. Software writes entries before it
/// switches to the table; they have no reset. Every place where packets arrive reads on its own; the entry of the node that has
/// the die's exit is kept apart, as many packets want it. A packet that left by a link does not turn back, so a turn of two bits says which
/// port it takes next: straight on, right, left or none.
/// Latency: reads are combinational, a write counts from the next cycle on. In simulation the C++ side writes past the port
/// by DPI, in the scope of this instance.
module route_table (
  input  logic                           clk_i,
  input  logic                           rst_ni,
  input  router_pkg::route_write_t       write_i,
  // reads
  input  logic [router_pkg::Sources-1:0] read_i,
  input  noc_pkg::node_id_t              dst_i[router_pkg::Sources],
  output router_pkg::ways_t              entry_o[router_pkg::Sources],
  output router_pkg::ways_t              exit_entry_o,
  output noc_pkg::route_exit_t           exit_o
);
  import router_pkg::Links, router_pkg::Sources, router_pkg::ports_t, router_pkg::ways_t;
  localparam noc_pkg::route_exit_t AfterReset = '{by_table: 1'b0, port: noc_pkg::PortWest, y: '0, x: '0};

  typedef logic [1:0] turn_t;  // how many quarters to the right
  localparam turn_t None = 2'd2;

  typedef struct packed {
    noc_pkg::port_e here;
    turn_t [Links-1:0] turn;  // by the link by which a packet leaves
  } entry_t;

  localparam entry_t Absent = '{here: noc_pkg::PortNone, turn: {Links{None}}};

  entry_t [cfg_pkg::DieCols-1:0] rows[cfg_pkg::DieRows];
  noc_pkg::route_exit_t exit_q[1];  // arrays, because the C++ side may write them, too
  entry_t exit_entry_q[1];

  assign exit_o = exit_q[0];
  assign exit_entry_o = unpack(exit_entry_q[0]);

  function automatic turn_t turn(int unsigned link, noc_pkg::port_e port);
    return (port inside {[noc_pkg::PortNorth : noc_pkg::PortWest]}) ? turn_t'(int'(port) - 1 - int'(link)) : None;
  endfunction

  function automatic entry_t pack(noc_pkg::route_entry_t entry);
    return
    '{here: entry.here, turn: {turn(3, entry.west), turn(2, entry.south), turn(1, entry.east), turn(0, entry.north)}}
    ;
  endfunction

  function automatic ways_t unpack(entry_t entry);
    ways_t ways = '{here: router_pkg::set_of(entry.here), default: '0};
    for (int unsigned l = 0; l < Links; l++) begin
      for (int unsigned t = 0; t < Links; t++) begin
        if (turn_t'(t) != None) ways.next[l][1+(l+t)%Links] = entry.turn[l] == turn_t'(t);
      end
    end
    return ways;
  endfunction

  // The row first: what is late in time is chosen last.
  function automatic entry_t read(logic [4:0] y, logic [4:0] x);
    entry_t [cfg_pkg::DieCols-1:0] row = '0;
    entry_t entry = '0;
    for (int unsigned r = 0; r < cfg_pkg::DieRows; r++) begin
      if (y == 5'(r)) row |= rows[r];
    end
    for (int unsigned c = 0; c < cfg_pkg::DieCols; c++) begin
      if (x == 5'(c)) entry |= row[c];
    end
    return entry;
  endfunction

  function automatic logic known(logic [4:0] y, logic [4:0] x);
    return int'(y) < cfg_pkg::DieRows && int'(x) < cfg_pkg::DieCols;
  endfunction

  always_comb begin
    for (int unsigned s = 0; s < Sources; s++) begin
      entry_o[s] = '0;
      if (read_i[s] && known(dst_i[s].y, dst_i[s].x)) begin
        entry_o[s] = unpack(read(dst_i[s].y, dst_i[s].x));
        if (s < Links) entry_o[s].next[s] = '0;  // nothing goes back
      end
    end
  end

  noc_pkg::route_exit_t new_exit;
  entry_t new_entry;
  assign new_exit = noc_pkg::route_exit_t'(write_i.data[$bits(exit_o)-1:0]);
  assign new_entry = pack(noc_pkg::route_entry_t'(write_i.data[$bits(noc_pkg::route_entry_t)-1:0]));

  always_ff @(posedge clk_i) begin
    if (!rst_ni) exit_q[0] <= AfterReset;
    else if (write_i.exit) exit_q[0] <= new_exit;
  end

  always_ff @(posedge clk_i) begin
    if (write_i.exit) exit_entry_q[0] <= known(new_exit.y, new_exit.x) ? read(new_exit.y, new_exit.x) : Absent;
    else if (write_i.entry && write_i.index == {exit_o.y, exit_o.x}) exit_entry_q[0] <= new_entry;
  end

  always_ff @(posedge clk_i) begin
    if (write_i.entry) begin
      for (int unsigned r = 0; r < cfg_pkg::DieRows; r++) begin
        for (int unsigned c = 0; c < cfg_pkg::DieCols; c++) begin
          if (write_i.index == {5'(r), 5'(c)}) rows[r][c] <= new_entry;
        end
      end
    end
  end

  logic unused_inputs;
  always_comb begin
    unused_inputs = ^write_i;
    for (int unsigned s = 0; s < Sources; s++) unused_inputs ^= ^dst_i[s].die;
  end

`ifndef SYNTHESIS
  export "DPI-C" function route_backdoor_entry;
  export "DPI-C" function route_backdoor_exit;

  function automatic void route_backdoor_entry(input int y, input int x, input int data);
    rows[y][x] = pack(noc_pkg::route_entry_t'(data[$bits(noc_pkg::route_entry_t)-1:0]));
    if ({5'(y), 5'(x)} == {exit_q[0].y, exit_q[0].x}) exit_entry_q[0] = rows[y][x];
  endfunction

  function automatic void route_backdoor_exit(input int data);
    exit_q[0] = noc_pkg::route_exit_t'(data[$bits(exit_o)-1:0]);
    exit_entry_q[0] = known(exit_q[0].y, exit_q[0].x) ? read(exit_q[0].y, exit_q[0].x) : Absent;
  endfunction
`endif
endmodule : route_table
