#pragma once
#include <atomic>
#include <potential/core/contact_counts.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/training/reference_states.hpp>

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
    free,     ///< nothing of a single row
    row,      ///< the sum of each row
    margins,  ///< the sums of rows and columns
    cutoff,   ///< the last scored bin of each row
  };
  ScoreTable expected;  ///< [P, B'] counts; 0 = nothing to compare with
  Level level;
};

}  // namespace potential
