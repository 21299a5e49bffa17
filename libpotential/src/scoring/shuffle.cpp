// The score is S = Σ over pairs p of sites of s_c(p)(type, type), c the cell
// (class and bin) of the pair. Over all permutations of the types
//
//     E[S]  = Σ_p E[s_c(p)]
//     E[S²] = Σ_p Σ_q E[s_c(p) s_c(q)]
//
// where an expectation depends only on the two cells and on whether p and q are
// the same pair, share one site, or none. So it takes the numbers of such
// couples of pairs by cells (from the model) and the mean products (from the
// composition): matrices [C, C], C = K·B.
#include "scoring/shuffle.hpp"
#include <cmath>

#include "scoring/scoring_table.hpp"

namespace potential {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

/// What is to be known of the types of a model, whatever its shape.
struct Composition {
  std::vector<std::uint32_t> sites;  ///< [T] of each type
  VectorXd mean;                     ///< [C] E[s]
  /// [C, C] E[s s'] about the means: of one pair, of two pairs that share a
  /// site, of two that do not.
  MatrixXd same, sharing, apart;
};

/// sum over m ordered choices as a mean; 0 when there is no choice.
double per(double choices) { return choices > 0 ? 1 / choices : 0; }

/// A row of scores for each two types that two sites can have.
struct TypePair {
  const double* score;  ///< [K·B]
  std::size_t first, second;
  double ordered;  ///< ordered pairs of sites with these types
};

std::vector<TypePair> pairs_present(const ScoringTable& table,
                                    const std::vector<std::uint32_t>& sites) {
  std::vector<TypePair> pairs;
  for (std::size_t i = 0; i < sites.size(); ++i)
    for (std::size_t j = i; j < sites.size(); ++j) {
      const double a = sites[i], b = sites[j];
      const double ordered = i == j ? a * (a - 1) : 2 * a * b;
      if (ordered > 0) pairs.push_back({table.scores_of(i, j), i, j, ordered});
    }
  return pairs;
}

Composition describe(const ScoringTable& table, const std::vector<std::uint32_t>& sites) {
  const auto cells = static_cast<Eigen::Index>(table.cells);
  const auto scores = [&](const TypePair& pair) {
    return Eigen::Map<const VectorXd>(pair.score, cells);
  };
  double n = 0;
  for (const std::uint32_t number : sites) n += number;
  const auto pairs = pairs_present(table, sites);

  Composition result;
  result.sites = sites;
  result.mean = VectorXd::Zero(cells);
  for (const TypePair& pair : pairs) result.mean += pair.ordered * scores(pair);
  result.mean *= per(n * (n - 1));

  // Σ over ordered pairs of sites of s s', and with one site held, of its sums.
  MatrixXd weighted(cells, static_cast<Eigen::Index>(pairs.size()));
  MatrixXd sums = MatrixXd::Zero(cells, static_cast<Eigen::Index>(sites.size()));
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const TypePair& pair = pairs[p];
    const VectorXd centred = scores(pair) - result.mean;
    weighted.col(static_cast<Eigen::Index>(p)) = std::sqrt(pair.ordered) * centred;
    const auto i = static_cast<Eigen::Index>(pair.first);
    const auto j = static_cast<Eigen::Index>(pair.second);
    const double of_j = i == j ? sites[pair.second] - 1.0 : sites[pair.second];
    sums.col(i) += of_j * centred;
    if (i != j) sums.col(j) += double(sites[pair.first]) * centred;
  }
  for (Eigen::Index i = 0; i < sums.cols(); ++i)
    sums.col(i) *= std::sqrt(double(sites[static_cast<std::size_t>(i)]));
  const auto product = [&](const MatrixXd& m) {
    MatrixXd lower = MatrixXd::Zero(cells, cells);
    lower.selfadjointView<Eigen::Lower>().rankUpdate(m);
    return MatrixXd(lower.selfadjointView<Eigen::Lower>());
  };
  const MatrixXd same = product(weighted), sharing = product(sums) - same;
  // About the means, all ordered pairs add up to 0; a pair meets itself in two
  // orders, and one that shares a site with it in four.
  const MatrixXd apart = -4 * sharing - 2 * same;
  result.same = same * per(n * (n - 1));
  result.sharing = sharing * per(n * (n - 1) * (n - 2));
  result.apart = apart * per(n * (n - 1) * (n - 2) * (n - 3));
  return result;
}

}  // namespace

struct TypeShuffler::State {
  std::shared_ptr<const ScoringTable> table;
  Composition composition;  // of the last model; decoys of one protein share it

  explicit State(std::shared_ptr<const ScoringTable> t) : table(std::move(t)) {}

  void compose(const Model& model) {
    std::vector<std::uint32_t> sites(table->types, 0);
    for (const std::uint16_t type : model.type) ++sites[type];
    if (sites != composition.sites) composition = describe(*table, sites);
  }
};

TypeShuffler::TypeShuffler(std::shared_ptr<const ScoringTable> table)
    : state_(std::make_unique<State>(std::move(table))) {}
TypeShuffler::~TypeShuffler() = default;
TypeShuffler::TypeShuffler(TypeShuffler&&) noexcept = default;

ShuffledScore TypeShuffler::moments(const Model& model, const MatrixXd& contacts) {
  state_->compose(model);
  const Composition& composition = state_->composition;
  const VectorXd pairs = contacts.rowwise().sum() / 2;
  const MatrixXd same = pairs.asDiagonal();
  const MatrixXd sharing = contacts * contacts.transpose() - 2 * same;
  const MatrixXd apart = pairs * pairs.transpose() - same - sharing;
  ShuffledScore result;
  result.mean = pairs.dot(composition.mean);
  result.variance = same.cwiseProduct(composition.same).sum() +
                    sharing.cwiseProduct(composition.sharing).sum() +
                    apart.cwiseProduct(composition.apart).sum();
  result.contacts.assign(state_->table->types, 0);
  for (std::size_t i = 0; i < model.size(); ++i)
    result.contacts[model.type[i]] += contacts.col(static_cast<Eigen::Index>(i)).sum();
  return result;
}

std::optional<double> z_score(double total, const ShuffledScore& shuffled) {
  const double z = (total - shuffled.mean) / std::sqrt(shuffled.variance);
  // What rounding leaves of a variance of 0 is no variance.
  const bool varies = shuffled.variance > 1e-12 * (1 + shuffled.mean * shuffled.mean);
  return varies && std::isfinite(z) ? std::optional(z) : std::nullopt;
}

}  // namespace potential
