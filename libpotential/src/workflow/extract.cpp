#include <filesystem>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/extract.hpp>

#include "workflow/extraction.hpp"

namespace potential {
namespace {

/// Runs with the file that counts are kept in: its name is told where the run ends early,
/// and in what is wrong with going on from it.
template <class Run>
auto keep_in(const KeptCounts& kept, const bool& saved, bool goes_on, const Run& run) {
  try {
    return run();
  } catch (const Cancelled&) {
    if (!saved) throw;
    throw Cancelled("the counts so far are in " + kept.path, kept.path);
  } catch (const UsageError& error) {
    if (!goes_on || !error.file().empty()) throw;
    throw UsageError(kept.path, error.place(), error.problem());
  }
}

bool can_go_on(const KeptCounts& kept) { return kept.append && std::filesystem::exists(kept.path); }

}  // namespace

ContactCounts extract(const Inputs& inputs, const TableAxes& axes, const ExtractOptions& options,
                      std::optional<ContactCounts> earlier) {
  SaveCounts save;
  if (options.checkpoint)
    save = [&](std::vector<ContactCounts>& counts) { options.checkpoint(counts.front()); };
  std::vector<ContactCounts> so_far;
  if (earlier) so_far.push_back(std::move(*earlier));
  return std::move(extract_tables(inputs, {axes}, options, save, std::move(so_far)).front());
}

ContactCounts extract(const Inputs& inputs, const TableAxes& axes, ExtractOptions options,
                      const KeptCounts& kept) {
  bool saved = false;
  if (kept.checkpoint)
    options.checkpoint = [&](const ContactCounts& counts) {
      write_counts(counts, kept.path);
      saved = true;
    };
  std::optional<ContactCounts> earlier;
  if (can_go_on(kept)) earlier = open_counts(kept.path);
  return keep_in(kept, saved, earlier.has_value(),
                 [&] { return extract(inputs, axes, options, std::move(earlier)); });
}

CountedTerms extract(const Inputs& inputs, const TermsRecipe& recipe, const ExtractOptions& options,
                     const KeptCounts& kept) {
  CountedTerms terms;
  std::vector<TableAxes> axes;
  for (const TermRecipe& term : recipe.counted()) {
    terms.names.push_back(term.name);
    axes.emplace_back(load_scheme(term.types), term.bins, term.separations);
  }
  const auto finish = [&](std::vector<ContactCounts>& counts) {
    terms.counts = std::move(counts);
    terms.options = options_of_terms(terms.counts.front().options, recipe.text);
  };
  bool saved = false;
  SaveCounts save;
  if (kept.checkpoint)
    save = [&](std::vector<ContactCounts>& counts) {
      finish(counts);
      write_counts(terms, kept.path);
      counts = std::move(terms.counts);
      saved = true;
    };
  std::vector<ContactCounts> earlier;
  if (can_go_on(kept)) {
    CountedTerms file = open_counted_terms(kept.path);
    if (file.names != terms.names || file.options["terms"] != recipe.text)
      throw UsageError(kept.path, "terms",
                       "the counts so far were made by another list of terms and cannot go on with "
                       "this one; use the same or another output file");
    earlier = std::move(file.counts);
  }
  const bool goes_on = !earlier.empty();
  auto counts = keep_in(kept, saved, goes_on, [&] {
    return extract_tables(inputs, axes, options, save, std::move(earlier));
  });
  finish(counts);
  return terms;
}

}  // namespace potential
