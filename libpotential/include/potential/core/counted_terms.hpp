#pragma once
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>

namespace potential {

/// The counts of one set of structures, laid out in several ways: those of each term
/// of a potential, with types, bins and separation classes of its own. A structure is
/// in all of them or in none. Which structures are the same is decided by their sites
/// in the first, so that one with fewer sites cannot merge what another tells apart.
/// The counts of one table are those of one term without a name.
struct CountedTerms {
  std::vector<std::string> names;     ///< of the terms; see check_term_names()
  std::vector<ContactCounts> counts;  ///< one a name
  /// Of the extraction; `terms` is the list that it went by (training/terms.hpp).
  Options options;
};

/// @throws UsageError unless there are as many names as terms, each of letters, digits,
///         `-` and `_`, and no two alike.
void check_term_names(const std::vector<std::string>& names, std::size_t terms);

/// The options of the whole, from those of a term: all but its layout, and the list.
Options options_of_terms(Options of_a_term, const std::string& list);

/// @throws UsageError, with the names there are, when no term has this one.
const ContactCounts& find_term(const CountedTerms& terms, const std::string& name);

}  // namespace potential
