// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tatami::traffic {

/// A line of a chart.
struct Series {
  std::string name;
  std::vector<double> x;
  std::vector<double> y;
};

/// One of the charts of a picture; values above `y_most` are cut off.
struct Chart {
  std::string title;
  std::string x_label;
  std::string y_label;
  double x_most = 1;
  double y_most = 1;
  std::vector<Series> series;
};

/// The charts side by side with one legend, as SVG. Readable on a light and on a dark page.
std::string to_svg(const std::vector<Chart>& charts);

}  // namespace tatami::traffic
