#pragma once
#include <optional>
#include <string>

namespace potential {

/// The quality of a model from its score per residue F:
///
///     quality = 1 / (1 + exp(intercept + slope F))
struct ModelCalibration {
  double intercept = 0;
  double slope = 0;  ///< above 0: lower scores are better
  double sd = 0;     ///< of what is observed around it, on the scale of logits
};

/// The quality of a residue from F and t, the mean of the scores of the residues
/// around it, each with the weight max(0, 1 − distance/radius):
///
///     quality = 1 / (1 + exp(intercept + local_slope t + model_slope F))
struct ResidueCalibration {
  double intercept = 0;
  double local_slope = 0, model_slope = 0;  ///< not below 0
  double radius = 0;                        ///< Å
  double sd = 0;                            ///< as ModelCalibration::sd
};

/// What turns the scores of one potential into qualities between 0 and 1, fitted
/// to models of known similarity to their natives.
struct Calibration {
  ModelCalibration model;
  std::optional<ResidueCalibration> residue;
};

/// From `intercept,slope,sd`, as in 1.3,0.13,0.8. @throws UsageError.
ModelCalibration parse_model_calibration(const std::string& text);
/// From `intercept,local_slope,model_slope,radius,sd`, as in 1.1,0.05,0.06,20,1.
/// @throws UsageError.
ResidueCalibration parse_residue_calibration(const std::string& text);

/// @throws UsageError naming the constant that is not finite or out of its range.
void require_usable(const Calibration& calibration);

/// An expected value and the interval that holds 80 % of what is observed.
struct Quality {
  double value = 0, low = 0, high = 0;  ///< 0 to 1, higher is better
};

/// Expected GDT-TS of a model. @param score  per residue
Quality model_quality(const ModelCalibration& calibration, double score);

/// Expected lDDT (CA) of a residue.
/// @param local  weighted mean of residue scores, @param score  of the model, per residue
Quality residue_quality(const ResidueCalibration& calibration, double local, double score);

}  // namespace potential
