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
/// needs no network and no other program. Tables above about 3,000,000 cells are
/// thinned to some of their bins, and profiles above 200,000 residues to the
/// best models, which the page says.
/// @param name    what the potential is called in the page
/// @param recipe  how it was made, in words (storage/recipe_text.hpp)
/// @throws FormatError when labels do not fit the models.
std::string html_report(const PotentialTable& table, const std::string& name, const Options& recipe,
                        const ReportModels& models);

}  // namespace potential
