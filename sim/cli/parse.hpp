// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "formats.hpp"
#include "sim/routing/grid.hpp"
#include "sim/runtime/device.hpp"
#include "sim/runtime/mesh.hpp"
#include "sim/runtime/tensor.hpp"

namespace tatami::cli {

/// "16x32" as two whole numbers. `what` names the option in messages. Throws InputError.
std::pair<std::size_t, std::size_t> parse_pair(const std::string& text, const std::string& what);
/// "ROWSxCOLS", both from 1 to Mesh::kMaxSide.
Mesh parse_mesh(const std::string& text);
/// "YxX,YxX,...", nodes of the mesh.
std::vector<NodeId> parse_nodes(const std::string& text, const std::string& option, const Mesh& mesh);
/// The same of a machine: nodes that are not dead.
std::vector<NodeId> parse_live_nodes(const std::string& text, const std::string& option, const routing::Grid& grid);
/// A number format for results: fp32 or bf16.
DataType parse_type(const std::string& text, const std::string& what);
/// A type that the matrix unit multiplies, by the name of its format.
DataType parse_operand_type(const std::string& text);

/// A format by its name, with a bias and a rule for denormals. Throws InputError for an unknown name, a bias outside of
/// 0..63, and a bias or rule that the format does not leave open; `prefix` stands before the options' names in
/// messages.
formats::Descriptor parse_descriptor(const std::string& format, int bias, bool gradual,
                                     const std::string& prefix = "--");

/// A command line that a shell reads back as the same arguments.
std::string shell_command(int argc, const char* const* argv);

/// The machine to run on: rtl or golden. Throws InputError for another.
void check_backend(const std::string& backend);
/// Host threads. Throws InputError for none, or more than a machine would have.
void check_threads(unsigned threads);

}  // namespace tatami::cli
