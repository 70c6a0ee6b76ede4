// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Frames on a board's serial line: the byte `Start`, `Bytes` bytes, and their CRC-8 (polynomial 0x07, start 0).
package frame_pkg;
  localparam int unsigned Bytes = 80;  // a packet: 64 of payload, 16 of header
  localparam logic [7:0] Start = 8'ha5;
  /// Single bytes between frames: a frame was taken; a frame was refused and had no effect.
  localparam logic [7:0] Taken = 8'h06;
  localparam logic [7:0] Refused = 8'h15;

  /// Byte i of a frame in bits 8i+7:8i.
  typedef logic [Bytes*8-1:0] frame_t;

  function automatic logic [7:0] crc(input logic [7:0] sum, input logic [7:0] data);
    logic [7:0] value;
    value = sum ^ data;
    for (int unsigned i = 0; i < 8; i++) value = {value[6:0], 1'b0} ^ (value[7] ? 8'h07 : 8'h00);
    return value;
  endfunction
endpackage : frame_pkg
