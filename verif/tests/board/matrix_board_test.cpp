// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The matrix board at its pins: steps and read-outs over the serial line against the golden ones, and broken frames.
#include <cstring>
#include <string>
#include <vector>

#include "Vmatrix_board_tb.h"
#include "isa.hpp"
#include "verif/golden/board/frame.hpp"
#include "verif/golden/num/matrix.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/board/serial_line.hpp"
#include "verif/tests/num/dot_operands.hpp"

namespace tatami::test {
namespace {

constexpr std::uint8_t kStep = 0, kRead = 1;
constexpr std::uint8_t kFirst = 1, kWrite = 2, kBf16 = 16;

constexpr double kClocksPerBit = 16;

/// The board, and the golden accumulators.
class Board : public BoardHost<Vmatrix_board_tb> {
 public:
  Board() : BoardHost(kClocksPerBit), random_(seed() * 31) {
    REQUIRE(top().clocks_per_bit_o == kClocksPerBit);
    shape_ = {top().rows_o, top().cols_o, top().simd_bytes_o};
    tiles_.assign(top().tiles_o, std::vector<std::uint32_t>(std::size_t{shape_.rows} * shape_.cols));
  }

  NumberSource& random() { return random_; }
  unsigned tiles() const { return static_cast<unsigned>(tiles_.size()); }
  bool shows_refusal() const { return (top().led_o & 4) != 0; }

  golden::Frame command(std::uint8_t kind, unsigned tile, std::uint8_t flags) {
    golden::Frame frame{};
    for (auto& byte : frame) byte = static_cast<std::uint8_t>(random_.below(256));
    frame[64] = kind, frame[65] = static_cast<std::uint8_t>(tile), frame[66] = flags;
    return frame;
  }

  golden::Frame step(unsigned tile, bool first, const Descriptor& a, const Descriptor& b, const isa::Tile& how) {
    golden::Frame frame = command(kStep, tile, first ? kFirst : 0);
    fill(frame, 0, a), fill(frame, shape_.simd_bytes, b);
    frame[67] = static_cast<std::uint8_t>(how.pack());
    const std::uint16_t a_code = a.pack(), b_code = b.pack();
    std::memcpy(&frame[68], &a_code, 2), std::memcpy(&frame[70], &b_code, 2);
    return frame;
  }

  /// A step on a random tile in random formats, and the same on the golden accumulators.
  void random_step(bool first) {
    const auto formats = operand_formats();
    const auto any = [&] {
      return random_descriptor(random_, *formats[random_.below(static_cast<std::uint32_t>(formats.size()))]);
    };
    const unsigned tile = random_.below(tiles());
    const isa::Tile how = isa::Tile::unpack(random_.below(128));
    const Descriptor a = any(), b = any();
    const golden::Frame frame = step(tile, first, a, b, how);
    REQUIRE(send(frame) == golden::kFrameTaken);
    const std::span<const std::uint8_t> bytes(frame);
    golden::matrix_step(shape_, {bytes.subspan(0, shape_.simd_bytes), a, how.ta, how.ha},
                        {bytes.subspan(shape_.simd_bytes, shape_.simd_bytes), b, how.tb, how.hb}, tiles_[tile], first);
  }

  void write(unsigned tile, unsigned part) {
    const golden::Frame frame = command(kStep, tile, static_cast<std::uint8_t>(kWrite | part << 2));
    REQUIRE(send(frame) == golden::kFrameTaken);
    std::vector<std::uint32_t> words(shape_.simd_bytes / 4);
    std::memcpy(words.data(), frame.data(), shape_.simd_bytes);
    golden::matrix_write(shape_, tiles_[tile], part, words);
  }

  void write_all() {
    for (unsigned tile = 0; tile < tiles(); ++tile) {
      for (unsigned part = 0; part < 2; ++part) write(tile, part);
    }
  }

  /// Reads a part of a tile and compares it with the golden one.
  void check(unsigned tile, unsigned part, bool bf16) {
    REQUIRE(send(command(kRead, tile, static_cast<std::uint8_t>(part << 2 | (bf16 ? kBf16 : 0)))) ==
            golden::kFrameTaken);
    const std::vector<std::uint8_t> line = frame();
    golden::Frame expected{};
    if (bf16) {
      std::vector<std::uint16_t> halves(shape_.simd_bytes / 2);
      golden::matrix_read_bf16(shape_, tiles_[tile], part, halves);
      std::memcpy(expected.data(), halves.data(), shape_.simd_bytes);
    } else {
      std::vector<std::uint32_t> words(shape_.simd_bytes / 4);
      golden::matrix_read_fp32(shape_, tiles_[tile], part, words);
      std::memcpy(expected.data(), words.data(), shape_.simd_bytes);
    }
    CAPTURE(tile, part, bf16);
    CHECK(line == golden::on_line(expected));
  }

