// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Says for the instruction at the head of one thread whether it may issue now. Combinational.
///
/// An instruction waits for the scalar registers that it reads or writes, and for the order rules: loads after stores of
/// the thread (and the other way round) wait until those are done, as do fences and everything that other threads or
/// nodes may take as a signal. Accesses to the state of vector arithmetic wait for all of the thread's vector work.
/// Vector registers and accumulators are no matter here: the thread's vector queue keeps their order.
module hazard (
  input  logic                valid_i,
  input  logic                trap_i,         // it only traps
  input  isa_pkg::decoded_t   dec_i,
  input  logic                granted_i,      // a waiting instruction may complete
  input  pipe_pkg::flight_t   flight_i,       // what the thread has in flight
  input  logic                load_ready_i,   // of the thread's memory pipe
  input  logic                store_ready_i,
  input  logic                muldiv_ready_i,
  output logic                ready_o,
  output pipe_pkg::stall_e    stall_o         // why not
);
  // tfmt0 to tfmt15, tkey, tctr and tflags.
  localparam logic [6:0] NumberCsrs = isa_pkg::CsrTfmt0[11:5];

  logic free, order, place;

  always_comb begin
    free    = 1'b0;
    order   = 1'b1;
    place   = 1'b1;
    ready_o = 1'b0;
    stall_o = pipe_pkg::StallNone;
    if (valid_i) begin
      free = !(dec_i.reads_xs1 && flight_i.x_busy[dec_i.rs1]) && !(dec_i.reads_xs2 && flight_i.x_busy[dec_i.rs2]) &&
             !(dec_i.writes_xd && flight_i.x_busy[dec_i.rd]);
      unique case (dec_i.unit)
        isa_pkg::UnitStore:  order = flight_i.no_loads && flight_i.no_vstores && store_ready_i;
        isa_pkg::UnitVstore: order = flight_i.no_loads;
        isa_pkg::UnitMuldiv: order = muldiv_ready_i;
        isa_pkg::UnitCsr:    order = dec_i.csr[11:5] != NumberCsrs || flight_i.idle;
        isa_pkg::UnitSystem: begin
          if (dec_i.op == isa_pkg::OpFence || dec_i.op == isa_pkg::OpFenceI) begin
            order = flight_i.no_loads && flight_i.no_stores;
          end
        end
        isa_pkg::UnitSync: begin
          unique case (dec_i.op)
            isa_pkg::OpXfer, isa_pkg::OpThreadBarrier: order = granted_i || (flight_i.no_loads && flight_i.no_stores);
            isa_pkg::OpSemPost, isa_pkg::OpThreadStart: order = flight_i.no_loads && flight_i.no_stores;
            isa_pkg::OpThreadExit: order = flight_i.idle;
            default: order = 1'b1;
          endcase
        end
        default: order = 1'b1;
      endcase
      if (pipe_pkg::is_load(dec_i)) order = order && flight_i.no_stores && load_ready_i;
      if (pipe_pkg::is_vector(dec_i)) place = flight_i.vector_ready;
      if (pipe_pkg::takes_operand(dec_i)) place = place && flight_i.operand_ready;
      ready_o = trap_i || (free && order && place);
      if (!ready_o) stall_o = !free ? pipe_pkg::StallRegister : !order ? pipe_pkg::StallOrder : pipe_pkg::StallQueue;
    end
  end
endmodule : hazard
