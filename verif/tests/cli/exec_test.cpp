// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// `tatami exec` from outside: stock tools, the host's side of a program, and all that can be wrong with one.

#include <cstring>
#include <functional>
#include <random>
#include <vector>

#include <elf.h>

#include "sim/runtime/files.hpp"
#include "verif/lib/sim.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

const std::vector<std::string> kMachines{"--config small --lockstep", "--backend golden"};

/// Links an assembly program at 0x80000000 and returns how the shell ended.
Result assemble(const Workspace& workspace, const std::string& source, const std::string& options = "") {
  return workspace.shell(
      "riscv64-unknown-elf-gcc -march=rv64im -mabi=lp64 -nostdlib -I build/gen -Wl,-N,-Ttext=0x80000000 "
      "-Wl,--no-warn-rwx-segments " +
      options + " " + source + " -o %/program.elf");
}

/// A program that is all right; `change` spoils it.
void refuses_changed(const std::function<void(std::string&)>& change, const std::string& part) {
  std::string bytes = read_file("build/programs/hello.elf");
  change(bytes);
  const Workspace workspace;
  workspace.write("program.elf", bytes);
  fails(workspace.tatami("exec %/program.elf --backend golden"), 2, part);
}

template <typename T>
T get(const std::string& bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}
template <typename T>
void set(std::string& bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

/// Offset of the first segment's header that loads something.
std::size_t first_load(const std::string& bytes) {
  const auto header = get<Elf64_Ehdr>(bytes, 0);
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    const std::size_t offset = header.e_phoff + i * sizeof(Elf64_Phdr);
    const auto segment = get<Elf64_Phdr>(bytes, offset);
    if (segment.p_type == PT_LOAD && segment.p_memsz != 0) return offset;
  }
  FAIL("nothing to load");
  return 0;
}

}  // namespace

TEST_CASE("a machine-mode hart is what the privileged specification says", "[exec]") {
  const Workspace workspace;
  for (const std::string& machine : kMachines) {
    INFO(machine);
    REQUIRE(assemble(workspace, "verif/tests/cli/machine_mode.S").code == 0);
    const Result right = workspace.tatami("exec %/program.elf --max-cycles 100000 " + machine);
    CAPTURE(right.err);
    CHECK(right.code == 0);
    // A failed check reaches the host as its number.
    REQUIRE(assemble(workspace, "verif/tests/cli/machine_mode.S", "-Wa,--defsym,WRONG=11").code == 0);
    const Result wrong = workspace.tatami("exec %/program.elf --max-cycles 100000 " + machine);
    CHECK(wrong.code == 1);
    CHECK(contains(wrong.err, "ended with exit code 11"));
  }
}

TEST_CASE("C programs print, compute with vectors and matrices, and end", "[exec]") {
  const Workspace workspace;
  for (const std::string machine : {"--config small", "--config small --mesh 1x2", "--backend golden"}) {
    INFO(machine);
    const Result hello = workspace.tatami("exec build/programs/hello.elf " + machine);
    CHECK(hello.code == 0);
    CHECK(contains(hello.out, "Hello from a node.\n"));
    CHECK(contains(hello.out, "PASS: every program has ended"));
    const Result sums = workspace.tatami("exec build/programs/vector_add.elf " + machine);
    CHECK(sums.code == 0);
    CHECK(contains(sums.out, "256 sums in "));
    const Result step = workspace.tatami("exec build/programs/matrix_step.elf " + machine);
    CHECK(step.code == 0);
    CHECK(contains(step.out, "the product is right\n"));
  }
  for (const std::string machine : {"--config small", "--backend golden"}) {
    const Result exchange = workspace.tatami("exec build/programs/exchange.elf --mesh 2x2 " + machine);
    INFO(machine << "\n" << exchange.out << exchange.err);
    CHECK(exchange.code == 0);
    CHECK(contains(exchange.out, "blocks exchanged\n"));
  }
  const Result endless = workspace.tatami("exec build/programs/hello.elf --config small --max-cycles 300");
  CHECK(endless.code == 3);
  CHECK(contains(endless.err, "CYCLE LIMIT"));
}

