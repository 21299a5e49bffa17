#include <fmt/format.h>

#include <algorithm>
#include <potential/core/counted_terms.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/support/error.hpp>
#include <set>

namespace potential {
namespace {

constexpr const char* name_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

}  // namespace

void check_term_names(const std::vector<std::string>& names, std::size_t terms) {
  if (names.size() != terms)
    throw UsageError(fmt::format("{} names for {} terms; give one each", names.size(), terms));
  std::set<std::string> known;
  for (const std::string& name : names) {
    if (name.empty() || name.size() > 100 || name.find_first_not_of(name_characters) != name.npos)
      throw UsageError("'" + name +
                       "' cannot be the name of a term; it takes letters, digits, '-' and '_'");
    if (!known.insert(name).second) throw UsageError("two terms have the name '" + name + "'");
  }
}

Options options_of_terms(Options of_a_term, const std::string& list) {
  for (const char* layout : {"types", "bins", "separations"}) of_a_term.erase(layout);
  of_a_term["terms"] = list;
  return of_a_term;
}

const ContactCounts& find_term(const CountedTerms& terms, const std::string& name) {
  const auto found = std::find(terms.names.begin(), terms.names.end(), name);
  if (found == terms.names.end())
    throw UsageError("term", "no term '" + name + "'; there are " + join_names(terms.names));
  return terms.counts[static_cast<std::size_t>(found - terms.names.begin())];
}

}  // namespace potential
