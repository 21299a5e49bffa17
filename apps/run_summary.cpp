#include "run_summary.hpp"

#include <fmt/format.h>

#include <potential/training/few_structures.hpp>

namespace potential::app {

void RunSummary::print(Console& console, const std::string& file, const ContactCounts& counts,
                       std::uint64_t pairs) const {
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start_;
  const std::size_t used = counts.number_of_structures();
  console.note(fmt::format("{}: {} structure{} used, {} skipped, {} pairs, {:.1f} s", file, used,
                           used == 1 ? "" : "s", counts.skipped.size(), pairs, time.count()));
}

void RunSummary::print(Console& console, const std::string& file,
                       const ContactCounts& counts) const {
  print(console, file, counts, counts.counts.sum());
}

void RunSummary::print(Console& console, const std::string& file, const CountedTerms& terms) const {
  std::uint64_t pairs = 0;
  for (const ContactCounts& counts : terms.counts) pairs += counts.counts.sum();
  print(console, file, terms.counts.front(), pairs);
}

void warn_of_few_structures(Console& console, const std::string& file,
                            const PotentialTable& table) {
  if (const std::string note = note_on_structures(table); !note.empty())
    console.note(file + ": " + note);
}

}  // namespace potential::app
