#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <potential/core/combine.hpp>
#include <potential/core/counted_terms.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>

#include "core/refinement.hpp"
#include "core/residue_shares.hpp"
#include "core/scheme_nesting.hpp"

namespace potential {
namespace {

/// 2 GB of scores and errors: also a file of small terms may ask for no more.
constexpr double max_cells = 1 << 27;

void check_weights(std::vector<Weight>& weights, std::size_t parts) {
  if (weights.empty()) weights.assign(parts, 1);
  if (weights.size() != parts)
    throw UsageError(
        fmt::format("{} weights for {} potentials; give one each", weights.size(), parts));
  for (const Weight& weight : weights)
    if (!(std::abs(weight.value) <= 1e6))
      throw UsageError(fmt::format("the weight {} is not a number from -1e6 to 1e6", weight.value));
}

/// The types of the sum.
const Scheme& combined_scheme(const std::vector<PotentialTable>& parts,
                              const CombineOptions& options) {
  if (options.types) return *options.types;
  for (const PotentialTable& all : parts)
    if (std::all_of(parts.begin(), parts.end(), [&](const PotentialTable& part) {
          return nests(part.axes.scheme, all.axes.scheme);
        }))
      return all.axes.scheme;
  throw UsageError("the type schemes differ: " + parts.front().axes.scheme.name() + " and " +
                   parts.back().axes.scheme.name() +
                   ", and none holds all others; choose the types of the sum, a scheme that does");
}

TableAxes combined_axes(const std::vector<PotentialTable>& parts, const CombineOptions& options) {
  std::vector<const DistanceBins*> bins;
  std::vector<const SeparationClasses*> separations;
  const TableAxes& first = parts.front().axes;
  const Scheme& scheme = combined_scheme(parts, options);
  bool alike = scheme == first.scheme;  // all parts have the rows of the first
  bool complete = true;
  for (const PotentialTable& part : parts) {
    alike = alike && part.axes.scheme == first.scheme && part.axes.pairs == first.pairs;
    complete = complete && part.axes.pairs.complete();
    bins.push_back(&part.axes.bins);
    separations.push_back(&part.axes.separations);
  }
  if (!alike && !complete)
    throw UsageError(
        "the rows of the potentials differ, and a table with both A:B and B:A, or "
        "without some pair, only adds up with its like");
  TableAxes axes(scheme, refine(bins), refine(separations),
                 scheme == first.scheme ? first.pairs : TypePairs(scheme));
  if (double(axes.classes()) * axes.rows() * axes.columns() > max_cells)
    throw UsageError("the sum would have more than 2^27 cells");
  return axes;
}

/// For each row of the sum the one of the part, or -1.
std::vector<Eigen::Index> rows_of(const TableAxes& part, const TableAxes& sum) {
  std::vector<Eigen::Index> rows;
  if (part.scheme == sum.scheme && part.pairs == sum.pairs) {
    for (int row = 0; row < sum.rows(); ++row) rows.push_back(row);
    return rows;
  }
  const std::vector<int> types = nest_types(part.scheme, sum.scheme);
  for (std::size_t row = 0; row < std::size_t(sum.rows()); ++row) {
    const int first = types[sum.pairs.first()[row]], second = types[sum.pairs.second()[row]];
    rows.push_back(first < 0 || second < 0 ? -1 : part.pairs.row(first, second));
  }
  return rows;
}

/// The class of `part` that holds class k of the sum, or -1.
int class_of(const SeparationClasses& part, const SeparationClasses::Class& k) {
  return k.inter ? part.of_different_chains() : part.of_separation(k.ranges.front().first);
}

/// Adds weight × part; `standard_error` of the sum holds variances meanwhile.
void add_part(const PotentialTable& part, double weight, PotentialTable& sum) {
  const auto rows = rows_of(part.axes, sum.axes);
  const Eigen::Index height = sum.axes.rows(), part_height = part.axes.rows();
  for (int k = 0; k < sum.axes.classes(); ++k) {
    const int from_class = class_of(part.axes.separations,
                                    sum.axes.separations.classes()[static_cast<std::size_t>(k)]);
    if (from_class < 0) continue;
    for (int bin = 0; bin < sum.axes.columns(); ++bin) {
      const int from_bin = part.axes.bins.find(sum.axes.bins.lower(bin));
      if (from_bin < 0) continue;
      for (Eigen::Index row = 0; row < height; ++row) {
        if (rows[static_cast<std::size_t>(row)] < 0) continue;
        const Eigen::Index from = from_class * part_height + rows[static_cast<std::size_t>(row)];
        const double error = weight * part.standard_error(from, from_bin);
        sum.score(k * height + row, bin) += weight * part.score(from, from_bin);
        sum.standard_error(k * height + row, bin) += error * error;
      }
    }
  }
}

/// What the parts rank by, total where they differ.
Normalization combined_normalization(const std::vector<PotentialTable>& parts) {
  const auto own = [](const PotentialTable& part) {
    return part.recipe.normalize.value_or(Normalization::total);
  };
  const auto alike = [&](const PotentialTable& part) { return own(part) == own(parts.front()); };
  return std::all_of(parts.begin(), parts.end(), alike) ? own(parts.front()) : Normalization::total;
}

Recipe combined_recipe(const std::vector<PotentialTable>& parts, const std::vector<Weight>& weights,
                       const TableAxes& axes, int binary_digits) {
  Recipe recipe;
  recipe.types = axes.scheme.name();
  recipe.bins = axes.bins;
  recipe.separations = axes.separations;
  recipe.normalize = combined_normalization(parts);
  for (const PotentialTable& part : parts) recipe.parts.push_back(part.recipe);
  recipe.weights = weights;
  recipe.binary_digits = binary_digits;
  return recipe;
}

bool is_of_chains(const PotentialTable& part) {
  const auto& classes = part.axes.separations.classes();
  return std::any_of(classes.begin(), classes.end(),
                     [](const SeparationClasses::Class& one) { return !one.ranges.empty(); });
}

/// Of all parts together, but those that judge pairs between chains alone have no say
/// beside others; nothing where some part does not say, or has other residues than the rest.
ResidueShares contacts_of(const std::vector<PotentialTable>& parts) {
  const bool of_chains = std::any_of(parts.begin(), parts.end(), is_of_chains);
  std::optional<ResidueShares> sum;
  for (const PotentialTable& one : parts) {
    if (of_chains && !is_of_chains(one)) continue;
    const ResidueShares part = residue_contacts(one);
    if (!sum) {
      sum = part;
      continue;
    }
    if (part.size() != sum->size()) return {};
    for (const auto& [residue, number] : part) {
      if (sum->count(residue) == 0) return {};
      (*sum)[residue] += number;
    }
  }
  return sum.value_or(ResidueShares());
}

std::vector<Term> terms_of(const std::vector<PotentialTable>& parts,
                           const std::vector<Weight>& weights,
                           const std::vector<std::string>& names) {
  std::vector<Term> terms;
  if (names.size() < 2) return terms;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Term& term = terms.emplace_back(Term{names[i], weights[i], parts[i]});
    term.table.terms.clear();
    term.table.training.clear();
    term.table.calibration.reset();
  }
  return terms;
}

/// Where lists have the same structures the first one stays, so those come first by
/// whose scheme a model of the sum can be found in them.
std::vector<TrainingStructure> combined_training(const std::vector<PotentialTable>& parts,
                                                 const Scheme& scheme) {
  std::vector<const std::vector<TrainingStructure>*> lists;
  for (const PotentialTable& part : parts)
    if (!part.training.empty()) lists.push_back(&part.training);
  const auto place = [&](const std::vector<TrainingStructure>* list) {
    const std::string& types = list->front().types;
    return types == scheme.name() ? 0 : find_shipped_scheme(types) != nullptr ? 1 : 2;
  };
  std::stable_sort(lists.begin(), lists.end(),
                   [&](auto* a, auto* b) { return place(a) < place(b); });
  return union_of_training(lists);
}

void round_to(int binary_digits, ScoreTable& table) {
  const double scale = std::ldexp(1.0, binary_digits);
  // Adding 0 turns -0 into 0.
  table = (table * scale).rint() / scale + 0.0;
}

}  // namespace

