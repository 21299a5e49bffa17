#include <cmath>
#include <potential/evaluation/similarity.hpp>
#include <potential/support/error.hpp>

#include "evaluation/lddt.hpp"
#include "evaluation/similarity_parts.hpp"

namespace potential {
namespace {

Points columns(const Points& points, const std::vector<std::uint32_t>& chosen) {
  Points result(3, static_cast<Eigen::Index>(chosen.size()));
  for (std::size_t k = 0; k < chosen.size(); ++k)
    result.col(static_cast<Eigen::Index>(k)) = points.col(chosen[k]);
  return result;
}

}  // namespace

CaTrace ca_trace(const Model& model, const Scheme& scheme) {
  if (scheme.placement() != SitePlacement::ca)
    throw UsageError("a CA trace needs a scheme with sites on CA, such as residue-ca, not " +
                     scheme.name());
  const std::vector<ResidueId> ids = residue_ids(model, scheme);
  CaTrace trace;
  trace.positions.resize(3, static_cast<Eigen::Index>(model.size()));
  for (std::size_t i = 0; i < model.size(); ++i) {
    trace.residues.push_back(ids[model.residue[i]]);
    trace.positions.col(static_cast<Eigen::Index>(i)) =
        Eigen::Vector3d(model.x[i], model.y[i], model.z[i]) / 1000;
  }
  return trace;
}

Similarity compare(const CaTrace& model, const CaTrace& native) {
  if (native.residues.empty())
    throw UsageError("the native has no residue with a CA atom to compare with");
  const ResidueMatch match = match_residues(native.residues, model.residues);
  Similarity result = similarity_of(match, native.residues.size());
  result.lddt = ca_lddt(model, native, match);
  const Points moved = columns(model.positions, match.model);
  const Points fixed = columns(native.positions, match.native);
  if (match.size() > 0) result.rmsd = superpose(moved, fixed).rmsd;
  set_fit(fit_scores(moved, fixed, native.residues.size()), result);
  return result;
}

std::optional<double> ca_lddt(const CaTrace& model, const CaTrace& native,
                              const ResidueMatch& match) {
  constexpr std::uint32_t missing = UINT32_MAX;
  const Eigen::Index n = native.positions.cols();
  std::vector<std::uint32_t> partner(static_cast<std::size_t>(n), missing);
  for (std::size_t k = 0; k < match.size(); ++k) partner[match.native[k]] = match.model[k];
  std::size_t distances = 0, kept = 0;
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = i + 1; j < n; ++j) {
      const double wanted = (native.positions.col(i) - native.positions.col(j)).norm();
      if (wanted >= lddt::inclusion_radius) continue;
      ++distances;
      const std::uint32_t a = partner[static_cast<std::size_t>(i)];
      const std::uint32_t b = partner[static_cast<std::size_t>(j)];
      if (a == missing || b == missing) continue;
      const double found = (model.positions.col(a) - model.positions.col(b)).norm();
      kept += static_cast<std::size_t>(lddt::thresholds_kept(std::abs(found - wanted)));
    }
  }
  if (distances == 0) return std::nullopt;
  return static_cast<double>(kept) / (4 * static_cast<double>(distances));
}

}  // namespace potential
