#pragma once
#include <nlohmann/json.hpp>
#include <potential/report/html.hpp>

#include "report/number_pack.hpp"

namespace potential {

/// What the page shows, as its script (page-tables.js) reads it.
nlohmann::ordered_json potential_data(const PotentialTable& table, const std::string& name,
                                      const Options& recipe, NumberPack& numbers);
nlohmann::ordered_json model_data(const ReportModels& models, NumberPack& numbers);

}  // namespace potential
