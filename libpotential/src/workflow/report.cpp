#include <potential/report/html.hpp>
#include <potential/storage/recipe_text.hpp>
#include <potential/workflow/report.hpp>

namespace potential {

std::string report(const PotentialTable& table, const std::string& name, const Inputs& models,
                   const ReportOptions& options) {
  ReportModels shown;
  shown.labels = options.labels;
  if (!models.names.empty()) {
    ScoreOptions scoring = options;
    scoring.per_residue = scoring.chain_pairs = scoring.interfaces = true;
    shown.normalize =
        to_string(options.normalize.value_or(stored_normalization(table, options.between)));
    shown.scores = score_inputs(models, table, scoring);
  }
  return html_report(table, name, to_options(table.recipe), shown);
}

}  // namespace potential
