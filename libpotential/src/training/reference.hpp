#pragma once
#include <atomic>
#include <potential/core/contact_counts.hpp>
#include <potential/support/cancellation.hpp>

namespace potential {

/// One separation class of contact counts, up to the last bin that is scored.
struct ClassCounts {
  const ContactCounts& all;
  int separation_class;
  int bins;                                   ///< B' <= B
  const std::atomic<bool>* cancel = nullptr;  ///< looked at in loops over data

  /// [P, B']
  auto observed() const { return all.table(separation_class).leftCols(bins); }
  int rows() const { return all.axes.rows(); }
};

/// What the counts of one class are compared with.
struct Reference {
  /// What was fixed by the observed counts themselves: it decides how sure the
  /// ratio of observed to expected is.
  enum class Level {
    free,     ///< nothing of a single row: kbp, srs
    row,      ///< the sum of each row: dope
    margins,  ///< the sums of rows and columns: rapdf
    cutoff,   ///< the last scored bin of each row: dfire, rw
  };
  ScoreTable expected;  ///< [P, B'] counts; 0 = nothing to compare with
  Level level;
};

/// Quasi-chemical mole fractions (Lu & Skolnick 2001): χ_i χ_j Σ_ij N_ij(d),
/// twice that for i ≠ j. Needs compositions.
Reference kbp_reference(const ClassCounts& counts);

/// Conditional probability (Samudrala & Moult 1998): R_ij C(d) / T, with the
/// pseudocount in the margins and R at least 1.
Reference rapdf_reference(const ClassCounts& counts, double pseudocount);

/// Finite ideal gas (Zhou & Zhou 2002): (r_d/r_cut)^α (Δr_d/Δr_cut) n_ij(cut),
/// with the pseudocount in n; 0 in rows with no count at the cut-off.
Reference dfire_reference(const ClassCounts& counts, double alpha, double pseudocount);

/// Ideal chain of Kuhn length b, Å (Zhang & Zhang 2010):
/// r² Σ_k (L−k) (k b²)^(−3/2) exp(−3r²/(2 k b²)), over the separations k of the
/// class and all chains, set to n_ij(cut) at the cut-off; r² alone when the
/// class has no pairs along a chain. Needs chain lengths.
Reference rw_reference(const ClassCounts& counts, double kuhn_length, double pseudocount);

/// Sphere of non-interacting sites (Shen & Sali 2006), one a structure, of
/// radius √(5/3)·Rg. The pairs of a structure within the cut-off are shared out
/// by its composition, and each row is rescaled to its observed sum. Needs
/// compositions, pair histograms and radii of gyration.
Reference dope_reference(const ClassCounts& counts);

/// Types shuffled over the sites of each structure (Rykunov & Fiser 2007), the
/// mean over all shuffles. Needs compositions and pair histograms.
Reference srs_reference(const ClassCounts& counts);

}  // namespace potential
