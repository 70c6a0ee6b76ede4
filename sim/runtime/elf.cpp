// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/runtime/elf.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <cstring>

#include "sim/runtime/error.hpp"

namespace tatami {
namespace {

/// Bounds-checked access to the file.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& origin) : bytes_(bytes), origin_(origin) {}

  [[noreturn]] void fail(const std::string& why) const {
    throw InputError(fmt::format("{} is not a usable program: {}", origin_, why));
  }

  std::string_view slice(std::uint64_t offset, std::uint64_t size) const {
    if (offset > bytes_.size() || size > bytes_.size() - offset) fail("it is cut short");
    return bytes_.substr(offset, size);
  }

  template <typename T>
  T at(std::uint64_t offset) const {
    T value;
    std::memcpy(&value, slice(offset, sizeof(T)).data(), sizeof(T));
    return value;
  }

  /// The zero-terminated string at `offset` of a string table.
  std::string string(const Elf64_Shdr& table, std::uint64_t offset) const {
    const std::string_view text = slice(table.sh_offset, table.sh_size);
    if (offset >= text.size()) fail("a name lies outside its string table");
    return std::string(text.substr(offset, text.find('\0', offset) - offset));
  }

 private:
  std::string_view bytes_;
  const std::string& origin_;
};

void check(const Reader& file, const Elf64_Ehdr& header) {
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) file.fail("it is not an ELF file");
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB) {
    file.fail("it is not a 64-bit little-endian ELF file");
  }
  if (header.e_machine != EM_RISCV) file.fail("it is not for RISC-V");
  if (header.e_type != ET_EXEC) file.fail("it is not a linked executable");
  constexpr Elf64_Word kCompressed = 1, kFloatAbi = 6;
  if ((header.e_flags & kCompressed) != 0) file.fail("it has compressed instructions; build it with -march=rv64im");
  if ((header.e_flags & kFloatAbi) != 0) file.fail("it passes floats in registers; build it with -mabi=lp64");
  if (header.e_phentsize != sizeof(Elf64_Phdr)) file.fail("its program headers have another size");
}

void read_symbols(const Reader& file, const Elf64_Ehdr& header, ElfProgram& program) {
  const auto section = [&](std::uint64_t i) { return file.at<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr)); };
  for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
    const auto table = section(i);
    if (table.sh_type != SHT_SYMTAB) continue;
    if (table.sh_link >= header.e_shnum) file.fail("its symbol table has no names");
    const auto names = section(table.sh_link);
    for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
      const auto symbol = file.at<Elf64_Sym>(table.sh_offset + at);
      if (symbol.st_shndx != SHN_UNDEF) program.symbols[file.string(names, symbol.st_name)] = symbol.st_value;
    }
  }
}

}  // namespace

ElfProgram parse_elf(std::string_view bytes, const std::string& origin, std::uint64_t most_bytes) {
  const Reader file(bytes, origin);
  if (bytes.size() < sizeof(Elf64_Ehdr)) file.fail("it is not an ELF file");
  const auto header = file.at<Elf64_Ehdr>(0);
  check(file, header);
  ElfProgram program{header.e_entry, {}, {}};
  std::uint64_t room = most_bytes;  // so that a file of many segments does not fill the host's memory
  for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
    const auto segment = file.at<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
    if (segment.p_type != PT_LOAD || segment.p_memsz == 0) continue;
    if (segment.p_memsz > room) {
      const std::string_view more = room < most_bytes ? " behind others" : "";
      file.fail(fmt::format("a segment of {} bytes{} does not fit a node's SRAM of {} bytes", segment.p_memsz, more,
                            most_bytes));
    }
    if (segment.p_filesz > segment.p_memsz) file.fail("a segment has more bytes in the file than in memory");
    room -= segment.p_memsz;
    const std::string_view content = file.slice(segment.p_offset, segment.p_filesz);
    ElfProgram::Segment loaded{segment.p_paddr, {content.begin(), content.end()}};
    loaded.bytes.resize(segment.p_memsz);
    program.segments.push_back(std::move(loaded));
  }
  if (program.segments.empty()) file.fail("it has nothing to load");
  read_symbols(file, header, program);
  return program;
}

}  // namespace tatami
