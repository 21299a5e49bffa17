#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/core/combine.hpp>
#include <potential/core/counted_terms.hpp>
#include <potential/training/train.hpp>

namespace potential {

/// How one term of a potential is counted, trained and weighted.
struct TermRecipe {
  std::string name;
  std::string types = "heavy-atom";  ///< a shipped scheme, or the path of one
  DistanceBins bins = DistanceBins::parse("rapdf");
  SeparationClasses separations = SeparationClasses::parse("1+");
  TrainOptions train;
  Weight weight;
  /// The classes of it that count in the sum, each in one that it has; none = all.
  std::optional<SeparationClasses> only = std::nullopt;
  /// Of a term that is not counted but given: the score of any two types, one a bin.
  std::vector<double> scores = {};

  bool is_counted() const { return scores.empty(); }
};

/// How a potential of several terms is made from structures: all that `extract`, `train`
/// and `combine` would be told, read from a file (docs/method.md, "Terms").
struct TermsRecipe {
  std::vector<TermRecipe> terms;
  std::string types = {};  ///< of the sum, as TermRecipe::types; empty = CombineOptions::types
  /// As CombineOptions has them.
  std::string inter_as = {};
  std::optional<SeparationClasses> separations = std::nullopt;
  int binary_digits = -1;
  std::optional<Calibration> calibration = std::nullopt;
  bool flat = false;      ///< the sum alone is kept, not its terms
  std::string text = {};  ///< what it was read from, without comments, one blank between words

  std::vector<std::string> names() const;
  /// Those that structures are counted for, at least one.
  std::vector<TermRecipe> counted() const;
};

/// Reads a list of terms, one a line: its name, then `option=value` words, those of the
/// command line without their dashes (`types bins separations reference smoothing weight`
/// and so on; `pool` alone), and `only=CLASSES`. With `scores=S,S,...`, one a bin, a term is
/// given instead, and has `types bins separations weight normalize` alone. A line that begins
/// with `sum` has the options of the sum: `types separations inter-as binary-digits
/// calibration residue-calibration`, `flat`. Text from `#` on is a comment.
/// @param file  named in errors
/// @throws FormatError naming the line: an option that is not known, comes twice, or has a
///         value that it cannot have; no term, or none that is counted; a name that is none or
///         comes twice.
TermsRecipe parse_terms(const std::string& text, const std::string& file);

/// The same from a file. @throws also FileError.
TermsRecipe read_terms(const std::string& path);

/// Trains each term from its counts, and adds them up. With several terms the training list
/// has the structures of the first that is counted.
/// @throws UsageError when the terms are not those of the counts; as train() and combine().
PotentialTable train(const CountedTerms& counts, const TermsRecipe& recipe,
                     const std::atomic<bool>* cancel = nullptr);

}  // namespace potential
