// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/huge_pages.hpp"

#include <sys/mman.h>

#include <cstdint>

namespace tatami::engine {
namespace {

constexpr std::uintptr_t kHugePage = 2 << 20;
constexpr int kCollapse = 25;  // MADV_COLLAPSE of Linux 6.1, which older headers lack

}  // namespace

void use_huge_pages(std::span<const std::byte> memory) {
  const auto begin = reinterpret_cast<std::uintptr_t>(memory.data());
  for (std::uintptr_t page = begin / kHugePage * kHugePage; page < begin + memory.size(); page += kHugePage) {
    // Fails where not all of the page is mapped, or the kernel does not know it: then it stays as it is.
    void* const address = reinterpret_cast<void*>(page);  // NOLINT(performance-no-int-to-ptr)
    if (madvise(address, kHugePage, MADV_HUGEPAGE) == 0) madvise(address, kHugePage, kCollapse);
  }
}

}  // namespace tatami::engine
