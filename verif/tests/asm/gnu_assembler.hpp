// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The GNU assembler for RISC-V as a reference that was not written by us.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

namespace tatami::test {

inline bool gnu_assembler_installed() {
  return std::system("command -v riscv64-unknown-elf-as riscv64-unknown-elf-objcopy > /dev/null 2>&1") == 0;
}

/// The words that GNU as makes of a program, one word per line of text. Throws when it does not assemble.
inline std::vector<std::uint32_t> assemble_with_gnu(const std::string& text) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("tatami-as-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const auto file = [&folder](const char* name) { return (folder / name).string(); };
  std::ofstream(file("in.s")) << ".option norelax\n" << text;
  const std::string object = file("out.o");
  const std::string command = "riscv64-unknown-elf-as -march=rv64im_zicsr_zifencei -mabi=lp64 -o " + object + " " +
                              file("in.s") + " && riscv64-unknown-elf-objcopy -O binary -j .text " + object + " " +
                              file("out.bin");
  if (std::system(command.c_str()) != 0) throw std::runtime_error("GNU as refused the program in " + file("in.s"));
  std::ifstream in(file("out.bin"), std::ios::binary);
  std::vector<std::uint32_t> words;
  for (std::uint32_t word; in.read(reinterpret_cast<char*>(&word), sizeof word);) words.push_back(word);
  fs::remove_all(folder);
  return words;
}

}  // namespace tatami::test
