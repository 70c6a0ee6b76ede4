// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "verif/tests/iss/bench.hpp"
#include "verif/tests/iss/checksum.h"

namespace tatami::test {
namespace {

using namespace tatami::reg;

/// `checksum` as GCC compiles it for the node, to be loaded at the address; its entry is the first instruction.
std::vector<std::uint8_t> compile_checksum(std::uint64_t address) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("tatami-gcc-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const auto file = [&folder](const char* name) { return (folder / name).string(); };
  std::ofstream(file("main.c")) << "#include \"" << fs::absolute("verif/tests/iss/checksum.h").string() << "\"\n"
                                << "__attribute__((section(\".text.entry\"))) uint64_t entry(uint64_t seed) {\n"
                                << "  return checksum(seed);\n}\n";
  const std::string command =
      "riscv64-unknown-elf-gcc -O2 -march=rv64im -mabi=lp64 -mcmodel=medany -ffreestanding -nostdlib -fno-builtin"
      " -Wl,--entry=entry,--section-start=.text.entry=" +
      std::to_string(address) + " -o " + file("main.elf") + " " + file("main.c") +
      " && riscv64-unknown-elf-objcopy -O binary " + file("main.elf") + " " + file("main.bin");
  REQUIRE(std::system(command.c_str()) == 0);
  std::ifstream in(file("main.bin"), std::ios::binary);
  std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  fs::remove_all(folder);
  return bytes;
}

TEST_CASE("compiled C gives what the host computes", "[iss]") {
  if (std::system("command -v riscv64-unknown-elf-gcc > /dev/null 2>&1") != 0) {
    WARN("skipped: riscv64-unknown-elf-gcc is not installed (Debian package gcc-riscv64-unknown-elf)");
    return;
  }
  constexpr std::uint64_t kCode = 0x1000, kStackEnd = 0xf000;
  const std::vector<std::uint8_t> code = compile_checksum(kCode);
  for (std::uint64_t argument = seed(); argument < seed() + 20; ++argument) {
    Bench bench;
    std::ranges::copy(code, bench.iss.memory().bytes(kCode, code.size()).begin());
    Assembler as;
    as.li(sp, kStackEnd);
    as.li(a0, static_cast<std::int64_t>(argument));
    as.li(t0, kCode);
    as.jalr(ra, t0);
    as.thread_exit(a0);
    bench.run(as, 200000);
    INFO("seed of the checksum " << argument);
    CHECK(bench.iss.thread(0).run == golden::ThreadState::Run::Parked);
    CHECK(bench.iss.thread(0).value == checksum(argument));
  }
}

}  // namespace
}  // namespace tatami::test
