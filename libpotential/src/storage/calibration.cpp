#include "storage/parts.hpp"

namespace potential::storage {
namespace {

/// The constants by the names of their attributes.
struct ModelField {
  const char* name;
  double ModelCalibration::*value;
};
constexpr ModelField model_fields[] = {
    {"quality-model-intercept", &ModelCalibration::intercept},
    {"quality-model-slope", &ModelCalibration::slope},
    {"quality-model-sd", &ModelCalibration::sd},
};
struct ResidueField {
  const char* name;
  double ResidueCalibration::*value;
};
constexpr ResidueField residue_fields[] = {
    {"quality-residue-intercept", &ResidueCalibration::intercept},
    {"quality-residue-local-slope", &ResidueCalibration::local_slope},
    {"quality-residue-model-slope", &ResidueCalibration::model_slope},
    {"quality-residue-radius", &ResidueCalibration::radius},
    {"quality-residue-sd", &ResidueCalibration::sd},
};

}  // namespace

void write_calibration(Writer& writer, const Calibration& calibration) {
  for (const ModelField& field : model_fields)
    writer.attribute("/", field.name, calibration.model.*field.value);
  if (!calibration.residue) return;
  for (const ResidueField& field : residue_fields)
    writer.attribute("/", field.name, *calibration.residue.*field.value);
}

std::optional<Calibration> read_calibration(const Reader& reader) {
  const bool of_residues = reader.has_attribute("/", residue_fields[0].name);
  if (!of_residues && !reader.has_attribute("/", model_fields[0].name)) return std::nullopt;
  Calibration calibration;
  for (const ModelField& field : model_fields)
    calibration.model.*field.value = reader.number_attribute<double>("/", field.name);
  if (of_residues) {
    ResidueCalibration& residue = calibration.residue.emplace();
    for (const ResidueField& field : residue_fields)
      residue.*field.value = reader.number_attribute<double>("/", field.name);
  }
  require_usable(calibration);
  return calibration;
}

}  // namespace potential::storage
