#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <potential/evaluation/similarity.hpp>
#include <potential/structure/reader.hpp>
#include <potential/workflow/evaluate.hpp>

namespace potential {

/// How alike the models of a file are to a native, by CA atoms. Immutable after
/// construction: threads may share one.
class NativeComparison {
 public:
  /// What came of one model.
  struct Likeness {
    std::optional<Similarity> similarity;  ///< to the native it is most like
    std::string problem;                   ///< why there is none
  };

  /// @param natives  states of one protein
  /// @throws FileError, FormatError when one cannot be read.
  NativeComparison(const std::vector<std::string>& natives, const EvaluateOptions& options);

  /// By name of the model (its id).
  std::map<std::string, Likeness> compare_all(const InputFile& file) const;

 private:
  Likeness compare_with_all(const CaTrace& model) const;

  const Scheme scheme_;
  const StructureReader reader_;
  LabelKind aim_;  ///< of several natives the one that is best by it counts
  std::vector<CaTrace> natives_;
};

}  // namespace potential