TEST_CASE("injected errors: a single one is put right, a double one stops its reader", "[exec]") {
  const Workspace workspace;
  for (const std::string& machine : kMachines) {
    INFO(machine);
    const Result right =
        workspace.tatami("exec build/programs/hello.elf --inject 0x0:0x0:9 --inject 0x0:8:71 " + machine);
    CAPTURE(right.err);
    CHECK(right.code == 0);
    CHECK(contains(right.out, "Hello from a node.\n"));
    CHECK(contains(right.err, "Node (y 0, x 0) put 2 words of SRAM"));
    const Result lost = workspace.tatami("exec build/programs/hello.elf --inject 0x0:0x80000000:9+64 " + machine);
    CAPTURE(lost.err);
    CHECK(lost.code == 1);
    CHECK(contains(lost.err, "node (y 0, x 0) thread 0"));
    CHECK(contains(lost.err,
                   "met a word of SRAM with an error that cannot be corrected: the first at 0x0 (bank 0, column 0), "
                   "read by instruction fetch"));
    const Result late = workspace.tatami("exec build/programs/hello.elf --inject 0x0:0:1@90000000 " + machine);
    CHECK(late.code == 0);
    CHECK(contains(late.err, "The run ended before 1 of the --inject options came due."));
  }
  const std::string program = "exec build/programs/hello.elf --config small --inject ";
  refuses(program + "0x0:0x0", "a bit is missing or no number");
  refuses(program + "0:0x0:1", "the node's column is missing or no number");
  refuses(program + "0x0::1", "the address is missing or no number");
  refuses(program + "0x0:0:1+", "a bit is missing or no number");
  refuses(program + "0x0:0:1@", "the cycle is missing or no number");
  refuses(program + "0x0:0:72", "a stored word has bits 0 to 71");
  refuses(program + "0x0:4:1", "is not a multiple of 8");
  refuses(program + "1x0:0:1", "node (y 1, x 0) is not in a mesh of 1x1");
  refuses(program + "0x0:0x10000:1", "lie outside the node's SRAM");
}

TEST_CASE("a file that is no program for this machine is refused in one sentence", "[exec][bad]") {
  refuses("exec %/missing.elf", "missing.elf");
  refuses("exec %/bad.elf", "it is not an ELF file", "bad.elf");
  refuses_changed([](std::string& b) { b.clear(); }, "it is not an ELF file");
  refuses_changed([](std::string& b) { b.resize(100); }, "it is cut short");
  refuses_changed([](std::string& b) { b.resize(b.size() / 2); }, "it is cut short");
  refuses_changed([](std::string& b) { b[EI_CLASS] = ELFCLASS32; }, "it is not a 64-bit little-endian ELF file");
  refuses_changed([](std::string& b) { b[EI_DATA] = ELFDATA2MSB; }, "it is not a 64-bit little-endian ELF file");
  refuses_changed([](std::string& b) { set(b, offsetof(Elf64_Ehdr, e_machine), Elf64_Half{EM_X86_64}); },
                  "it is not for RISC-V");
  refuses_changed([](std::string& b) { set(b, offsetof(Elf64_Ehdr, e_type), Elf64_Half{ET_REL}); },
                  "it is not a linked executable");
  refuses_changed([](std::string& b) { set(b, offsetof(Elf64_Ehdr, e_flags), Elf64_Word{1}); },
                  "it has compressed instructions");
  refuses_changed([](std::string& b) { set(b, offsetof(Elf64_Ehdr, e_phoff), ~Elf64_Off{0} - 8); }, "it is cut short");
  refuses_changed([](std::string& b) { set(b, offsetof(Elf64_Ehdr, e_phnum), Elf64_Half{0}); },
                  "it has nothing to load");
  refuses_changed([](std::string& b) { set(b, first_load(b) + offsetof(Elf64_Phdr, p_memsz), Elf64_Xword{1} << 40); },
                  "does not fit a node's SRAM");
  // The first segment twice, each of more than half of the SRAM.
  refuses_changed(
      [](std::string& b) {
        auto segment = get<Elf64_Phdr>(b, first_load(b));
        segment.p_memsz = Elf64_Xword{1} << 20;
        set(b, offsetof(Elf64_Ehdr, e_phoff), Elf64_Off{b.size()});
        set(b, offsetof(Elf64_Ehdr, e_phnum), Elf64_Half{2});
        for (int copy = 0; copy < 2; ++copy) b.append(reinterpret_cast<const char*>(&segment), sizeof segment);
      },
      "a segment of 1048576 bytes behind others does not fit");
  refuses_changed([](std::string& b) { set(b, first_load(b) + offsetof(Elf64_Phdr, p_paddr), Elf64_Addr{0x40000000}); },
                  "lie outside the node's SRAM");
  refuses_changed([](std::string& b) { set(b, first_load(b) + offsetof(Elf64_Phdr, p_paddr), ~Elf64_Addr{0} - 16); },
                  "lie outside the node's SRAM");
}

