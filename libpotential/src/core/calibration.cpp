#include <cmath>
#include <potential/core/calibration.hpp>
#include <potential/support/error.hpp>
#include <string>

namespace potential {
namespace {

/// 80 % of a normal distribution lie within so many standard deviations.
constexpr double z_of_80_percent = 1.2816;

Quality quality_of(double negative_logit, double sd) {
  const auto logistic = [](double x) { return 1 / (1 + std::exp(x)); };
  const double spread = z_of_80_percent * sd;
  return {logistic(negative_logit), logistic(negative_logit + spread),
          logistic(negative_logit - spread)};
}

void require(bool good, const char* name, double value, const char* range) {
  if (!good || !std::isfinite(value))
    throw UsageError("the calibration's " + std::string(name) + " is " + std::to_string(value) +
                     "; it is to be a number" + range);
}

}  // namespace

void require_usable(const Calibration& calibration) {
  const ModelCalibration& model = calibration.model;
  require(true, "model intercept", model.intercept, "");
  require(model.slope > 0, "model slope", model.slope, " above 0");
  require(model.sd >= 0, "model sd", model.sd, " not below 0");
  if (!calibration.residue) return;
  const ResidueCalibration& residue = *calibration.residue;
  require(true, "residue intercept", residue.intercept, "");
  require(residue.local_slope >= 0, "residue local slope", residue.local_slope, " not below 0");
  require(residue.model_slope >= 0, "residue model slope", residue.model_slope, " not below 0");
  require(residue.radius > 0, "residue radius", residue.radius, " above 0");
  require(residue.sd >= 0, "residue sd", residue.sd, " not below 0");
}

Quality model_quality(const ModelCalibration& calibration, double score) {
  return quality_of(calibration.intercept + calibration.slope * score, calibration.sd);
}

Quality residue_quality(const ResidueCalibration& calibration, double local, double score) {
  return quality_of(
      calibration.intercept + calibration.local_slope * local + calibration.model_slope * score,
      calibration.sd);
}

}  // namespace potential
