#include <potential/core/normalization.hpp>
#include <potential/support/error.hpp>

namespace potential {

Normalization parse_normalization(const std::string& word) {
  for (const auto choice : {Normalization::total, Normalization::residue, Normalization::contact})
    if (word == to_string(choice)) return choice;
  throw UsageError("normalization '" + word + "': give total, residue or contact");
}

const char* to_string(Normalization normalization) {
  switch (normalization) {
    case Normalization::total:
      return "total";
    case Normalization::residue:
      return "residue";
    case Normalization::contact:
      return "contact";
  }
  return "";
}

}  // namespace potential
