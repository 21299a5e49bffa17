#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <potential/structure/input.hpp>
#include <potential/workflow/evaluate.hpp>

namespace potential {

/// How alike a model is to the native it is most like: by CA atoms, the atoms of
/// nucleotides, or as a pose of two partners.
struct Likeness {
  std::optional<Similarity> similarity;
  std::optional<DockingSimilarity> docking;
  std::string problem;  ///< why there is neither
};

/// Reads the models of a file and compares each with the natives; by name of the model
/// (its id). Threads may share one.
using NativeComparison = std::function<std::map<std::string, Likeness>(const InputFile&)>;

/// As poses when the label is a figure of docking, else by CA atoms or, when the first
/// native has more nucleotides than amino acids, by the atoms of nucleotides; which is told
/// to the observer.
/// @param natives  states of one protein or complex
/// @throws FileError, FormatError when one cannot be read; Error when it is no complex
///         of the partners; UsageError when none are named.
NativeComparison native_comparison(const std::vector<std::string>& natives,
                                   const EvaluateOptions& options);

}  // namespace potential
