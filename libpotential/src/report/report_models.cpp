#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <potential/support/error.hpp>
#include <tuple>

#include "report/report_data.hpp"

namespace potential {
namespace {

using Json = nlohmann::ordered_json;

/// More residues of all models together make a page slow to open.
constexpr std::size_t max_residues = 200'000;

/// A place along the sequence: chains in order of appearance, then numbers.
using Place = std::tuple<std::size_t, std::int32_t, char>;

class Profiles {
 public:
  explicit Profiles(const std::vector<ModelScore>& models) {
    for (std::size_t row = 0; row < models.size() && models[row].scored; ++row) {
      residues_ += models[row].per_residue.size();
      if (residues_ > max_residues && row > 0) break;
      shown_.push_back(&models[row]);
      for (const ResidueScore& residue : models[row].per_residue) {
        chains_.emplace(residue.chain, chains_.size());
        names_.emplace(place_of(residue), residue.name);
      }
    }
  }

  std::size_t size() const { return shown_.size(); }

  /// "A 12 GLU" for every place that some model has.
  Json labels() {
    std::vector<std::string> chains(chains_.size());
    for (const auto& [name, number] : chains_) chains[number] = name;
    Json labels = Json::array();
    for (const auto& [place, name] : names_) {
      const auto& [chain, number, code] = place;
      labels.push_back(fmt::format("{}{}{}{} {}", chains[chain], chains[chain].empty() ? "" : " ",
                                   number, code == ' ' ? "" : std::string(1, code), name));
      index_.emplace(place, index_.size());
    }
    return labels;
  }

  /// Of each model the places of its residues, as runs (first place, length),
  /// and in `score` (and `quality`) the numbers of all. Call after labels(). Two residues of one
  /// label share a place.
  Json profiles(NumberPack& numbers) const {
    Json runs = Json::array();
    std::vector<double> scores, qualities;
    for (const ModelScore* model : shown_) {
      std::vector<std::size_t> own;
      for (const ResidueScore& residue : model->per_residue) {
        const std::size_t at = index_.at(place_of(residue));
        if (!own.empty() && own[own.size() - 2] + own.back() == at)
          ++own.back();
        else
          own.insert(own.end(), {at, 1});
        scores.push_back(residue.score);
        if (residue.quality) qualities.push_back(residue.quality->value);
      }
      runs.push_back(std::move(own));
    }
    Json profiles{{"runs", std::move(runs)}, {"score", numbers.add(scores)}};
    if (!scores.empty() && qualities.size() == scores.size())  // the potential is calibrated
      profiles["quality"] = numbers.add(qualities);
    return profiles;
  }

 private:
  Place place_of(const ResidueScore& residue) const {
    return {chains_.at(residue.chain), residue.number, residue.insertion_code};
  }

  std::vector<const ModelScore*> shown_;
  std::size_t residues_ = 0;
  std::map<std::string, std::size_t> chains_;
  std::map<Place, std::string> names_;
  std::map<Place, std::size_t> index_;
};

Json rows_of(const std::vector<ModelScore>& models) {
  Json rows = Json::array();
  for (const ModelScore& model : models) {
    const std::string warnings = fmt::format("{}", fmt::join(model.warnings, "; "));
    if (!model.scored)
      rows.push_back({model.id, nullptr, nullptr, nullptr, nullptr, nullptr, warnings});
    else  // JSON has no NaN: it becomes null
      rows.push_back({model.id, model.score, model.contacts, model.residues, model.standard_error,
                      model.quality ? Json(model.quality->value) : Json(), warnings});
  }
  return rows;
}

/// Of each model with several chains its pairs of chains.
Json chains_of(const std::vector<ModelScore>& models) {
  Json all = Json::array();
  for (const ModelScore& model : models) {
    Json pairs = Json::array();
    for (const ChainPairScore& pair : model.chain_pairs)
      pairs.push_back(
          {pair.first, pair.second, pair.scored ? Json(pair.score) : Json(), pair.contacts});
    all.push_back(std::move(pairs));
  }
  return all;
}

/// Of each model its chains in contact, and which of their residues touch: `12 GLU`.
Json interfaces_of(const std::vector<ModelScore>& models) {
  const auto labels = [](const std::vector<ResidueName>& residues) {
    Json all = Json::array();
    for (const ResidueName& residue : residues)
      all.push_back(
          fmt::format("{}{} {}", residue.number,
                      residue.insertion_code == ' ' ? "" : std::string(1, residue.insertion_code),
                      residue.name));
    return all;
  };
  Json all = Json::array();
  for (const ModelScore& model : models) {
    Json interfaces = Json::array();
    for (const InterfaceScore& one : model.interfaces)
      interfaces.push_back(
          {one.first, one.second, labels(one.first_residues), labels(one.second_residues)});
    all.push_back(std::move(interfaces));
  }
  return all;
}

/// The columns of numbers, a value (or null) for each model.
Json labels_of(const ModelTable& table, const std::vector<ModelScore>& models) {
  std::vector<std::string> ids;
  for (const ModelScore& model : models) ids.push_back(model.id);
  const auto matches = match_rows(table, ids);
  if (std::none_of(matches.begin(), matches.end(), [](const auto& m) { return m.has_value(); }))
    throw FormatError(table.source(),
                      "names none of the models; its column 'model' is to hold "
                      "their paths or file names");
  Json labels = Json::object();
  for (const std::string& column : table.columns()) {
    std::vector<std::optional<double>> numbers;
    try {
      numbers = table.numbers(column);
    } catch (const FormatError&) {
      continue;  // a column of words
    }
    Json values = Json::array();
    for (const auto& match : matches)
      values.push_back(match && numbers[*match] ? Json(*numbers[*match]) : Json());
    labels[column] = std::move(values);
  }
  return labels;
}

}  // namespace

Json model_data(const ReportModels& models, NumberPack& numbers) {
  Json data{{"normalize", models.normalize}, {"rows", rows_of(models.scores)}};
  Profiles profiles(models.scores);
  data["residues"] = profiles.labels();
  data["profiles"] = profiles.profiles(numbers);
  if (std::any_of(models.scores.begin(), models.scores.end(),
                  [](const ModelScore& model) { return !model.chain_pairs.empty(); }))
    data["chains"] = chains_of(models.scores);
  if (std::any_of(models.scores.begin(), models.scores.end(),
                  [](const ModelScore& model) { return !model.interfaces.empty(); }))
    data["interfaces"] = interfaces_of(models.scores);
  data["notes"] = Json::array();
  const auto scored = std::count_if(models.scores.begin(), models.scores.end(),
                                    [](const ModelScore& model) { return model.scored; });
  if (static_cast<std::ptrdiff_t>(profiles.size()) < scored)
    data["notes"].push_back(fmt::format("The {} best models have a profile.", profiles.size()));
  if (models.labels) data["labels"] = labels_of(*models.labels, models.scores);
  return data;
}

}  // namespace potential
