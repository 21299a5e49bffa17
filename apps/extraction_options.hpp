#pragma once
#include <string>

#include <potential/workflow/extract.hpp>

#include "command_line.hpp"
#include "console.hpp"

namespace potential::app {

/// What `extract` and `build` share.
void add_extraction_options(CommandLine& line);
TableAxes read_axes(const Arguments& arguments);
ExtractOptions read_extract_options(const Arguments& arguments, Console& console);
/// --append and --checkpoint. @param path the counts file, empty when none is kept
KeptCounts read_kept(const Arguments& arguments, const std::string& path);

}  // namespace potential::app
