// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Direct-mapped instruction cache of 64 B lines, read by 32 B windows. It does not watch stores: `flush_i` empties it.
///
/// Latency: a lookup answers in the next cycle. Throughput: one lookup per cycle, hits go on during a miss.
/// One miss is outstanding; `fill_o` says that a line has arrived (or was dropped by a flush) and waiting threads look again.
module icache (
  input  logic                                clk_i,
  input  logic                                rst_ni,
  input  logic                                flush_i,
  // Lookup, and its answer one cycle later.
  input  logic                                lookup_valid_i,
  input  logic [sram_pkg::ByteAddrW-1:5]      lookup_window_i,
  output logic                                hit_o,
  output logic                                error_o,  // the line holds an uncorrectable memory error
  output logic [7:0][31:0]                    data_o,
  // The answer was a miss and the line is wanted.
  input  logic                                miss_i,
  output logic                                fill_o,
  // SRAM.
  output logic                                fetch_req_valid_o,
  input  logic                                fetch_req_ready_i,
  output sram_pkg::read_req_t                 fetch_req_o,
  input  logic                                fetch_rsp_valid_i,
  input  sram_pkg::read_rsp_t                 fetch_rsp_i,
  output logic                                busy_o
);
  localparam int unsigned LineAddrW = sram_pkg::ByteAddrW - 6;
  localparam int unsigned IndexW = $clog2(cfg_pkg::IcacheLines);
  localparam int unsigned TagW = LineAddrW - IndexW;

  `TATAMI_ASSERT_STATIC(LinesPower, cfg_pkg::IcacheLines >= 2 && (1 << IndexW) == cfg_pkg::IcacheLines,
                        "icache_lines must be a power of two, at least 2: change it in the configuration")

  typedef enum logic [1:0] {
    Idle,
    Request,
    Wait
  } state_e;

  logic [TagW:0] tag_q [cfg_pkg::IcacheLines];  // {error, tag}
  logic [cfg_pkg::IcacheLines-1:0] valid_q;

  state_e state_q;
  logic [LineAddrW-1:0] miss_line_q;
  logic drop_q;  // a flush came while the line was on its way

  // Lookup: its address comes late, so tags are read with the answer.
  logic [LineAddrW-1:0] wanted_q;  // line of the lookup that is being answered
  logic [IndexW-1:0] lookup_index, wanted_index;
  logic found_half_q, collided_q;
  logic [TagW:0] found_tag;
  logic [255:0] half[2];

  assign lookup_index = lookup_window_i[6+:IndexW];

  always_ff @(posedge clk_i) begin
    wanted_q     <= lookup_window_i[sram_pkg::ByteAddrW-1:6];
    collided_q   <= fill_o && lookup_index == miss_line_q[IndexW-1:0];
    found_half_q <= lookup_window_i[5];
  end

  assign wanted_index = wanted_q[IndexW-1:0];
  assign found_tag    = tag_q[wanted_index];
  assign hit_o        = valid_q[wanted_index] && !collided_q && found_tag[TagW-1:0] == wanted_q[LineAddrW-1-:TagW];
  assign error_o      = found_tag[TagW];
  assign data_o       = half[found_half_q];

  // Lines, a memory for each half. A lookup that meets a write of the same word misses, whatever it reads.
  for (genvar h = 0; h < 2; h++) begin : gen_half
    ram_1r1w #(
      .Width(256),
      .Depth(cfg_pkg::IcacheLines)
    ) u_ram (
      .clk_i,
      .read_i (lookup_valid_i && lookup_window_i[5] == 1'(h)),
      .raddr_i(lookup_index),
      .rdata_o(half[h]),
      .write_i(fill_o),
      .waddr_i(miss_line_q[IndexW-1:0]),
      .wdata_i(fetch_rsp_i.data[4*h+:4])
    );
  end

  // Miss.
  assign fill_o            = state_q == Wait && fetch_rsp_valid_i;
  assign busy_o            = state_q != Idle;
  assign fetch_req_valid_o = state_q == Request;

  always_comb begin
    fetch_req_o.en = '1;
    for (int unsigned i = 0; i < sram_pkg::Words; i++) fetch_req_o.addr[i] = {miss_line_q, 3'(i)};
  end

  always_ff @(posedge clk_i) begin
    if (fill_o) begin
      tag_q[miss_line_q[IndexW-1:0]] <= {|fetch_rsp_i.uncorrectable, miss_line_q[LineAddrW-1-:TagW]};
    end
    if (state_q == Idle) miss_line_q <= wanted_q;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      drop_q  <= 1'b0;
      valid_q <= '0;
    end else begin
      unique case (state_q)
        Idle: begin
          drop_q <= 1'b0;
          if (miss_i) state_q <= Request;
        end
        Request: if (fetch_req_ready_i) state_q <= Wait;
        Wait: begin
          if (fetch_rsp_valid_i) begin
            state_q <= Idle;
            if (!drop_q) valid_q[miss_line_q[IndexW-1:0]] <= 1'b1;
          end
        end
        default: state_q <= Idle;
      endcase
      if (flush_i) begin
        drop_q  <= 1'b1;
        valid_q <= '0;
      end
    end
  end

  `TATAMI_ASSERT_STREAM(FetchReq, fetch_req_valid_o, fetch_req_ready_i, fetch_req_o)
endmodule : icache
