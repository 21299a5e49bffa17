#pragma once
#include <optional>
#include <string>

#include <potential/evaluation/labels.hpp>
#include <potential/workflow/score.hpp>

namespace potential {

struct ReportOptions : ScoreOptions {
  std::optional<ModelTable> labels;  ///< what is known of the models
};

/// The page of html_report() on a potential and, unless there are no inputs, on
/// the models that it scores.
/// @param name  what the potential is called in the page
/// @throws as html_report() and score_inputs().
std::string report(const PotentialTable& table, const std::string& name, const Inputs& models,
                   const ReportOptions& options);

}  // namespace potential
