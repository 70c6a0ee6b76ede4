// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Every kind of instruction waits for every reason that it can have: a register, the order of accesses, a full queue;
/// and behind every kind of work in flight.
module hazard_cover (
  input logic                                                 clk_i,
  input isa_pkg::decoded_t                                    dec[cfg_pkg::Threads],
  input pipe_pkg::flight_t                                    flight_i[cfg_pkg::Threads],
  input logic [cfg_pkg::Threads-1:0]                          issued,
  input logic [isa_pkg::CountPipe:isa_pkg::CountFetch]        stall_o[cfg_pkg::Threads]
);
  import isa_pkg::*;
  localparam int unsigned Units = 1 + int'(UnitSync);  // the last
  for (genvar u = 0; u < Units; u++) begin : gen_unit
    localparam unit_e Unit = unit_e'(u);
    logic of_unit, waits_order;
    assign of_unit = dec[0].legal && dec[0].unit == Unit;
    assign waits_order = of_unit && stall_o[0][CountOrder];
    issues :
    cover property (@(posedge clk_i) of_unit && issued[0]);
    // Fences, ecall and their like, and functions, read no scalar register.
    if (!(Unit inside {UnitSystem, UnitFunction})) begin : gen_register
      register :
      cover property (@(posedge clk_i) of_unit && stall_o[0][CountRegister]);
    end
    if (Unit inside {UnitLoad, UnitVload}) begin : gen_load
      behind_stores :
      cover property (@(posedge clk_i) waits_order && !flight_i[0].no_stores);
    end
    if (Unit inside {UnitStore, UnitVstore}) begin : gen_store
      behind_loads :
      cover property (@(posedge clk_i) waits_order && !flight_i[0].no_loads);
    end
    if (Unit inside {UnitCsr, UnitSystem, UnitSync}) begin : gen_state
      behind_work :
      cover property (@(posedge clk_i) waits_order);
    end
    if (Unit inside {UnitSimd, UnitFunction, UnitMatrix, UnitVload, UnitVstore}) begin : gen_vector
      queue :
      cover property (@(posedge clk_i) of_unit && stall_o[0][CountQueue]);
    end
  end
endmodule : hazard_cover

bind issue hazard_cover u_cover (.*);
