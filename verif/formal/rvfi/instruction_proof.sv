// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Every retired instruction of RV64I does what the manual says (rvfi_spec), on whatever channel it retires. `Loads`: only
/// those are compared; they retire when memory has answered, later than the others.
module instruction_proof #(
  parameter bit Loads = 1'b0
) (
  input logic                          clk_i,
  input logic                          rst_ni,
  input core_inputs_pkg::core_inputs_t free_i,
  input logic [1:0]                    channel_i  // the channel that is looked at
);
  // Major opcodes.
  localparam logic [6:0] Load = 7'h03;
  localparam logic [6:0] Opcodes[10] = '{7'h37, 7'h17, 7'h6f, 7'h67, 7'h63, 7'h23, 7'h13, 7'h33, 7'h1b, 7'h3b};

  `TATAMI_FORMAL_RESET

  rvfi_pkg::rvfi_t [core_inputs_pkg::Channels-1:0] retired;
  rvfi_pkg::rvfi_t r;

  rvfi_core u_rvfi (
    .clk_i,
    .rst_ni,
    .free_i,
    .retired_o(retired)
  );

  assign r = retired[channel_i];

  logic known, trap, reads_rs1, reads_rs2, writes_rd, checked;
  logic [63:0] rd, next_pc, address;
  logic [7:0] load_mask, store_mask;

  rvfi_spec u_spec (
    .insn_i      (r.insn),
    .pc_i        (r.pc_rdata),
    .rs1_i       (r.rs1_rdata),
    .rs2_i       (r.rs2_rdata),
    .loaded_i    (r.mem_rdata),
    .known_o     (known),
    .trap_o      (trap),
    .reads_rs1_o (reads_rs1),
    .reads_rs2_o (reads_rs2),
    .writes_rd_o (writes_rd),
    .rd_o        (rd),
    .next_pc_o   (next_pc),
    .address_o   (address),
    .load_mask_o (load_mask),
    .store_mask_o(store_mask)
  );

  function automatic logic [63:0] bits_of(input logic [7:0] mask);
    logic [63:0] bits;
    for (int unsigned i = 0; i < 8; i++) bits[8*i+:8] = {8{mask[i]}};
    return bits;
  endfunction

  assign checked = r.valid && known && (r.insn[6:0] == Load || !Loads);

  `TATAMI_ASSERT(Source1, !checked || r.rs1_addr == (reads_rs1 ? r.insn[19:15] : 5'd0))
  `TATAMI_ASSERT(Source2, !checked || r.rs2_addr == (reads_rs2 ? r.insn[24:20] : 5'd0))
  `TATAMI_ASSERT(ZeroIsZero,
                 !r.valid || ((r.rs1_addr != '0 || r.rs1_rdata == '0) && (r.rs2_addr != '0 || r.rs2_rdata == '0)))
  `TATAMI_ASSERT(NoResult, !r.valid || r.rd_addr != '0 || r.rd_wdata == '0)
  `TATAMI_ASSERT(Trap, !checked || r.trap == trap)
  `TATAMI_ASSERT(Destination, !checked || r.rd_addr == ((writes_rd && !trap) ? r.insn[11:7] : 5'd0))
  `TATAMI_ASSERT(Result, !checked || r.rd_addr == '0 || r.rd_wdata == rd)
  `TATAMI_ASSERT(NextPc, !checked || trap || r.pc_wdata == next_pc)
  `TATAMI_ASSERT(Memory, !checked || trap || ((load_mask | store_mask) == '0) || r.mem_addr == address)
  `TATAMI_ASSERT(Masks,
                 !checked || (r.mem_rmask == (trap ? 8'd0 : load_mask) && r.mem_wmask == (trap ? 8'd0 : store_mask)))
  `TATAMI_ASSERT(Stored, !checked || trap || store_mask == '0 || r.mem_wdata == (r.rs2_rdata & bits_of(store_mask)))
  `TATAMI_ASSERT(Loaded, !checked || (r.mem_rdata & ~bits_of(r.mem_rmask)) == '0)
  if (Loads) begin : gen_loads
    `TATAMI_COVER(Retires, checked && r.insn[14:12] == 3'd0 && r.rd_wdata == -64'd2 && r.mem_addr[3:0] == 4'd5)
  end else begin : gen_opcodes
    for (genvar k = 0; k < $size(Opcodes); k++) begin : gen_opcode
      `TATAMI_COVER(Retires, checked && !trap && r.insn[6:0] == Opcodes[k])
    end
  end
endmodule : instruction_proof
