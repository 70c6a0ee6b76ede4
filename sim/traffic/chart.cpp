// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/traffic/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tatami::traffic {
namespace {

constexpr double kWidth = 360, kHeight = 260, kLeft = 60, kTop = 40, kGap = 90, kLegend = 40;
constexpr unsigned kTicks = 5;
constexpr std::array kColours = {"#2f6fd0", "#d0662f", "#2f9e58", "#9c4fc4", "#b8930b"};

std::string draw(const Chart& chart, double left) {
  const auto px = [&](double x) { return left + kWidth * x / chart.x_most; };
  const auto py = [&](double y) { return kTop + kHeight * (1 - std::min(y, chart.y_most) / chart.y_most); };
  std::string svg = fmt::format(
      "<text x='{}' y='{}' class='title'>{}</text>\n<rect x='{}' y='{}' width='{}' height='{}' class='frame'/>\n", left,
      kTop - 14, chart.title, left, kTop, kWidth, kHeight);
  for (unsigned i = 0; i <= kTicks; ++i) {
    const double x = chart.x_most * i / kTicks, y = chart.y_most * i / kTicks;
    svg += fmt::format("<text x='{:.1f}' y='{}' text-anchor='middle'>{:.3g}</text>\n", px(x), kTop + kHeight + 16, x);
    svg += fmt::format("<text x='{}' y='{:.1f}' text-anchor='end'>{:.3g}</text>\n", left - 6, py(y) + 4, y);
    if (i != 0) svg += fmt::format("<path d='M{} {:.1f}h{}' class='grid'/>\n", left, py(y), kWidth);
  }
  svg += fmt::format("<text x='{}' y='{}' text-anchor='middle'>{}</text>\n", left + kWidth / 2, kTop + kHeight + 34,
                     chart.x_label);
  svg += fmt::format("<text transform='translate({},{}) rotate(-90)' text-anchor='middle'>{}</text>\n", left - 44,
                     kTop + kHeight / 2, chart.y_label);
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const Series& series = chart.series[s];
    std::string path;
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      path += fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", px(series.x[i]), py(series.y[i]));
      if (series.y[i] > chart.y_most) break;  // along the upper edge a line would say nothing
    }
    svg += fmt::format("<path d='{}' stroke='{}' class='line'/>\n", path, kColours[s % kColours.size()]);
  }
  return svg;
}

}  // namespace

std::string to_svg(const std::vector<Chart>& charts) {
  const double width = kLeft + (kWidth + kGap) * static_cast<double>(charts.size());
  std::string svg = fmt::format(
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}' font-family='sans-serif' font-size='12'>\n"
      "<style>text{{fill:#777}}.title{{font-size:14px;font-weight:bold}}.frame{{fill:none;stroke:#777}}"
      ".grid{{stroke:#777;stroke-opacity:.2}}.line{{fill:none;stroke-width:2}}</style>\n",
      width, kTop + kHeight + kLegend + 40);
  double left = kLeft;
  for (const Chart& chart : charts) {
    svg += draw(chart, left);
    left += kWidth + kGap;
  }
  left = kLeft;
  for (std::size_t s = 0; !charts.empty() && s < charts[0].series.size(); ++s) {
    const double y = kTop + kHeight + kLegend + 22;
    svg += fmt::format("<path d='M{} {}h24' stroke='{}' class='line'/><text x='{}' y='{}'>{}</text>\n", left, y,
                       kColours[s % kColours.size()], left + 30, y + 4, charts[0].series[s].name);
    left += 150;
  }
  return svg + "</svg>\n";
}

}  // namespace tatami::traffic
