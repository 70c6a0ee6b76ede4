// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The routing table, and the routes in general.
///
/// An entry per node of a die of up to `DieRows` x `DieCols`; nodes beyond have none. Software writes entries before it
/// switches to the table; they have no reset. Every place where packets arrive reads on its own.
/// Latency: reads are combinational, a write counts from the next cycle on. In simulation the C++ side writes past the port
/// by DPI, in the scope of this instance.
module route_table (
  input  logic                            clk_i,
  input  logic                            rst_ni,
  input  router_pkg::route_write_t        write_i,
  // reads
  input  logic [router_pkg::Sources-1:0]  read_i,
  input  noc_pkg::node_id_t               dst_i[router_pkg::Sources],
  input  logic [19:0]                     die_i,
  output noc_pkg::route_entry_t           entry_o[router_pkg::Sources],
  output noc_pkg::route_exit_t            exit_o
);
  localparam int unsigned Entries = cfg_pkg::DieRows * cfg_pkg::DieCols;
  localparam int unsigned IndexW = $clog2(Entries);
  localparam noc_pkg::route_entry_t Absent = '{default: noc_pkg::PortNone};
  localparam noc_pkg::route_exit_t AfterReset = '{by_table: 1'b0, port: noc_pkg::PortWest, y: '0, x: '0};

  noc_pkg::route_entry_t entries[Entries];
  noc_pkg::route_exit_t exit_q[1];  // an array, because the C++ side may write it, too

  assign exit_o = exit_q[0];

  function automatic logic known(logic [4:0] y, logic [4:0] x);
    return int'(y) < cfg_pkg::DieRows && int'(x) < cfg_pkg::DieCols;
  endfunction

  function automatic logic [IndexW-1:0] index(logic [4:0] y, logic [4:0] x);
    return IndexW'(int'(y) * cfg_pkg::DieCols + int'(x));
  endfunction

  for (genvar s = 0; s < router_pkg::Sources; s++) begin : gen_read
    logic [4:0] y, x;

    // What is not for this die goes to the node that has the exit.
    assign {y, x} = (dst_i[s].die == die_i) ? {dst_i[s].y, dst_i[s].x} : {exit_o.y, exit_o.x};

    always_comb begin
      entry_o[s] = Absent;
      if (read_i[s] && known(y, x)) entry_o[s] = entries[index(y, x)];
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) exit_q[0] <= AfterReset;
    else if (write_i.exit) exit_q[0] <= noc_pkg::route_exit_t'(write_i.data[$bits(exit_o)-1:0]);
  end

  always_ff @(posedge clk_i) begin
    if (write_i.entry) begin
      entries[index(write_i.index[9:5], write_i.index[4:0])] <=
          noc_pkg::route_entry_t'(write_i.data[$bits(noc_pkg::route_entry_t)-1:0]);
    end
  end

  logic unused_write;
  assign unused_write = ^write_i;

`ifndef SYNTHESIS
  export "DPI-C" function route_backdoor_entry;
  export "DPI-C" function route_backdoor_exit;

  function automatic void route_backdoor_entry(input int y, input int x, input int data);
    entries[index(5'(y), 5'(x))] = noc_pkg::route_entry_t'(data[$bits(noc_pkg::route_entry_t)-1:0]);
  endfunction

  function automatic void route_backdoor_exit(input int data);
    exit_q[0] = noc_pkg::route_exit_t'(data[$bits(exit_o)-1:0]);
  endfunction
`endif
endmodule : route_table