 private:
  /// A register of codes, mostly finite numbers: an infinity would soon make NaNs of all accumulators.
  void fill(golden::Frame& frame, std::size_t at, const Descriptor& format) {
    const std::size_t bytes = static_cast<std::size_t>(format.format().bits) / 8;
    for (std::size_t i = 0; i < shape_.simd_bytes; i += bytes) {
      std::uint32_t code = 0;
      do code = random_code(random_, format.format(), NumberSource::Range::kNearOne);
      while (golden::decode(code, format).type != golden::NumberClass::kFinite && !random_.chance(50));
      std::memcpy(&frame[at + i], &code, bytes);
    }
  }

  NumberSource random_;
  golden::MatrixShape shape_{};
  std::vector<std::vector<std::uint32_t>> tiles_;
};

constexpr Descriptor kInt8{formats::Kind::kInt8, 0, false, false};
constexpr Descriptor kFp32Descriptor{formats::Kind::kFp32, 0, false, false};

}  // namespace

TEST_CASE("The golden CRC has its published check value", "[board]") {
  const std::string text = "123456789";
  CHECK(golden::crc8(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())) == 0xf4);
}

TEST_CASE("Steps and read-outs over the serial line are the golden ones", "[board]") {
  Board board;
  board.write_all();
  for (int i = 0; i < 24; ++i) board.random_step(i % 8 == 7);
  for (unsigned tile = 0; tile < board.tiles(); ++tile) board.check(tile, tile % 2, tile % 3 == 0);
}

TEST_CASE("The host's clock may be 3 % faster or slower", "[board]") {
  Board board;
  board.write_all();
  for (const double factor : {0.97, 1.03}) {
    board.line().set_period(board.clocks() * factor);
    board.random_step(true);
    board.check(board.random().below(board.tiles()), 0, false);
  }
}

TEST_CASE("A broken frame is refused, and has no effect", "[board]") {
  Board board;
  board.write_all();
  const golden::Frame good = board.step(3, true, golden::kBf16Descriptor, golden::kBf16Descriptor, isa::Tile{});
  const std::vector<std::uint8_t> bytes = golden::on_line(good);
  const auto refused = [&](const std::string& what) {
    CAPTURE(what);
    CHECK(board.answer() == golden::kFrameRefused);
    CHECK(board.shows_refusal());
    board.wait(20);
    CHECK(board.line().received().empty());
    board.check(3, 0, false);
    board.check(3, 1, false);
    CHECK_FALSE(board.shows_refusal());
  };
  SECTION("a bit is wrong") {
    for (const std::size_t at : {std::size_t{1}, std::size_t{40}, std::size_t{66}, bytes.size() - 1}) {
      std::vector<std::uint8_t> wrong = bytes;
      wrong[at] ^= static_cast<std::uint8_t>(1u << board.random().below(8));
      board.line().send(wrong);
      refused("bit of byte " + std::to_string(at));
    }
  }
  SECTION("a stop bit is missing") {
    for (std::size_t i = 0; i < 30; ++i) board.line().send(bytes[i]);
    board.line().send(bytes[30], false);
    refused("stop bit");
  }
  SECTION("it stops short") {
    for (std::size_t i = 0; i < 50; ++i) board.line().send(bytes[i]);
    refused("short");
  }
  SECTION("it asks for what is not there") {
    golden::Frame frame = good;
    frame[64] = 2;
    board.line().send(golden::on_line(frame));
    refused("kind");
    frame = good, frame[65] = static_cast<std::uint8_t>(board.tiles());
    board.line().send(golden::on_line(frame));
    refused("tile");
    board.line().send(golden::on_line(board.step(3, true, kInt8, golden::kBf16Descriptor, isa::Tile{})));
    refused("an integer by a floating-point number");
    board.line().send(golden::on_line(board.step(3, true, kFp32Descriptor, kFp32Descriptor, isa::Tile{})));
    refused("no operand");
    frame = good, frame[69] |= 0xf0;
    board.line().send(golden::on_line(frame));
    refused("no descriptor");
  }
}

TEST_CASE("Noise between frames is no frame", "[board]") {
  Board board;
  board.write_all();
  board.line().level(false, 0.3);  // no start bit
  board.line().level(true, 3);
  board.line().send({0x00, 0xff, golden::kFrameTaken});
  board.line().level(true, 15);
  board.random_step(true);
  board.check(0, 0, false);
  CHECK(board.line().received().empty());
}

TEST_CASE("Reset in the middle of a frame: the next one is whole", "[board]") {
  Board board;
  board.write_all();
  const auto bytes = golden::on_line(board.step(0, true, golden::kBf16Descriptor, golden::kBf16Descriptor, {}));
  for (const double bits : {0.8, 3.5, 7.5, 60.0}) {  // into the twentieth byte, and after it
    CAPTURE(bits);
    for (std::size_t i = 0; i < 20; ++i) board.line().send(bytes[i]);
    board.wait(190 + bits);
    board.line().stop();
    board.reset();
    board.wait(2);
    board.random_step(true);
  }
  for (unsigned tile = 0; tile < board.tiles(); tile += 5) board.check(tile, 1, true);
}

}  // namespace tatami::test
