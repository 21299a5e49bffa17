#include <charconv>
#include <cmath>
#include <potential/core/calibration.hpp>
#include <potential/support/error.hpp>
#include <string>
#include <vector>

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

/// @param size  how many there are to be
std::vector<double> parse_numbers(const std::string& text, const char* example, std::size_t size) {
  const UsageError wrong("'" + text + "' is not a list of numbers such as " + example);
  std::vector<double> numbers;
  for (const char *at = text.data(), *const last = at + text.size(); at <= last;) {
    double number = 0;
    const auto [end, error] = std::from_chars(at, last, number);
    if (error != std::errc() || (end != last && *end != ',')) throw wrong;
    numbers.push_back(number);
    at = end + 1;
  }
  if (numbers.size() != size) throw wrong;
  return numbers;
}

}  // namespace

ModelCalibration parse_model_calibration(const std::string& text) {
  const auto all = parse_numbers(text, "1.3,0.13,0.8", 3);
  return {all[0], all[1], all[2]};
}

ResidueCalibration parse_residue_calibration(const std::string& text) {
  const auto all = parse_numbers(text, "1.1,0.05,0.06,20,1", 5);
  return {all[0], all[1], all[2], all[3], all[4]};
}

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
