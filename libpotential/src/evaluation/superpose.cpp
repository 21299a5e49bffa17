#include <Eigen/LU>
#include <Eigen/SVD>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <potential/evaluation/superpose.hpp>
#include <potential/support/error.hpp>
#include <string>
#include <unordered_set>
#include <vector>

namespace potential {
namespace {

/// Coordinates of n points, one a row, so that x, y and z lie together.
using Coordinates = Eigen::Array<double, Eigen::Dynamic, 3>;

/// The proper rotation R that minimises Σ|R·m − n|², from Σ m·nᵀ of centred points.
Eigen::Matrix3d best_rotation(const Eigen::Matrix3d& covariance) {
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(covariance,
                                              Eigen::ComputeFullU | Eigen::ComputeFullV);
  Eigen::Matrix3d v = svd.matrixV();
  if ((v * svd.matrixU().transpose()).determinant() < 0) v.col(2) *= -1;
  return v * svd.matrixU().transpose();
}

void check_paired(const Points& model, const Points& native) {
  if (model.cols() != native.cols())
    throw UsageError("cannot superpose " + std::to_string(model.cols()) + " points on " +
                     std::to_string(native.cols()) + "; the points must be paired");
}

/// A set of residues, ascending, with a hash that does not depend on their order.
struct Selection {
  std::vector<Eigen::Index> members;
  std::uint64_t hash = 0;

  void add(Eigen::Index member) {
    members.push_back(member);
    std::uint64_t bits = (static_cast<std::uint64_t>(member) + 1) * 0x9e3779b97f4a7c15u;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;  // splitmix64
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
    hash ^= bits ^ (bits >> 31);
  }
};

/// The search of TMscore. What follows a selection depends on it alone, so one
/// that was met before is not followed again: most windows lead to the same.
class FitSearch {
 public:
  FitSearch(const Points& model, const Points& native, std::size_t native_length, Polymer polymer)
      : size_(model.cols()), native_length_(static_cast<double>(native_length)) {
    // About their centres, so that sums of products keep their digits.
    model_ = (model.colwise() - model.rowwise().mean()).transpose();
    native_ = (native.colwise() - native.rowwise().mean()).transpose();
    d0_ = tm_distance(native_length, polymer);
    near_ = std::clamp(d0_, 4.5, 8.0);
  }

  FitScores run() {
    for (const Eigen::Index length : window_lengths())
      for (Eigen::Index first = 0; first + length <= size_; ++first) follow(first, length);
    FitScores scores;
    const auto share = [&](std::size_t first) {
      double sum = 0;
      for (std::size_t k = first; k < first + 4; ++k) sum += static_cast<double>(within_[k]);
      return sum / (4 * native_length_);
    };
    scores.gdt_ha = share(0);
    scores.gdt_ts = share(1);
    scores.tm_score = tm_sum_ / native_length_;
    return scores;
  }

 private:
  static constexpr std::array<double, 5> thresholds = {0.5, 1, 2, 4, 8};  // Å

  /// n, n/2, … n/16, but none below 4, and 4 at last.
  std::vector<Eigen::Index> window_lengths() const {
    const Eigen::Index shortest = std::min<Eigen::Index>(4, size_);
    std::vector<Eigen::Index> lengths;
    for (int halvings = 0; halvings < 5 && (size_ >> halvings) > shortest; ++halvings)
      lengths.push_back(size_ >> halvings);
    lengths.push_back(shortest);
    return lengths;
  }

  void follow(Eigen::Index first, Eigen::Index length) {
    Selection selection;
    for (Eigen::Index k = first; k < first + length; ++k) selection.add(k);
    superpose_on(selection);
    selection = select_near(near_ - 1);
    while (!selection.members.empty() && followed_.insert(selection.hash).second) {
      superpose_on(selection);
      selection = select_near(near_ + 1);
    }
  }

