#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <potential/core/combine.hpp>
#include <potential/storage/recipe_text.hpp>
#include <potential/support/digest.hpp>
#include <tuple>

#include "storage/parts.hpp"

namespace potential::storage {
namespace {

constexpr std::size_t max_structures = 1'000'000'000;
constexpr std::size_t max_terms = 64;

void write_weight(Writer& writer, const Weight& weight) {
  writer.attribute("/", "weight", weight.value);
  if (!weight.depends_on_size()) return;
  writer.attribute("/", "weight-per-root", weight.per_root);
  writer.attribute("/", "weight-offset", weight.offset);
}

Weight read_weight(const Reader& reader) {
  Weight weight = reader.number_attribute<double>("/", "weight");
  if (!reader.has_attribute("/", "weight-per-root")) return weight;
  weight.per_root = reader.number_attribute<double>("/", "weight-per-root");
  weight.offset = reader.number_attribute<double>("/", "weight-offset");
  if (!std::isfinite(weight.per_root) || !(weight.offset >= 0))
    throw Error("a weight of a term is not a number, or below 0 under its root");
  return weight;
}

/// @throws Error when the recipe of the sum disagrees.
void check_weights(const std::vector<Weight>& weights, const Recipe& recipe) {
  if (recipe.problem.empty() && !(weights == recipe.weights))
    throw Error("the weights of the terms are not those in the attribute options");
}

}  // namespace

void write_training(Writer& writer, const std::vector<TrainingStructure>& training) {
  if (training.empty()) return;
  writer.group("/training");
  const auto column = [&](const char* path, const auto& text) {
    std::string item;
    writer.strings(path, training.size(),
                   [&](std::size_t i) -> std::string_view { return item = text(training[i]); });
  };
  column("/training/id", [](const auto& one) { return one.id; });
  writer.scale("/training/id", "training");
  column("/training/sha256", [](const auto& one) { return to_hex(one.sha256); });
  writer.axes("/training/sha256", {"/training/id"});
  column("/training/types", [](const auto& one) { return one.types; });
  writer.axes("/training/types", {"/training/id"});
}

std::vector<TrainingStructure> read_training(const Reader& reader) {
  std::vector<TrainingStructure> training;
  if (!reader.has("/training")) return training;
  for (std::string& id : reader.strings("/training/id", max_structures))
    training.push_back({std::move(id), {}, {}});
  const auto digests = reader.strings("/training/sha256", training.size());
  const auto types = reader.strings("/training/types", training.size());
  if (digests.size() != training.size() || types.size() != training.size())
    throw Error("the columns of /training differ in length");
  for (std::size_t i = 0; i < training.size(); ++i) {
    training[i].sha256 = digest_from_hex(digests[i]);
    training[i].types = types[i];
  }
  const auto before = [](const TrainingStructure& a, const TrainingStructure& b) {
    return std::tie(a.id, a.sha256) < std::tie(b.id, b.sha256);
  };
  if (!std::is_sorted(training.begin(), training.end(), before))
    throw Error("/training is not sorted by id and sha256");
  return training;
}

std::string term_group(const std::string& name) { return "/terms/" + name; }

void write_term_names(Writer& writer, const std::vector<std::string>& names) {
  writer.group("/terms");
  writer.attribute("/terms", "names", fmt::format("{}", fmt::join(names, ",")));
}

void write_terms(Writer& writer, const PotentialTable& sum) {
  writer.attribute("/", "structures", sum.structures);
  if (sum.calibration) write_calibration(writer, *sum.calibration);
  write_types(writer, sum.axes.scheme);
  write_training(writer, sum.training);
  std::vector<std::string> names;
  for (const Term& term : sum.terms) names.push_back(term.name);
  write_term_names(writer, names);
  writer.attribute("/terms", "binary-digits", std::int32_t{sum.recipe.binary_digits});
  for (const Term& term : sum.terms) {
    writer.group(term_group(term.name));
    writer.enter(term_group(term.name));
    write_weight(writer, term.weight);
    write_options(writer, to_options(term.table.recipe));
    write_potential_content(writer, term.table);
    writer.enter("");
  }
}

std::vector<std::string> read_term_names(const Reader& reader) {
  const std::string list = reader.text_attribute("/terms", "names");
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    names.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  if (names.size() > max_terms)
    throw Error(fmt::format("has {} terms, more than {}", names.size(), max_terms));
  return names;
}

PotentialTable read_sum(Reader& reader, const Header& header, const std::string& path,
                        PotentialParts parts_wanted) {
  const Recipe recipe = parse_recipe(header.options);
  CombineOptions options;
  options.types = read_types(reader, path);
  options.binary_digits = reader.number_attribute<std::int32_t>("/terms", "binary-digits");
  options.calibration = read_calibration(reader);
  options.names = read_term_names(reader);
  auto training = read_training(reader);
  const auto structures = reader.number_attribute<std::uint64_t>("/", "structures");
  std::vector<PotentialTable> parts;
  std::vector<Weight> weights;
  for (const std::string& name : options.names) {
    reader.enter(term_group(name));
    weights.push_back(read_weight(reader));
    parts.push_back(read_potential_content(reader, read_options(reader), path, parts_wanted));
    reader.enter("");
  }
  check_weights(weights, recipe);
  options.inter_as = recipe.inter_as;
  options.separations = recipe.separations;
  PotentialTable sum = combine(parts, weights, options);
  check_scores(sum.score, sum.axes);
  sum.recipe = recipe;
  sum.structures = structures;
  sum.training = std::move(training);
  return sum;
}

}  // namespace potential::storage
