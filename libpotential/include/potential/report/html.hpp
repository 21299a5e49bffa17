#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/core/potential_table.hpp>
#include <potential/evaluation/labels.hpp>
#include <potential/scoring/score.hpp>

namespace potential {

/// Models to show: ranked, with their residues; and what is known of them.
struct ReportModels {
  std::vector<ModelScore> scores;
  std::string normalize = "total";   ///< what the scores were divided by
  std::optional<ModelTable> labels;  ///< matched by match_rows()
};

/// One self-contained HTML page: the potential to browse, and the models. It
/// needs no network; charts are drawn by plotly.js, which stands in the page
/// with its licence. Tables above 2,000,000 cells and profiles above 200,000
/// residues are thinned, which the page says.
/// @param name    what the potential is called in the page
/// @param recipe  how it was made, in words (storage/recipe_text.hpp)
/// @throws Error when the library was built without plotly.js; FormatError when
///         labels do not fit the models.
std::string html_report(const PotentialTable& table, const std::string& name, const Options& recipe,
                        const ReportModels& models);

/// @throws Error, telling what to install, when the library was built without
///         plotly.js.
void check_charts();

}  // namespace potential