TEST_CASE("no file makes the runner crash", "[exec][bad]") {
  const std::string good = read_file("build/programs/hello.elf");
  std::mt19937_64 random(seed());
  const Workspace workspace;
  for (int i = 0; i < 150; ++i) {
    std::string bytes = good;
    // Mostly in the headers, where it matters.
    const std::size_t reach = random() % 3 == 0 ? bytes.size() : 64 + 3 * 56;
    for (auto count = 1 + random() % 4; count > 0; --count) {
      bytes[random() % reach] = static_cast<char>(random());
    }
    if (random() % 8 == 0) bytes.resize(random() % bytes.size());
    workspace.write("program.elf", bytes);
    const Result result = workspace.tatami("exec %/program.elf --backend golden --max-cycles 3000");
    CAPTURE(i, result.code, result.err);
    CHECK(result.code >= 0);
    CHECK(result.code <= 3);
    CHECK_FALSE(contains(result.err, "internal error"));
    CHECK((result.code == 0 || !result.err.empty()));
  }
}

TEST_CASE("a program that goes wrong ends with a sentence that names place and instruction", "[exec][bad]") {
  struct Wrong {
    std::string code;
    int exit;
    std::string where;  ///< pc and instruction
    std::string what;
  };
  const std::vector<Wrong> programs{
      {"li t1, 0x100000000; ld a0, 8(t1)", 1, "0x80000008 (ld x10, 8(x6))",
       "a load from 0x100000008, outside local SRAM"},
      {"li t1, -8; sd a0, 0(t1)", 1, "0x80000004 (sd x10, 0(x6))",
       "a store or transfer at 0xfffffffffffffff8, outside"},
      {".word 0xffffffff", 1, "0x80000000 (.word 0xffffffff)", "an illegal instruction"},
      {"nop; .word 0", 1, "0x80000004 (.word 0x00000000)", "an illegal instruction"},
      {"ebreak", 1, "0x80000000 (ebreak)", "a breakpoint"},
      {"ecall", 1, "0x80000000 (ecall)", "an environment call"},
      {"li t1, 0x40000000; jr t1", 1, "0x40000000", "no instruction there: outside local SRAM"},
      {"la t1, _start; jalr t1, 2(t1)", 1, "0x80000008 (jalr x6, 2(x6))",
       "a jump to 0x80000002, which is not a multiple of 4"},
      {"li t1, 0x1004; vld 1, t1, 0", 1, "(vld v1, 0(x6))", "a misaligned access to 0x1004"},
      {"csrw 0x7c3, t1; li t1, 0x1ffff; csrw 0x7c3, t1", 1, "(csrrw x0, tfmt3, x6)", "a format descriptor (3)"},
      {"j _start", 3, "is running", "CYCLE LIMIT"},
      {"li t1, 9; li t2, 2; sem.wait t1, t2", 3, "(sem.wait x6, x7)", "waits until semaphore 9 holds 2, now 0"},
      {"li t1, 9; li t2, 1; sem.post t1, t2; li t2, 2; sem.wait t1, t2", 3, "(sem.wait x6, x7)",
       "waits until semaphore 9 holds 2, now 1"},
      {"li t1, 3; thread.barrier t1", 3, "(thread.barrier x6)", "waits at a barrier for the threads 0 and 1"},
      {"li t1, 0x1004; li t2, 1; xfer t1, t2", 1, "(xfer x6, x7)", "a misaligned access to 0x1004"},
  };
  const Workspace workspace;
  for (const Wrong& wrong : programs) {
    workspace.write("program.S",
                    "#include \"tatami_insn.h\"\n.option norelax\n.option arch, +zicsr\n.globl _start\n"
                    "_start:\n  " +
                        wrong.code + "\n");
    const Result built = assemble(workspace, "%/program.S");
    CAPTURE(wrong.code, built.err);
    REQUIRE(built.code == 0);
    for (const std::string& machine : kMachines) {
      const Result result = workspace.tatami("exec %/program.elf --max-cycles 20000 " + machine);
      CAPTURE(machine, result.err);
      CHECK(result.code == wrong.exit);
      CHECK(contains(result.err, "node (y 0, x 0) thread 0 at pc "));
      CHECK(contains(result.err, wrong.where));
      CHECK(contains(result.err, wrong.what));
    }
  }
}

}  // namespace tatami::test
