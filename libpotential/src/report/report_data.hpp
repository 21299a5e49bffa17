#pragma once
#include <nlohmann/json.hpp>
#include <potential/report/html.hpp>

namespace potential {

/// What the page shows, as its script (page.js) reads it.
nlohmann::ordered_json potential_data(const PotentialTable& table, const std::string& name,
                                      const Options& recipe);
nlohmann::ordered_json model_data(const ReportModels& models);

/// Packed arrays: {"data": base64 of little-endian numbers, "scale": what to
/// multiply the 16-bit ones by}; −32768 and NaN are missing values.
nlohmann::ordered_json pack_int16(const std::vector<double>& values);
nlohmann::ordered_json pack_float32(const std::vector<double>& values);

}  // namespace potential
