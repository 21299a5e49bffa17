#pragma once
#include <potential/core/contact_counts.hpp>
#include <potential/extraction/extract.hpp>

#include "command_line.hpp"
#include "console.hpp"

namespace potential::app {

/// What `extract` and `build` share.
extern const char* const input_help;
void add_extraction_options(CommandLine& line);
TableAxes read_axes(const Arguments& arguments);
/// --models. @throws UsageError.
ReadOptions read_model_choice(const Arguments& arguments);
ExtractOptions read_extract_options(const Arguments& arguments, Console& console);

}  // namespace potential::app
