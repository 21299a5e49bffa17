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
/// Extracts, with --append and --checkpoint from and to the file `kept`; the
/// counts are not yet written there when it returns.
/// @param kept the counts file, empty when none is kept
ContactCounts run_extraction(const Arguments& arguments, Console& console, const std::string& kept);

}  // namespace potential::app
