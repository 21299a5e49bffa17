#pragma once
#include <string>
#include <vector>

#include <potential/core/model.hpp>

namespace potential {

/// Amino acids as capital letters, one of the twenty or X.
struct Sequence {
  std::string name;
  std::string letters;
};

/// The sequence of each chain of a model, in its order: the residues that the file
/// has, modified ones as their parents (MSE is M), X where there is none. Named by
/// the model's id and, when the chain has one, `:` and the id of the chain.
std::vector<Sequence> sequences_of(const Model& model);

/// The sequences of a FASTA file (plain or .gz; gaps are left out), or of the first
/// model of each structure that an input names: a file, a folder, an archive or
/// `@LIST` (see InputSource).
/// @throws FileError, FormatError when one of them cannot be used, or there is none.
std::vector<Sequence> read_sequences(const std::string& input);

}  // namespace potential
