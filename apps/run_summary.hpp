#pragma once
#include <chrono>
#include <cstdint>
#include <potential/core/contact_counts.hpp>
#include <potential/core/counted_terms.hpp>
#include <potential/core/potential_table.hpp>
#include <string>

#include "console.hpp"

namespace potential::app {

/// The last line of a run that counted structures. Made when the run begins.
class RunSummary {
 public:
  /// @param file  the result, in words
  void print(Console& console, const std::string& file, const ContactCounts& counts) const;
  /// The pairs are those of all terms together.
  void print(Console& console, const std::string& file, const CountedTerms& terms) const;

 private:
  void print(Console& console, const std::string& file, const ContactCounts& counts,
             std::uint64_t pairs) const;

  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Tells when a potential comes from few structures.
void warn_of_few_structures(Console& console, const std::string& file, const PotentialTable& table);

}  // namespace potential::app
