#pragma once
#include <Eigen/Core>
#include <cstddef>

namespace potential {

/// Positions of n points, one a column, Å.
using Points = Eigen::Matrix3Xd;

/// The proper rotation and shift x -> rotation·x + translation that brings a
/// set of points closest to another.
struct Superposition {
  Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
  Eigen::Vector3d translation = Eigen::Vector3d::Zero();
  double rmsd = 0;  ///< Å, after it
};

/// Least-squares superposition of `model` on `native` (Kabsch 1976, 1978).
/// @param model, native  [3, n], n >= 1, paired by column
/// @throws UsageError when the numbers of points differ or are 0.
Superposition superpose(const Points& model, const Points& native);

/// What a chain is made of: TM-scores have another scale for each.
enum class Polymer { protein, nucleic_acid };

/// The distance d0 of TM-scores, Å, of a chain of so many residues. Proteins: Zhang &
/// Skolnick 2004, at least 0.5. Nucleic acids: 0.6 (L - 0.5)^0.5 - 2.5 from 30 nucleotides on, 0.3
/// to 0.7 below, as RNA-align (Gong, Zhang & Zhang 2019).
double tm_distance(std::size_t length, Polymer polymer);

/// How well the best superpositions fit, all in 0..1, 1 = identical.
struct FitScores {
  double gdt_ts = 0;    ///< mean share of residues within 1, 2, 4 and 8 Å
  double gdt_ha = 0;    ///< within 0.5, 1, 2 and 4 Å
  double tm_score = 0;  ///< Zhang & Skolnick 2004; see tm_distance()
};

/// GDT-TS, GDT-HA (Zemla 2003) and TM-score by the search of TMscore (Zhang &
/// Skolnick 2004): every window of n, n/2, n/4, … residues is superposed, and
/// the superposition repeated with the residues that come near until they stay
/// the same; each figure is the best met on the way.
/// @param model, native  positions [3, n], one a residue (CA; C3' of nucleotides), paired by
///                       column, n >= 0
/// @param native_length  number of residues of the native, >= n; all figures
///                       are divided by it
/// @throws UsageError when the numbers of points differ or native_length < n
FitScores fit_scores(const Points& model, const Points& native, std::size_t native_length,
                     Polymer polymer = Polymer::protein);

}  // namespace potential
