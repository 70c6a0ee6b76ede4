// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The node board at its pins: a program is loaded, started and read back over the serial line.
#include <algorithm>
#include <cstring>
#include <vector>

#include "Vnode_board_tb.h"
#include "noc.hpp"
#include "sim/asm/assembler.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/board/serial_line.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

constexpr double kClocksPerBit = 6;
constexpr std::uint32_t kResults = 0x800, kList = 0x400;
constexpr std::uint8_t kWorks = 2, kRefused = 4, kFaulted = 8, kError = 16;

/// The board, spoken to in packets.
class Board : public BoardHost<Vnode_board_tb> {
 public:
  Board() : BoardHost(kClocksPerBit) { REQUIRE(top().clocks_per_bit_o == kClocksPerBit); }

  bool shows(std::uint8_t leds) const { return (top().led_o & leds) != 0; }

  static golden::Frame packet(noc::Op op, std::uint32_t address, const void* payload, std::size_t bytes) {
    noc::Header header;
    header.op = op;
    header.len = static_cast<std::uint8_t>(bytes);
    header.src_die = noc::kHostDie;
    header.addr = address;
    const auto words = header.pack();
    golden::Frame frame{};
    std::memcpy(frame.data(), payload, bytes);
    std::memcpy(frame.data() + noc::kPayloadBytes, words.data(), sizeof words);
    return frame;
  }

  void put(std::uint32_t address, const std::vector<std::uint8_t>& bytes) {
    for (std::size_t at = 0; at < bytes.size(); at += noc::kPayloadBytes) {
      const std::size_t step = std::min<std::size_t>(noc::kPayloadBytes, bytes.size() - at);
      REQUIRE(send(packet(noc::Op::Put, static_cast<std::uint32_t>(address + at), &bytes[at], step)) ==
              golden::kFrameTaken);
    }
  }

  void load(Assembler& as) {
    const std::vector<std::uint32_t> words = as.finish();
    std::vector<std::uint8_t> bytes((4 * words.size() + 7) / 8 * 8);
    std::memcpy(bytes.data(), words.data(), 4 * words.size());
    put(0, bytes);
  }

  void start() {
    const std::uint64_t pc = 0;
    REQUIRE(send(packet(noc::Op::Ctrl, noc::kCtrlStartBase, &pc, sizeof pc)) == golden::kFrameTaken);
  }

  /// Waits until the node's LED is dark.
  void finish() {
    REQUIRE(run_until([&] { return !shows(kWorks); }, 5000));
  }

  /// A transfer of bytes of this node to the host.
  static noc::Descriptor to_host(std::uint64_t source, std::uint32_t bytes, std::uint64_t offset) {
    noc::Descriptor descriptor;
    descriptor.dst = noc::global_address(noc::Region::Sram, noc::kHostDie, 0, 0, offset);
    descriptor.src = source;
    descriptor.row_bytes = bytes;
    descriptor.rows = 1;
    return descriptor;
  }

  /// Takes the frames of a transfer to the host, whose addresses begin at `offset`; returns its bytes.
  std::vector<std::uint8_t> receive(std::size_t bytes, std::uint32_t offset, noc::Class expected) {
    std::vector<std::uint8_t> result;
    while (result.size() < bytes) {
      const std::vector<std::uint8_t> line = frame();
      golden::Frame packet{};
      std::copy_n(line.begin() + 1, packet.size(), packet.begin());
      CHECK(line == golden::on_line(packet));
      std::array<std::uint32_t, 4> words{};
      std::memcpy(words.data(), packet.data() + noc::kPayloadBytes, sizeof words);
      const noc::Header header = noc::Header::unpack(words);
      CHECK(header.cls == expected);
      CHECK(header.op == noc::Op::Put);
      CHECK(header.dst_die == noc::kHostDie);
      CHECK(header.addr == offset + result.size());
      REQUIRE(header.len > 0);
      result.insert(result.end(), packet.begin(), packet.begin() + header.len);
    }
    return result;
  }

