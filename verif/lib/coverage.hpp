// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated_cov.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "verif/lib/moment.hpp"

namespace tatami::test {

/// How often each point of a top was reached, summed over all of a test program's benches. These are thousands of
/// models with tens of thousands of points each: to name its points takes a model longer than most benches run, so only
/// the first one does (`naming_points`), and of the others the counters are added, which are one array. The sums go to
/// V<top>.coverage beside the program when it ends, in Verilator's form: a line "C 'point' count" each.
template <class Top>
class CoverageLog {
 public:
  static CoverageLog& instance() {
    static CoverageLog log;
    return log;
  }

  /// A model has named its points and ended; it stays until the program ends.
  bool has_names() const { return top_ != nullptr; }

  /// Adds what a model has counted, at the end of its bench.
  void add(std::unique_ptr<VerilatedContext>& context, std::unique_ptr<Top>& top) {
    const auto& counters = top->rootp->vlSymsp->__Vcoverage;
    sums_.resize(std::size(counters));
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += counters[i];
    if (has_names()) return;
    context_ = std::move(context);
    top_ = std::move(top);
  }

  ~CoverageLog() {
    if (!has_names()) return;
    auto& counters = top_->rootp->vlSymsp->__Vcoverage;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      counters[i] =
          static_cast<std::uint32_t>(std::min<std::uint64_t>(sums_[i], std::numeric_limits<std::uint32_t>::max()));
    }
    const std::string name = std::string(top_->modelName()) + ".coverage";
    context_->coveragep()->write((FailureMoment::folder() / name).string());
    Verilated::threadContextp(context_.get());  // where a model with DPI functions looks when it ends
  }

 private:
  CoverageLog() = default;

  std::vector<std::uint64_t> sums_;
  std::unique_ptr<VerilatedContext> context_;
  std::unique_ptr<Top> top_;  // before its context
};

/// Whether models that are made now name their points.
inline bool naming_points = true;

}  // namespace tatami::test

// Verilator's functions by which a model names its points, in the order of calls: its counter, its file, its
// properties. The linker puts these in their place (VL_LIBS_cov).
#define TATAMI_COVERED(function, parameters, arguments)                       \
  extern "C" void __real_##function parameters;                               \
  extern "C" __attribute__((used)) inline void __wrap_##function parameters { \
    if (tatami::test::naming_points) __real_##function arguments;             \
  }                                                                           \
  static_assert(true)

using TatamiText = const char*;
TATAMI_COVERED(_ZN19VerilatedCovContext8_insertiEPj, (VerilatedCovContext * context, std::uint32_t* count),
               (context, count));
TATAMI_COVERED(_ZN19VerilatedCovContext8_insertfEPKci, (VerilatedCovContext * context, TatamiText file, int line),
               (context, file, line));
TATAMI_COVERED(_ZN19VerilatedCovContext8_insertpEPKcS1_S1_S1_S1_iS1_iS1_S1_S1_S1_S1_S1_S1_S1_,
               (VerilatedCovContext * context, TatamiText a, TatamiText b, TatamiText c, TatamiText d, TatamiText e,
                int line, TatamiText f, int column, TatamiText g, TatamiText h, TatamiText i, TatamiText j,
                TatamiText k, TatamiText l, TatamiText m, TatamiText n),
               (context, a, b, c, d, e, line, f, column, g, h, i, j, k, l, m, n));
TATAMI_COVERED(_ZN19VerilatedCovContext8_insertpEPKcS1_S1_S1_S1_iS1_iS1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_S1_,
               (VerilatedCovContext * context, TatamiText a, TatamiText b, TatamiText c, TatamiText d, TatamiText e,
                int line, TatamiText f, int column, TatamiText g, TatamiText h, TatamiText i, TatamiText j,
                TatamiText k, TatamiText l, TatamiText m, TatamiText n, TatamiText o, TatamiText p, TatamiText q,
                TatamiText r, TatamiText s, TatamiText t, TatamiText u, TatamiText v),
               (context, a, b, c, d, e, line, f, column, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v));
#undef TATAMI_COVERED
