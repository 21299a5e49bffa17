#pragma once
#include <atomic>
#include <optional>
#include <string>

#include <potential/core/contact_counts.hpp>
#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>

namespace potential {

/// What the observed counts are compared with; see docs/method.md for the
/// formulas and their sources.
enum class ReferenceState {
  rapdf,  ///< conditional probability, Samudrala & Moult 1998
  kbp,    ///< quasi-chemical mole fractions, Lu & Skolnick 2001
  dfire,  ///< finite ideal gas, Zhou & Zhou 2002
  dope,   ///< sphere of non-interacting atoms, Shen & Sali 2006
  srs,    ///< shuffled types, Rykunov & Fiser 2007
  rw,     ///< random-walk ideal chain, Zhang & Zhang 2010
};
/// @throws UsageError on another word.
ReferenceState parse_reference_state(const std::string& word);
const char* to_string(ReferenceState reference);

/// How small counts are treated beyond the pseudocount.
struct Smoothing {
  enum class Kind { none, sippl, shrink };
  Kind kind = Kind::none;
  double strength = 0;  ///< sippl: SIGMA (default 0.02); shrink: M, counts (default 10)
  /// From `none`, `sippl`, `sippl:SIGMA`, `shrink`, `shrink:M`. @throws UsageError.
  static Smoothing parse(const std::string& text);
  std::string to_string() const;
};

struct TrainOptions {
  ReferenceState reference = ReferenceState::rapdf;
  double pseudocount = 1e-4;  ///< added to each cell, >= 0
  Smoothing smoothing;
  bool pool = false;                 ///< all separation classes as one
  std::optional<DistanceBins> bins;  ///< coarser, nested in those of the counts
  /// Å; bins beyond the one that holds it score 0. Given for any reference
  /// state; default 14.5 for dfire, 15 for dope, 15.5 for rw, or the last edge
  /// where the bins end before, and none for the others.
  std::optional<double> cutoff;
  double alpha = 1.61;                ///< dfire: exponent of the distance
  std::optional<double> kuhn_length;  ///< Å; rw, default √460
  Normalization normalize = Normalization::total;
  int decimals = -1;                          ///< scores rounded to this many, -1 = not
  const std::atomic<bool>* cancel = nullptr;  ///< when true the training ends with Cancelled

  /// @throws UsageError when a number is out of range or belongs to another
  ///         reference state.
  void check() const;
};

/// Trains a potential from contact counts.
/// @throws UsageError when an option is out of range or does not fit the
///         counts; Error when the reference state needs margins that an
///         imported contact map does not have.
PotentialTable train(const ContactCounts& counts, const TrainOptions& options);

}  // namespace potential
