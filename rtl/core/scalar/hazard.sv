// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Says for the instruction at the head of one thread whether it may issue now, and to which slot. Combinational.
///
/// An instruction waits for its sources and its destination to be free, and for the order rules: loads after stores of the
/// thread (and the other way round) wait until those are done, as do fences and everything that other threads or nodes
/// may take as a signal. Accesses to tflags wait for all flags of the thread. What cannot be carried out goes to the scalar
/// slot, which traps.
module hazard (
  input  logic                             valid_i,
  input  logic                             fetch_fault_i,
  input  isa_pkg::decoded_t                dec_i,
  input  logic                             granted_i,      // a waiting instruction may complete
  input  logic                             format_fault_i, // a matrix step of formats that it does not multiply
  input  logic                             format_write_i, // a format descriptor of the thread changes
  // Scoreboard of the thread.
  input  logic [31:0]                      x_busy_i,
  input  logic [31:0]                      v_busy_i,
  input  logic [cfg_pkg::Accumulators-1:0] acc_busy_i,
  input  logic                             no_loads_i,
  input  logic                             no_stores_i,
  input  logic                             idle_i,
  // Units.
  input  logic                             load_ready_i,
  input  logic                             store_ready_i,
  input  logic                             muldiv_ready_i,
  input  logic                             simd_ready_i,
  input  logic                             function_ready_i,
  output logic                             scalar_o,
  output logic                             vector_o
);
  logic free, order;

  always_comb begin
    free     = 1'b0;
    order    = 1'b1;
    scalar_o = 1'b0;
    vector_o = 1'b0;
    if (valid_i) begin
      free = !(dec_i.reads_xs1 && x_busy_i[dec_i.rs1]) && !(dec_i.reads_xs2 && x_busy_i[dec_i.rs2]) &&
             !(dec_i.writes_xd && x_busy_i[dec_i.rd]) &&
             !(dec_i.reads_vs1 && v_busy_i[dec_i.rs1]) && !(dec_i.reads_vs2 && v_busy_i[dec_i.rs2]) &&
             !((dec_i.reads_vd || dec_i.writes_vd) && v_busy_i[dec_i.rd]) &&
             !((dec_i.reads_acc || dec_i.writes_acc) && acc_busy_i[dec_i.acc]);
      unique case (dec_i.unit)
        isa_pkg::UnitLoad, isa_pkg::UnitVload:   order = no_stores_i && load_ready_i;
        isa_pkg::UnitStore, isa_pkg::UnitVstore: order = no_loads_i && store_ready_i;
        isa_pkg::UnitMuldiv:                     order = muldiv_ready_i;
        isa_pkg::UnitSimd:                       order = simd_ready_i;
        isa_pkg::UnitFunction:                   order = function_ready_i;
        isa_pkg::UnitMatrix:                     order = !format_write_i;
        isa_pkg::UnitCsr:                        order = dec_i.csr != isa_pkg::CsrTflags || idle_i;
        isa_pkg::UnitSystem: begin
          if (dec_i.op == isa_pkg::OpFence || dec_i.op == isa_pkg::OpFenceI) order = no_loads_i && no_stores_i;
        end
        isa_pkg::UnitSync: begin
          unique case (dec_i.op)
            isa_pkg::OpXfer: order = granted_i || (no_loads_i && no_stores_i);
            isa_pkg::OpSemPost, isa_pkg::OpThreadStart: order = no_loads_i && no_stores_i;
            isa_pkg::OpThreadExit: order = idle_i;
            default: order = 1'b1;
          endcase
        end
        default: order = 1'b1;
      endcase
      if (fetch_fault_i || !dec_i.legal || (format_fault_i && !format_write_i)) scalar_o = 1'b1;
      else if (free && order) begin
        vector_o = dec_i.unit inside {isa_pkg::UnitSimd, isa_pkg::UnitFunction, isa_pkg::UnitMatrix};
        scalar_o = !vector_o;
      end
    end
  end
endmodule : hazard
