// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/runtime/npy.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <optional>

#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"

namespace tatami::npy {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kLargestVolume = std::size_t{1} << 40;

/// The header: a Python dictionary literal of three known keys, each of a known kind.
struct Header {
  std::optional<std::string> descr;
  std::optional<bool> fortran;
  std::optional<Shape> shape;
};

/// Reads the dictionary; nothing beyond what NumPy writes is understood.
class HeaderParser {
 public:
  HeaderParser(std::string_view text, const std::string& origin) : text_(text), origin_(origin) {}

  Header parse() {
    Header header;
    expect('{');
    while (!accept('}')) {
      const std::string key = string();
      expect(':');
      if (key == "descr") {
        header.descr = peek() == '\'' || peek() == '"' ? string() : fail("its elements are records, not numbers");
      } else if (key == "fortran_order") {
        header.fortran = boolean();
      } else if (key == "shape") {
        header.shape = shape();
      } else {
        fail(fmt::format("its header has an unknown key '{}'", key));
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (peek() != '\0') fail("its header goes on after the closing brace");
    if (!header.descr || !header.fortran || !header.shape) fail("its header lacks descr, fortran_order or shape");
    return header;
  }

 private:
  [[noreturn]] std::string fail(const std::string& why) const {
    throw InputError(fmt::format("{} is not a usable .npy file: {}", origin_, why));
  }

  char peek() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool accept(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail(fmt::format("its header lacks '{}' at position {}", c, at_));
  }
  std::string string() {
    const char quote = peek();
    if (quote != '\'' && quote != '"') fail(fmt::format("its header lacks a string at position {}", at_));
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) fail("its header has a string without an end");
    const std::string value(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return value;
  }
  bool boolean() {
    peek();
    for (const auto& [word, value] : {std::pair{std::string_view("True"), true}, {"False", false}}) {
      if (text_.substr(at_, word.size()) == word) {
        at_ += word.size();
        return value;
      }
    }
    fail("fortran_order is neither True nor False");
  }
  Shape shape() {
    Shape result;
    expect('(');
    while (!accept(')')) {
      std::size_t extent = 0, digits = 0;
      for (; peek() >= '0' && peek() <= '9'; ++digits, ++at_) {
        extent = 10 * extent + static_cast<std::size_t>(text_[at_] - '0');
        if (extent > kLargestVolume) fail("an extent is too large");
      }
      if (digits == 0) fail("shape is not a tuple of whole numbers");
      result.push_back(extent);
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return result;
  }

  std::string_view text_;
  const std::string& origin_;
  std::size_t at_ = 0;
};

template <typename Float>
double element(std::string_view data, std::size_t i) {
  Float value;
  std::memcpy(&value, data.data() + i * sizeof(Float), sizeof(Float));
  return value;
}

/// Position in column-major order of element `i` of row-major order.
std::size_t fortran_position(const Shape& shape, std::size_t i) {
  const std::vector<std::size_t> index = unravel(shape, i);
  std::size_t position = 0;
  for (std::size_t d = shape.size(); d-- > 0;) position = position * shape[d] + index[d];
  return position;
}

}  // namespace

Array parse(std::string_view bytes, const std::string& origin) {
  const auto fail = [&](const std::string& why) {
    throw InputError(fmt::format("{} is not a usable .npy file: {}", origin, why));
  };
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
  if (bytes.substr(0, kMagic.size()) != kMagic) fail("it does not start with the NumPy signature");
  if (bytes.size() < 10) fail("it ends inside its header");
  const std::size_t version = byte(6);
  if (version < 1 || version > 3) fail(fmt::format("format version {} is unknown", version));
  const std::size_t start = version == 1 ? 10 : 12;
  if (bytes.size() < start) fail("it ends inside its header");
  std::size_t length = byte(8) | byte(9) << 8;
  if (version > 1) length |= byte(10) << 16 | byte(11) << 24;
  if (bytes.size() - start < length) fail("it ends inside its header");

  const Header header = HeaderParser(bytes.substr(start, length), origin).parse();
  const bool single = *header.descr == "<f4", twice = *header.descr == "<f8";
  if (!single && !twice) {
    fail(fmt::format("its elements are '{}'; save it as float32 ('<f4') or float64 ('<f8')", *header.descr));
  }
  std::size_t count = 1;
  for (const std::size_t extent : *header.shape) {
    if (extent == 0) fail(fmt::format("its shape {} has no elements", to_string(*header.shape)));
    if (count > kLargestVolume / extent) fail("its shape is too large");
    count *= extent;
  }
  const std::string_view data = bytes.substr(start + length);
  const std::size_t expected = count * (single ? 4 : 8);
  if (data.size() != expected) {
    fail(fmt::format("shape {} needs {} bytes of data and it has {}", to_string(*header.shape), expected, data.size()));
  }
  Array array{*header.shape, std::vector<double>(count)};
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = *header.fortran ? fortran_position(array.shape, i) : i;
    array.values[i] = single ? element<float>(data, at) : element<double>(data, at);
  }
  return array;
}

Array read(const std::filesystem::path& path) { return parse(read_file(path), path.string()); }

std::string format(const HostTensor& tensor) {
  std::string shape;
  for (const std::size_t extent : tensor.shape) shape += fmt::format("{}, ", extent);
  if (tensor.shape.size() > 1) shape.resize(shape.size() - 2);
  std::string header = fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}), }}", shape);
  constexpr std::size_t kPrefix = 10, kAlignment = 64;
  header.append((kAlignment - (kPrefix + header.size() + 1) % kAlignment) % kAlignment, ' ');
  header += '\n';

  std::string bytes(kMagic);
  bytes += {'\x01', '\x00', static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
  bytes += header;
  for (std::size_t i = 0; i < tensor.bits.size(); ++i) {
    const auto word = std::bit_cast<std::uint32_t>(static_cast<float>(tensor.value(i)));
    for (int b = 0; b < 4; ++b) bytes += static_cast<char>(word >> (8 * b));
  }
  return bytes;
}

}  // namespace tatami::npy
