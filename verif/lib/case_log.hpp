// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>

#include "nlohmann/json.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::test {

#if CATCH_VERSION_MAJOR >= 3
using CatchListener = Catch::EventListenerBase;
#else
using CatchListener = Catch::TestEventListenerBase;
#endif

/// Tells the regression what each test case did, beside Catch2's report for people: a line of JSON when a case begins
/// and one when it has ended, in the file that TATAMI_CASES names; nothing when it is not set. A case without a second
/// line is the one in which the program died.
class CaseLog : public CatchListener {
 public:
  explicit CaseLog(const Catch::ReporterConfig& config) : CatchListener(config) {
    if (const char* path = std::getenv("TATAMI_CASES")) log_.open(path);
  }

  void testCaseStarting(const Catch::TestCaseInfo& info) override {
    CatchListener::testCaseStarting(info);
    begin_ = std::chrono::steady_clock::now();
    message_.clear();
    write({{"begin", info.name}});
  }

  /// Returns what the version of Catch2 wants: nothing (3), or a value that it does not look at (2).
  auto assertionEnded(const Catch::AssertionStats& stats)
      -> decltype(std::declval<CatchListener>().assertionEnded(stats)) override {
    const Catch::AssertionResult& result = stats.assertionResult;
    if (!result.isOk() && message_.empty()) message_ = text_of(stats);
    return decltype(CatchListener::assertionEnded(stats))();
  }

  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin_;
    write({{"end", stats.testInfo.name},
           {"passed", stats.totals.testCases.failed == 0},
           {"assertions", stats.totals.assertions.total()},
           {"seconds", seconds.count()},
           {"message", message_}});
    CatchListener::testCaseEnded(stats);
  }

 private:
  /// Where, what was expected, what came, and what the test says besides.
  static std::string text_of(const Catch::AssertionStats& stats) {
    const Catch::AssertionResult& result = stats.assertionResult;
    std::string text = std::string(result.getSourceInfo().file) + ":" + std::to_string(result.getSourceInfo().line);
    if (result.hasExpression()) text += ": " + result.getExpressionInMacro();
    if (result.hasExpandedExpression()) text += " with expansion " + result.getExpandedExpression();
    for (const Catch::MessageInfo& info : stats.infoMessages) text += "\n" + info.message;
    return text;
  }

  void write(const nlohmann::json& line) {
    if (!log_.is_open()) return;
    log_ << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
  }

  std::ofstream log_;
  std::chrono::steady_clock::time_point begin_;
  std::string message_;  ///< of the case's first failure
};

}  // namespace tatami::test
