// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// .npy files: what NumPy writes is read, what it would not write is refused with a sentence.

#include "sim/runtime/npy.hpp"

#include <unistd.h>

#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"
#include "verif/lib/catch.hpp"

namespace tatami {
namespace {

/// A file as NumPy lays it out, with any header text and any data.
std::string file(const std::string& dictionary, const std::string& data, char version = 1) {
  std::string header = dictionary;
  const std::size_t prefix = version == 1 ? 10 : 12;
  while ((prefix + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += {version, '\0', static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
  if (version > 1) bytes += {'\0', '\0'};
  return bytes + header + data;
}

std::string dictionary(const std::string& descr, const std::string& order, const std::string& shape) {
  return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
}

template <typename Float>
std::string data(const std::vector<Float>& values) {
  std::string bytes(values.size() * sizeof(Float), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// The sentence with which a file is refused; empty when it is not.
std::string refusal(const std::string& bytes) {
  try {
    npy::parse(bytes, "x.npy");
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("float32 and float64 files of every format version are read", "[npy]") {
  const std::vector<float> singles{1.5F, -2.0F, 3.25F, 0.0F, 5.0F, 6.0F};
  const std::vector<double> doubles{1.5, -2.0, 3.25, 0.0, 5.0, 6.0};
  for (const char version : {1, 2, 3}) {
    const npy::Array a = npy::parse(file(dictionary("<f4", "False", "(2, 3)"), data(singles), version), "a");
    CHECK(a.shape == Shape{2, 3});
    CHECK(a.values == doubles);
    CHECK(npy::parse(file(dictionary("<f8", "False", "(6,)"), data(doubles), version), "a").values == doubles);
  }
  CHECK(npy::parse(file(dictionary("<f8", "False", "()"), data<double>({7.0})), "a").shape.empty());
}

TEST_CASE("Fortran order is converted", "[npy]") {
  const npy::Array a = npy::parse(file(dictionary("<f4", "True", "(2, 3)"), data<float>({1, 4, 2, 5, 3, 6})), "a");
  CHECK(a.values == std::vector<double>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("what is written is read back", "[npy]") {
  HostTensor tensor{{2, 1, 2}, DataType::Fp32, {}};
  for (const float value : {1.0F, -0.5F, 3e38F, 1e-40F}) tensor.bits.push_back(std::bit_cast<std::uint32_t>(value));
  const std::string bytes = npy::format(tensor);
  CHECK(bytes.find('\n') % 64 == 63);  // NumPy aligns the data
  const npy::Array read = npy::parse(bytes, "a");
  CHECK(read.shape == tensor.shape);
  for (std::size_t i = 0; i < 4; ++i) CHECK(read.values[i] == tensor.value(i));
  const HostTensor vector{{1}, DataType::Bf16, {0x3fc0}};
  CHECK(contains(npy::format(vector), "'shape': (1, ), "));
  CHECK(npy::parse(npy::format(vector), "a").values == std::vector<double>{1.5});
}

TEST_CASE("anything else is refused with a sentence", "[npy]") {
  const std::string good = file(dictionary("<f4", "False", "(2, 2)"), data<float>({1, 2, 3, 4}));
  REQUIRE(refusal(good).empty());
  CHECK(contains(refusal(""), "signature"));
  CHECK(contains(refusal("PK\x03\x04 a zip file"), "signature"));
  CHECK(contains(refusal(good.substr(0, 8)), "ends inside its header"));
  CHECK(contains(refusal(good.substr(0, 40)), "ends inside its header"));
  CHECK(contains(refusal(good.substr(0, good.size() - 1)), "needs 16 bytes of data and it has 15"));
  CHECK(contains(refusal(good + "x"), "needs 16 bytes of data and it has 17"));
  std::string unknown_version = good;
  unknown_version[6] = 9;
  CHECK(contains(refusal(unknown_version), "version 9"));
  CHECK(contains(refusal(file(dictionary("<i4", "False", "(2, 2)"), std::string(16, 'x'))), "'<i4'"));
  CHECK(contains(refusal(file(dictionary(">f4", "False", "(2, 2)"), std::string(16, 'x'))), "'>f4'"));
  CHECK(contains(refusal(file(dictionary("<f2", "False", "(2, 2)"), std::string(8, 'x'))), "float32"));
  CHECK(
      contains(refusal(file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "0000")), "records"));
  CHECK(contains(refusal(file("{'descr': '<f4', 'shape': (1,), }", "0000")), "lacks descr"));
  CHECK(contains(refusal(file("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }", "0000")), "True nor False"));
  CHECK(contains(refusal(file(dictionary("<f4", "False", "(-1,)"), "")), "whole numbers"));
  CHECK(contains(refusal(file(dictionary("<f4", "False", "(0, 3)"), "")), "no elements"));
  CHECK(contains(refusal(file(dictionary("<f4", "False", "(99999999999, 99999999999)"), "")), "too large"));
  CHECK(contains(refusal(file(dictionary("<f4", "False", "(1048576, 1048576, 1048576)"), "")), "too large"));
  CHECK(contains(refusal(file("{'descr': '<f4'", "")), "lacks"));
  CHECK(contains(refusal(file("{'descr: ", "")), "without an end"));
  CHECK(contains(refusal(file("nonsense", "")), "lacks '{'"));
  CHECK(contains(refusal(file(dictionary("<f4", "False", "(1,)") + "x", "0000")), "goes on"));
}

TEST_CASE("no cut or flipped byte of a header crashes the reader", "[npy]") {
  const std::string good = file(dictionary("<f4", "False", "(2, 2)"), data<float>({1, 2, 3, 4}));
  for (std::size_t i = 0; i < good.size(); ++i) {
    CHECK_FALSE(refusal(good.substr(0, i)).empty());
    for (const int flip : {0x01, 0x10, 0xff}) {
      std::string damaged = good;
      damaged[i] = static_cast<char>(damaged[i] ^ flip);
      (void)refusal(damaged);  // may be read or refused, but by nothing else than InputError
    }
  }
}

TEST_CASE("an output file appears whole or not at all", "[files]") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("tatami_files_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const fs::path path = folder / "out.bin";
  { const OutputFile abandoned(path); }
  CHECK(fs::is_empty(folder));
  {
    OutputFile file(path);
    CHECK_FALSE(fs::exists(path));
    file.commit("whole");
  }
  CHECK(read_file(path) == "whole");
  CHECK(std::distance(fs::directory_iterator(folder), fs::directory_iterator()) == 1);
  CHECK_THROWS_AS(OutputFile(folder), InputError);
  CHECK_THROWS_AS(OutputFile(folder / "missing" / "out.bin"), InputError);
  CHECK_THROWS_AS(read_file(folder / "missing"), InputError);
  CHECK_THROWS_AS(read_file(folder), InputError);
  fs::remove_all(folder);
}

}  // namespace tatami
