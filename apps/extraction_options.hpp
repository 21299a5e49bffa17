#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/workflow/extract.hpp>

#include "command_line.hpp"
#include "console.hpp"

namespace potential::app {

/// What `extract` and `build` share.
void add_extraction_options(CommandLine& line);
/// --terms, which train has too.
void add_terms_option(CommandLine& line);
TableAxes read_axes(const Arguments& arguments);
/// --terms, which stands for the options of a table: none when it is not given.
/// @param also  further options that the list stands for
/// @throws UsageError when one of them is given too.
std::optional<TermsRecipe> read_terms(const Arguments& arguments,
                                      const std::vector<std::string>& also = {});
ExtractOptions read_extract_options(const Arguments& arguments, Console& console);
/// --append and --checkpoint. @param path the counts file, empty when none is kept
KeptCounts read_kept(const Arguments& arguments, const std::string& path);

}  // namespace potential::app
