#pragma once
#include <string>

namespace potential {

/// What the score of a model is divided by before models are ranked.
enum class Normalization {
  total,    ///< nothing: the sum over all contacts
  residue,  ///< the number of residues with a site
  contact,  ///< the number of contacts
};

/// @throws UsageError on another word than total, residue or contact.
Normalization parse_normalization(const std::string& word);
const char* to_string(Normalization normalization);

}  // namespace potential
