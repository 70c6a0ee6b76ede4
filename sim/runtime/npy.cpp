// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/runtime/npy.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <ranges>

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

/// An element's bytes as a number of type Float.
template <typename Float>
double real(std::string_view element) {
  Float value;
  std::memcpy(&value, element.data(), sizeof(Float));
  return value;
}

/// "float32 ('<f4')".
std::string type_name(const std::string& type) {
  const std::string kind = type[1] == 'f' ? "float" : type[1] == 'u' ? "uint" : "int";
  return fmt::format("{}{} ('{}')", kind, 8 * (type.back() - '0'), type);
}

/// Position in column-major order of element `i` of row-major order.
std::size_t fortran_position(const Shape& shape, std::size_t i) {
  const std::vector<std::size_t> index = unravel(shape, i);
  std::size_t position = 0;
  for (std::size_t d = shape.size(); d-- > 0;) position = position * shape[d] + index[d];
  return position;
}

/// A file's elements as they lie there.
struct Contents {
  Shape shape;
  std::string type;
  bool fortran;
  std::size_t element_bytes;
  std::string_view data;

  std::size_t count() const { return data.size() / element_bytes; }
  /// The element that is number `i` in row-major order.
  std::string_view element(std::size_t i) const {
    return data.substr((fortran ? fortran_position(shape, i) : i) * element_bytes, element_bytes);
  }
};

/// Takes a file apart that has elements of one of `types`.
Contents open(std::string_view bytes, const std::string& origin, const std::vector<std::string>& types) {
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
  if (std::ranges::find(types, *header.descr) == types.end()) {
    fail(fmt::format("its elements are '{}'; save it as {}", *header.descr,
                     fmt::join(types | std::views::transform(type_name), " or ")));
  }
  std::size_t count = 1;
  for (const std::size_t extent : *header.shape) {
    if (extent == 0) fail(fmt::format("its shape {} has no elements", to_string(*header.shape)));
    if (count > kLargestVolume / extent) fail("its shape is too large");
    count *= extent;
  }
  const auto element_bytes = static_cast<std::size_t>(header.descr->back() - '0');
  const std::string_view data = bytes.substr(start + length);
  const std::size_t expected = count * element_bytes;
  if (data.size() != expected) {
    fail(fmt::format("shape {} needs {} bytes of data and it has {}", to_string(*header.shape), expected, data.size()));
  }
  return {*header.shape, *header.descr, *header.fortran, element_bytes, data};
}

}  // namespace

Array parse(std::string_view bytes, const std::string& origin) {
  const Contents contents = open(bytes, origin, {"<f4", "<f8"});
  Array array{contents.shape, std::vector<double>(contents.count())};
  for (std::size_t i = 0; i < contents.count(); ++i) {
    const std::string_view element = contents.element(i);
    array.values[i] = element.size() == 4 ? real<float>(element) : real<double>(element);
  }
  return array;
}

Array read(const std::filesystem::path& path) { return parse(read_file(path), path.string()); }

Codes parse_codes(std::string_view bytes, const std::string& origin, const std::vector<std::string>& types) {
  const Contents contents = open(bytes, origin, types);
  Codes result{contents.shape, contents.type, std::vector<std::uint32_t>(contents.count())};
  for (std::size_t i = 0; i < contents.count(); ++i) {
    std::memcpy(&result.codes[i], contents.element(i).data(), contents.element_bytes);
  }
  return result;
}

Codes read_codes(const std::filesystem::path& path, const std::vector<std::string>& types) {
  return parse_codes(read_file(path), path.string(), types);
}

std::string format(const Codes& codes) {
  std::string shape;
  for (const std::size_t extent : codes.shape) shape += fmt::format("{}, ", extent);
  if (codes.shape.size() > 1) shape.resize(shape.size() - 2);
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", codes.type, shape);
  constexpr std::size_t kPrefix = 10, kAlignment = 64;
  header.append((kAlignment - (kPrefix + header.size() + 1) % kAlignment) % kAlignment, ' ');
  header += '\n';

  std::string bytes(kMagic);
  bytes += {'\x01', '\x00', static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
  bytes += header;
  const int element_bytes = codes.type.back() - '0';
  for (const std::uint32_t code : codes.codes) {
    for (int b = 0; b < element_bytes; ++b) bytes += static_cast<char>(code >> (8 * b));
  }
  return bytes;
}

std::string format(const HostTensor& tensor) {
  Codes codes{tensor.shape, "<f4", {}};
  for (std::size_t i = 0; i < tensor.bits.size(); ++i) {
    codes.codes.push_back(std::bit_cast<std::uint32_t>(static_cast<float>(tensor.value(i))));
  }
  return format(codes);
}

}  // namespace tatami::npy
