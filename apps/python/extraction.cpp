#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/train.hpp>

#include "models.hpp"
#include "module.hpp"
#include "run.hpp"

namespace potential::python {
namespace {

using Separations = std::variant<std::string, std::vector<std::string>>;
/// A file of names, or the names.
using Excluded = std::variant<Path, std::vector<Path>>;

SeparationClasses separations_of(const Separations& separations) {
  if (const auto* text = std::get_if<std::string>(&separations))
    return SeparationClasses::parse(*text);
  std::string list;
  for (const std::string& label : std::get<std::vector<std::string>>(separations))
    list += (list.empty() ? "" : ",") + label;
  return SeparationClasses::parse(list);
}

ExclusionList exclusions_of(const Excluded& excluded) {
  if (const auto* file = std::get_if<Path>(&excluded)) return ExclusionList::read(file->string());
  ExclusionList list;
  for (const Path& name : std::get<std::vector<Path>>(excluded)) list.add(name.string());
  return list;
}

SimilarSequences similar_to(const Inputs& inputs, double identity) {
  std::vector<Sequence> all;
  for (const std::string& word : words_of(inputs))
    for (Sequence& sequence : read_sequences(word)) all.push_back(std::move(sequence));
  return SimilarSequences(all, identity);
}

Shard shard_of(const std::pair<int, int>& given) {
  const auto [number, of] = given;
  if (number < 1 || number > of)
    throw UsageError("shard: (" + std::to_string(number) + ", " + std::to_string(of) +
                     ") is not a part (K, N) with K from 1 to N, such as (3, 10)");
  return {number, of};
}

ExtractOptions options_of(const std::string& models, const Excluded& exclude,
                          const std::optional<Inputs>& exclude_similar, double identity,
                          double min_plddt, bool bfactor_is_plddt,
                          const std::optional<std::pair<int, int>>& shard, bool strict,
                          int threads) {
  ExtractOptions options;
  options.read = read_options(models, min_plddt, bfactor_is_plddt);
  options.exclude = exclusions_of(exclude);
  if (exclude_similar) options.similar = similar_to(*exclude_similar, identity);
  if (shard) options.shard = shard_of(*shard);
  set_run(options, strict, threads);
  return options;
}

std::shared_ptr<ContactCounts> extract_inputs(
    const Inputs& inputs, const SchemeChoice& types, const Bins& bins,
    const Separations& separations, const std::string& models, const Excluded& exclude,
    const std::optional<Inputs>& exclude_similar, double identity, double min_plddt,
    bool bfactor_is_plddt, const std::optional<std::pair<int, int>>& shard, bool strict,
    int threads, const std::shared_ptr<ContactCounts>& earlier, const py::object& progress,
    const py::object& warn) {
  const TableAxes axes(scheme_of(types), bins_of(bins), separations_of(separations));
  ExtractOptions options = options_of(models, exclude, exclude_similar, identity, min_plddt,
                                      bfactor_is_plddt, shard, strict, threads);
  std::shared_ptr<ContactCounts> counts;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    std::optional<ContactCounts> before;
    if (earlier) before = *earlier;
    counts = std::make_shared<ContactCounts>(
        extract(words_of(inputs), axes, options, std::move(before)));
  });
  return counts;
}

std::shared_ptr<PotentialTable> build_terms(const Inputs& inputs, const Path& terms,
                                            const std::optional<Path>& counts,
                                            const std::string& models, const Excluded& exclude,
                                            const std::optional<Inputs>& exclude_similar,
                                            double identity, double min_plddt,
                                            bool bfactor_is_plddt, bool strict, int threads,
                                            const py::object& progress, const py::object& warn) {
  const TermsRecipe recipe = read_terms(terms.string());
  ExtractOptions options = options_of(models, exclude, exclude_similar, identity, min_plddt,
                                      bfactor_is_plddt, std::nullopt, strict, threads);
  std::shared_ptr<PotentialTable> table;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    BuiltTerms built = build(words_of(inputs), recipe, options, {}, observer.cancel);
    if (counts) write_counts(built.counts, counts->string());
    table = std::make_shared<PotentialTable>(std::move(built.table));
  });
  return table;
}

}  // namespace

void bind_extraction(py::module_& module) {
  module.def(
      "extract", extract_inputs, py::arg("inputs"), py::kw_only(), py::arg("types") = "heavy-atom",
      py::arg("bins") = "rapdf", py::arg("separations") = "1+", py::arg("models") = "first",
      py::arg("exclude") = std::vector<Path>(), py::arg("exclude_similar") = py::none(),
      py::arg("identity") = 40.0, py::arg("min_plddt") = 0.0, py::arg("bfactor_is_plddt") = false,
      py::arg("shard") = py::none(), py::arg("strict") = false, py::arg("threads") = 0,
      py::arg("earlier") = py::none(), py::arg("progress") = py::none(),
      py::arg("warn") = py::none(),
      "Counts the pairs of sites of structures by type, distance and sequence separation.\n\n"
      "inputs: structure files, folders, tar archives and '@LIST', one or several. types:\n"
      "a scheme by name or file, or a table of that scheme. bins: a name, 'start:stop:step', or "
      "edges in Å.\n"
      "separations: classes such as '1,2,3-4,5+,inter'. models: 'first' or 'all' of a\n"
      "file. exclude: names to leave out, or a file of them; case and extensions make no\n"
      "difference. exclude_similar: a FASTA file or structures, one or several: what has a\n"
      "chain similar to one of them is left out, from `identity` per cent of identical\n"
      "columns over 70 % of the shorter sequence. min_plddt: leave out residues of\n"
      "predictions whose pLDDT is below; files that do not say that they are predictions\n"
      "are taken whole, unless bfactor_is_plddt. shard: (K, N), part K of N of the inputs.\n"
      "strict: the first input that cannot be used raises FileError, else it is told to\n"
      "`warn` (default: warnings.warn with InputWarning) and recorded in `skipped`.\n"
      "threads: 0 = all cores. earlier: Counts to go on from. progress: called with\n"
      "(files done, files in all or 0, skipped).\n\n"
      "Releases the GIL. Ctrl-C ends it. Raises UsageError; Error when no input is usable.");
  module.def("build_terms", build_terms, py::arg("inputs"), py::arg("terms"), py::kw_only(),
             py::arg("counts") = py::none(), py::arg("models") = "first",
             py::arg("exclude") = std::vector<Path>(), py::arg("exclude_similar") = py::none(),
             py::arg("identity") = 40.0, py::arg("min_plddt") = 0.0,
             py::arg("bfactor_is_plddt") = false, py::arg("strict") = false, py::arg("threads") = 0,
             py::arg("progress") = py::none(), py::arg("warn") = py::none(),
             "Counts structures and trains a potential of several terms, in one run.\n\n"
             "terms: a file with a line for each term, its name and its options (docs/method.md).\n"
             "counts: a file to keep the counts in. All else as for extract().\n\n"
             "Releases the GIL. Ctrl-C ends it. Raises UsageError; FormatError naming the line of\n"
             "the list; Error when no input is usable.");
}

}  // namespace potential::python