  /// Superposes all by the selected residues and keeps what is the best so far.
  void superpose_on(const Selection& selection) {
    Eigen::Vector3d model_sum = Eigen::Vector3d::Zero(), native_sum = Eigen::Vector3d::Zero();
    Eigen::Matrix3d products = Eigen::Matrix3d::Zero();
    for (const Eigen::Index k : selection.members) {
      const Eigen::Vector3d m = model_.row(k).transpose(), n = native_.row(k).transpose();
      model_sum += m;
      native_sum += n;
      products += m * n.transpose();
    }
    const auto n = static_cast<double>(selection.members.size());
    const Eigen::Matrix3d r = best_rotation(products - model_sum * native_sum.transpose() / n);
    const Eigen::Vector3d t = (native_sum - r * model_sum) / n;
    squared_.setZero(size_);
    for (int axis = 0; axis < 3; ++axis)
      squared_ += (r(axis, 0) * model_.col(0) + r(axis, 1) * model_.col(1) +
                   r(axis, 2) * model_.col(2) + (t(axis) - native_.col(axis)))
                      .square();
    keep_best();
  }

  void keep_best() {
    std::array<std::int64_t, 5> within{};
    for (Eigen::Index k = 0; k < size_; ++k)  // one pass, which compilers vectorise
      for (std::size_t t = 0; t < 5; ++t)
        within[t] += squared_.data()[k] <= thresholds[t] * thresholds[t];
    for (std::size_t t = 0; t < 5; ++t) within_[t] = std::max(within_[t], within[t]);
    tm_sum_ = std::max(tm_sum_, (1 + squared_ / (d0_ * d0_)).inverse().sum());
  }

  /// The residues nearer than a cut-off, which grows in steps of half an
  /// ångström until there are three.
  Selection select_near(double cutoff) const {
    if (size_ > 3 && (squared_ < cutoff * cutoff).count() < 3) {
      std::vector<double> sorted(squared_.data(), squared_.data() + size_);
      std::nth_element(sorted.begin(), sorted.begin() + 2, sorted.end());
      cutoff += 0.5 * (std::floor((std::sqrt(sorted[2]) - cutoff) / 0.5) + 1);
    }
    Selection selection;
    selection.members.reserve(static_cast<std::size_t>(size_));
    for (Eigen::Index k = 0; k < size_; ++k)
      if (squared_(k) < cutoff * cutoff) selection.add(k);
    return selection;
  }

  Eigen::Index size_;
  double native_length_;
  double d0_, near_;  // Å
  Coordinates model_, native_;
  Eigen::ArrayXd squared_;  // distances after the last superposition, Å²
  std::unordered_set<std::uint64_t> followed_;
  std::array<std::int64_t, 5> within_{};
  double tm_sum_ = 0;
};

}  // namespace

Superposition superpose(const Points& model, const Points& native) {
  check_paired(model, native);
  if (model.cols() == 0) throw UsageError("cannot superpose without a point in common");
  const Eigen::Vector3d model_centre = model.rowwise().mean();
  const Eigen::Vector3d native_centre = native.rowwise().mean();
  const Points m = model.colwise() - model_centre;
  const Points n = native.colwise() - native_centre;
  Superposition result;
  result.rotation = best_rotation(m * n.transpose());
  result.translation = native_centre - result.rotation * model_centre;
  result.rmsd = std::sqrt((result.rotation * m - n).squaredNorm() / static_cast<double>(m.cols()));
  return result;
}

double tm_distance(std::size_t length, Polymer polymer) {
  const auto residues = static_cast<double>(length);
  if (polymer == Polymer::protein)
    return length > 15 ? std::max(1.24 * std::cbrt(residues - 15) - 1.8, 0.5) : 0.5;
  if (length >= 30) return 0.6 * std::sqrt(residues - 0.5) - 2.5;
  return length > 23 ? 0.7 : length > 19 ? 0.6 : length > 15 ? 0.5 : length > 11 ? 0.4 : 0.3;
}

FitScores fit_scores(const Points& model, const Points& native, std::size_t native_length,
                     Polymer polymer) {
  check_paired(model, native);
  if (native_length < static_cast<std::size_t>(native.cols()))
    throw UsageError("a native of " + std::to_string(native_length) + " residues cannot have " +
                     std::to_string(native.cols()) + " in common with a model");
  if (native.cols() == 0) return {};
  return FitSearch(model, native, native_length, polymer).run();
}

}  // namespace potential