PotentialTable combine(const std::vector<PotentialTable>& parts, std::vector<Weight> weights,
                       const CombineOptions& options) {
  if (parts.empty()) throw UsageError("there are no potentials to combine");
  if (options.binary_digits < -1 || options.binary_digits > 40)
    throw UsageError("binary digits go from 0 to 40");
  check_weights(weights, parts.size());
  if (!options.names.empty()) check_term_names(options.names, parts.size());
  if (options.names.size() < 2)
    for (const Weight& weight : weights)
      if (weight.depends_on_size())
        throw UsageError("the weight " + weight.to_string() +
                         " depends on the size of the model, which only a sum of terms can keep");
  if (std::any_of(parts.begin(), parts.end(), depends_on_size))
    throw UsageError(
        "a part is a sum whose weights depend on the size of the model, which a part cannot keep; "
        "combine its terms with the others");
  if (options.calibration) require_usable(*options.calibration);
  PotentialTable sum(combined_axes(parts, options));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    stop_if(options.cancel);
    add_part(parts[i], weights[i].at(options.residues), sum);
    sum.structures = std::max(sum.structures, parts[i].structures);
  }
  sum.standard_error = sum.standard_error.sqrt();
  for (ScoreTable* table : {&sum.score, &sum.standard_error})
    if (options.binary_digits >= 0) round_to(options.binary_digits, *table);
  if (!options.inter_as.empty())
    sum.axes.separations = sum.axes.separations.with_inter(options.inter_as);
  if (options.separations) sum = in_classes(sum, *options.separations);
  sum.recipe = combined_recipe(parts, weights, sum.axes, options.binary_digits);
  sum.recipe.inter_as = options.inter_as;
  sum.calibration = options.calibration;
  sum.recipe.residue_shares = shares_of(contacts_of(parts));
  sum.training = combined_training(parts, sum.axes.scheme);
  sum.terms = terms_of(parts, weights, options.names);
  return sum;
}

PotentialTable at_size(const PotentialTable& sum, double residues) {
  if (!depends_on_size(sum)) return sum;
  CombineOptions options;
  options.types = sum.axes.scheme;
  options.binary_digits = sum.recipe.binary_digits;
  options.residues = residues;
  options.inter_as = sum.recipe.inter_as;
  options.separations = sum.recipe.separations;
  std::vector<PotentialTable> parts;
  std::vector<Weight> weights;
  for (const Term& term : sum.terms) {
    parts.push_back(term.table);
    weights.push_back(term.weight);
    options.names.push_back(term.name);
  }
  PotentialTable sized = combine(parts, weights, options);
  for (Term& term : sized.terms) term.weight = term.weight.at(residues);
  sized.recipe = sum.recipe;
  sized.structures = sum.structures;
  sized.calibration = sum.calibration;
  sized.training = sum.training;
  return sized;
}

}  // namespace potential
