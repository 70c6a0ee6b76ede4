// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Techmap: a register file with several write ports, which would be flip-flops and a multiplexer of all words per read port, becomes
// LUT RAM: a memory per write port, and for each word the number of the port that wrote it last. Reads are combinational, a
// register of the read port stands behind them. Whole words only; others are left as they are.
(* techmap_celltype = "$mem_v2" *)
module write_ports (
  RD_CLK, RD_EN, RD_ARST, RD_SRST, RD_ADDR, RD_DATA, WR_CLK, WR_EN, WR_ADDR, WR_DATA
);
  parameter MEMID = "";
  parameter SIZE = 2;
  parameter OFFSET = 0;
  parameter ABITS = 1;
  parameter WIDTH = 1;
  parameter INIT = 1'bx;
  parameter RD_PORTS = 1;
  parameter RD_CLK_ENABLE = 1'b0;
  parameter RD_CLK_POLARITY = 1'b1;
  parameter RD_TRANSPARENCY_MASK = 1'b0;
  parameter RD_COLLISION_X_MASK = 1'b0;
  parameter RD_WIDE_CONTINUATION = 1'b0;
  parameter RD_CE_OVER_SRST = 1'b0;
  parameter RD_ARST_VALUE = 1'bx;
  parameter RD_SRST_VALUE = 1'bx;
  parameter RD_INIT_VALUE = 1'bx;
  parameter WR_PORTS = 1;
  parameter WR_CLK_ENABLE = 1'b1;
  parameter WR_CLK_POLARITY = 1'b1;
  parameter WR_PRIORITY_MASK = 1'b0;
  parameter WR_WIDE_CONTINUATION = 1'b0;

  input [RD_PORTS-1:0] RD_CLK, RD_EN, RD_ARST, RD_SRST;
  input [RD_PORTS*ABITS-1:0] RD_ADDR;
  output [RD_PORTS*WIDTH-1:0] RD_DATA;
  input [WR_PORTS-1:0] WR_CLK;
  input [WR_PORTS*WIDTH-1:0] WR_EN, WR_DATA;
  input [WR_PORTS*ABITS-1:0] WR_ADDR;

  parameter _TECHMAP_BITS_CONNMAP_ = 0;
  parameter [WR_PORTS*WIDTH*_TECHMAP_BITS_CONNMAP_-1:0] _TECHMAP_CONNMAP_WR_EN_ = 0;
  parameter [RD_PORTS-1:0] _TECHMAP_CONSTMSK_RD_ARST_ = 0;
  parameter [RD_PORTS-1:0] _TECHMAP_CONSTVAL_RD_ARST_ = 0;
  parameter [RD_PORTS-1:0] _TECHMAP_CONSTMSK_RD_SRST_ = 0;
  parameter [RD_PORTS-1:0] _TECHMAP_CONSTVAL_RD_SRST_ = 0;

  localparam NumberW = WR_PORTS > 1 ? $clog2(WR_PORTS) : 1;

  function parts_of_words;
    input unused;
    integer w, b;
    begin
      parts_of_words = 1'b0;
      for (w = 0; w < WR_PORTS; w = w + 1)
        for (b = 1; b < WIDTH; b = b + 1)
          if (_TECHMAP_CONNMAP_WR_EN_[(w*WIDTH+b)*_TECHMAP_BITS_CONNMAP_+:_TECHMAP_BITS_CONNMAP_] !=
              _TECHMAP_CONNMAP_WR_EN_[w*WIDTH*_TECHMAP_BITS_CONNMAP_+:_TECHMAP_BITS_CONNMAP_])
            parts_of_words = 1'b1;
    end
  endfunction

  wire _TECHMAP_FAIL_ = WR_PORTS < 2 || WIDTH < 16 || OFFSET != 0 || INIT !== {SIZE*WIDTH{1'bx}} ||
      RD_WIDE_CONTINUATION != 0 || WR_WIDE_CONTINUATION != 0 || RD_TRANSPARENCY_MASK != 0 ||
      WR_CLK_ENABLE != {WR_PORTS{1'b1}} || WR_CLK_POLARITY != {WR_PORTS{1'b1}} ||
      (RD_CLK_ENABLE & ~RD_CLK_POLARITY) != 0 || _TECHMAP_CONSTMSK_RD_ARST_ != {RD_PORTS{1'b1}} ||
      _TECHMAP_CONSTVAL_RD_ARST_ != 0 || _TECHMAP_CONSTMSK_RD_SRST_ != {RD_PORTS{1'b1}} ||
      _TECHMAP_CONSTVAL_RD_SRST_ != 0 || parts_of_words(1'b0);

  wire [RD_PORTS*NumberW-1:0] number;
  wire [RD_PORTS*WIDTH-1:0] word[0:WR_PORTS-1];
  wire [WR_PORTS*NumberW-1:0] own, enable;

  genvar w, r;
  generate
    for (w = 0; w < WR_PORTS; w = w + 1) begin : gen_write
      assign own[w*NumberW+:NumberW] = w;
      assign enable[w*NumberW+:NumberW] = {NumberW{WR_EN[w*WIDTH]}};

      \$mem_v2 #(
        .MEMID({MEMID, ".words", 8'd48 + w[7:0]}), .SIZE(SIZE), .OFFSET(0), .ABITS(ABITS), .WIDTH(WIDTH), .INIT({SIZE*WIDTH{1'bx}}),
        .RD_PORTS(RD_PORTS), .RD_CLK_ENABLE({RD_PORTS{1'b0}}), .RD_CLK_POLARITY({RD_PORTS{1'b1}}),
        .RD_TRANSPARENCY_MASK({RD_PORTS{1'b0}}), .RD_COLLISION_X_MASK({RD_PORTS{1'b0}}),
        .RD_WIDE_CONTINUATION({RD_PORTS{1'b0}}), .RD_CE_OVER_SRST({RD_PORTS{1'b0}}),
        .RD_ARST_VALUE({RD_PORTS*WIDTH{1'bx}}), .RD_SRST_VALUE({RD_PORTS*WIDTH{1'bx}}),
        .RD_INIT_VALUE({RD_PORTS*WIDTH{1'bx}}), .WR_PORTS(1), .WR_CLK_ENABLE(1'b1), .WR_CLK_POLARITY(1'b1),
        .WR_PRIORITY_MASK(1'b0), .WR_WIDE_CONTINUATION(1'b0)
      ) words (
        .RD_CLK({RD_PORTS{1'bx}}), .RD_EN({RD_PORTS{1'b1}}), .RD_ARST({RD_PORTS{1'b0}}), .RD_SRST({RD_PORTS{1'b0}}),
        .RD_ADDR(RD_ADDR), .RD_DATA(word[w]), .WR_CLK(WR_CLK[w]), .WR_EN(WR_EN[w*WIDTH+:WIDTH]),
        .WR_ADDR(WR_ADDR[w*ABITS+:ABITS]), .WR_DATA(WR_DATA[w*WIDTH+:WIDTH])
      );
    end
  endgenerate

  // Too narrow for this map: flip-flops.
  \$mem_v2 #(
    .MEMID({MEMID, ".last"}), .SIZE(SIZE), .OFFSET(0), .ABITS(ABITS), .WIDTH(NumberW), .INIT({SIZE*NumberW{1'bx}}),
    .RD_PORTS(RD_PORTS), .RD_CLK_ENABLE({RD_PORTS{1'b0}}), .RD_CLK_POLARITY({RD_PORTS{1'b1}}),
    .RD_TRANSPARENCY_MASK({RD_PORTS*WR_PORTS{1'b0}}), .RD_COLLISION_X_MASK({RD_PORTS*WR_PORTS{1'b0}}),
    .RD_WIDE_CONTINUATION({RD_PORTS{1'b0}}), .RD_CE_OVER_SRST({RD_PORTS{1'b0}}),
    .RD_ARST_VALUE({RD_PORTS*NumberW{1'bx}}), .RD_SRST_VALUE({RD_PORTS*NumberW{1'bx}}),
    .RD_INIT_VALUE({RD_PORTS*NumberW{1'bx}}), .WR_PORTS(WR_PORTS), .WR_CLK_ENABLE(WR_CLK_ENABLE),
    .WR_CLK_POLARITY(WR_CLK_POLARITY), .WR_PRIORITY_MASK(WR_PRIORITY_MASK), .WR_WIDE_CONTINUATION({WR_PORTS{1'b0}})
  ) last (
    .RD_CLK({RD_PORTS{1'bx}}), .RD_EN({RD_PORTS{1'b1}}), .RD_ARST({RD_PORTS{1'b0}}), .RD_SRST({RD_PORTS{1'b0}}),
    .RD_ADDR(RD_ADDR), .RD_DATA(number), .WR_CLK(WR_CLK), .WR_EN(enable), .WR_ADDR(WR_ADDR), .WR_DATA(own)
  );

  generate
    for (r = 0; r < RD_PORTS; r = r + 1) begin : gen_read
      wire [WR_PORTS*WIDTH-1:0] words;
      wire [WIDTH-1:0] data;
      for (w = 0; w < WR_PORTS; w = w + 1) begin : gen_words
        assign words[w*WIDTH+:WIDTH] = word[w][r*WIDTH+:WIDTH];
      end
      assign data = words >> (WIDTH * number[r*NumberW+:NumberW]);
      if (RD_CLK_ENABLE[r]) begin : gen_register
        \$dffe #(.WIDTH(WIDTH), .CLK_POLARITY(1'b1), .EN_POLARITY(1'b1))
          register (.CLK(RD_CLK[r]), .EN(RD_EN[r]), .D(data), .Q(RD_DATA[r*WIDTH+:WIDTH]));
      end else begin : gen_wire
        assign RD_DATA[r*WIDTH+:WIDTH] = data;
      end
    end
  endgenerate
endmodule