  /// Reads SRAM by a get.
  std::vector<std::uint8_t> get(std::uint32_t address, std::uint32_t bytes) {
    noc::Descriptor descriptor = to_host(noc::global_address(noc::Region::Sram, 0, 0, 0, address), bytes, address);
    descriptor.kind = noc::Kind::Get;
    const auto payload = descriptor.pack();
    REQUIRE(send(packet(noc::Op::Get, 0, payload.data(), sizeof payload)) == golden::kFrameTaken);
    return receive(bytes, address, noc::Class::Response);
  }
};

std::vector<std::uint8_t> pattern(std::size_t bytes) {
  std::vector<std::uint8_t> result(bytes);
  for (std::size_t i = 0; i < bytes; ++i) result[i] = static_cast<std::uint8_t>(37 * i + seed());
  return result;
}

}  // namespace

TEST_CASE("A program comes over the serial line, runs, and its results are read back", "[board]") {
  Board board;
  Assembler as;  // squares of 1 to 8, by sums
  as.li(a1, kResults);
  as.li(t0, 0);
  as.li(t1, 1);
  as.li(t2, 8);
  const Label loop = as.here();
  as.add(t0, t0, t1);
  as.addi(t1, t1, 2);
  as.sd(t0, a1, 0);
  as.addi(a1, a1, 8);
  as.addi(t2, t2, -1);
  as.bnez(t2, loop);
  as.thread_exit(zero);
  board.load(as);
  board.start();
  board.finish();
  const std::vector<std::uint8_t> bytes = board.get(kResults, 64);
  for (std::uint64_t i = 0; i < 8; ++i) {
    std::uint64_t value = 0;
    std::memcpy(&value, &bytes[8 * i], 8);
    CHECK(value == (i + 1) * (i + 1));
  }
  CHECK_FALSE(board.shows(kFaulted | kError | kRefused));
}

TEST_CASE("What is put is got, also more than the node has credits for", "[board]") {
  Board board;
  const std::vector<std::uint8_t> bytes = pattern(1024);
  board.put(0xC00, bytes);
  CHECK(board.get(0xC00, 1024) == bytes);
}

TEST_CASE("A program sends to the host by itself", "[board]") {
  Board board;
  const std::vector<std::uint8_t> bytes = pattern(128);
  const auto words = Board::to_host(kResults, 128, 0x40).pack();
  std::vector<std::uint8_t> list(sizeof words);
  std::memcpy(list.data(), words.data(), list.size());
  board.put(kResults, bytes);
  board.put(kList, list);
  Assembler as;
  as.li(a1, kList);
  as.li(a2, 1);
  as.xfer(a1, a2);
  as.thread_exit(zero);
  board.load(as);
  board.start();
  CHECK(board.receive(128, 0x40, noc::Class::Request) == bytes);
}

TEST_CASE("A broken packet is refused and not written", "[board]") {
  Board board;
  const std::vector<std::uint8_t> bytes = pattern(64), other(64, 0x5a);
  board.put(kResults, bytes);
  std::vector<std::uint8_t> line = golden::on_line(Board::packet(noc::Op::Put, kResults, other.data(), other.size()));
  line[70] ^= 1;
  board.line().send(line);
  CHECK(board.answer() == golden::kFrameRefused);
  CHECK(board.shows(kRefused));
  CHECK(board.get(kResults, 64) == bytes);
  CHECK_FALSE(board.shows(kRefused));
}

TEST_CASE("The LEDs tell of a thread that faults and of a malformed packet", "[board]") {
  Board board;
  Assembler as;
  as.li(a1, 0x7ffffff8);
  as.ld(t0, a1, 0);
  board.load(as);
  board.start();
  board.finish();
  CHECK(board.shows(kFaulted));
  CHECK_FALSE(board.shows(kError));
  const std::uint64_t value = 0;
  CHECK(board.send(Board::packet(noc::Op::Put, 4, &value, sizeof value)) == golden::kFrameTaken);
  board.wait(20);
  CHECK(board.shows(kError));
}

}  // namespace tatami::test
