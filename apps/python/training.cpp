#include <potential/core/merge.hpp>
#include <potential/support/error.hpp>
#include <potential/training/combine.hpp>
#include <potential/training/jackknife.hpp>

#include "module.hpp"
#include "run.hpp"
#include "training.hpp"

namespace potential::python {
namespace {

using Counts = std::shared_ptr<ContactCounts>;
using Potential = std::shared_ptr<PotentialTable>;

template <class Table>
std::vector<Table> copies_of(const std::vector<std::shared_ptr<Table>>& tables) {
  std::vector<Table> copies;
  for (const auto& table : tables) copies.push_back(given(table));
  return copies;
}

/// Does `make(cancel)` so that Ctrl-C ends it.
template <class Make>
Potential stoppable(const Make& make) {
  Potential table;
  run_work({py::none(), py::none()}, [&](const RunObserver& observer) {
    table = std::make_shared<PotentialTable>(make(observer.cancel));
  });
  return table;
}

Potential train_one(const Counts& counts, const Recipe& recipe) {
  const ContactCounts& all = given(counts);
  TrainOptions options = recipe.options();
  return stoppable([&](const std::atomic<bool>* cancel) {
    options.cancel = cancel;
    return train(all, options);
  });
}

Potential train_groups(const std::vector<Counts>& groups, const Recipe& recipe) {
  TrainOptions options = recipe.options();
  std::vector<ContactCounts> copies = copies_of(groups);
  return stoppable([&](const std::atomic<bool>* cancel) {
    options.cancel = cancel;
    return train_jackknife(copies, options);
  });
}

Counts merge(const std::vector<Counts>& parts, bool allow_duplicates) {
  std::vector<ContactCounts> copies = copies_of(parts);
  const py::gil_scoped_release unlocked;
  return std::make_shared<ContactCounts>(merge_counts(std::move(copies), allow_duplicates));
}

Counts subtract(const Counts& all, const Counts& part) {
  const ContactCounts &whole = given(all), &taken = given(part);
  const py::gil_scoped_release unlocked;
  return std::make_shared<ContactCounts>(subtract_counts(whole, taken));
}

Potential add_up(const std::vector<Potential>& parts, const std::vector<double>& weights,
                 const std::optional<std::string>& types, int binary_digits) {
  const std::vector<PotentialTable> copies = copies_of(parts);
  CombineOptions options;
  if (types) options.types = load_scheme(*types);
  options.binary_digits = binary_digits;
  return stoppable([&](const std::atomic<bool>* cancel) {
    options.cancel = cancel;
    return combine(copies, weights, options);
  });
}

constexpr const char* recipe_doc =
    "reference: 'rapdf', 'kbp', 'dfire', 'dope', 'srs' or 'rw'. pseudocount is added\n"
    "to the count of each cell. smoothing: 'none', 'sippl[:SIGMA]' or 'shrink[:M]'.\n"
    "pool: all classes as one. bins: coarser ones, a name or edges in Å. cutoff (Å):\n"
    "of dfire, dope and rw. alpha: of dfire. kuhn_length (Å): of rw. normalize:\n"
    "'total', 'residue' or 'contact', what `score` will rank by. decimals: to round\n"
    "scores to. Raises UsageError, and Error where an imported contact map lacks what\n"
    "the reference state needs.";

}  // namespace

TrainOptions Recipe::options() const {
  TrainOptions options;
  options.reference = parse_reference_state(reference);
  options.pseudocount = pseudocount;
  options.smoothing = Smoothing::parse(smoothing);
  options.pool = pool;
  if (bins) options.bins = bins_of(*bins);
  options.cutoff = cutoff;
  options.alpha = alpha;
  options.kuhn_length = kuhn_length;
  options.normalize = parse_normalization(normalize);
  if (decimals && *decimals < 0) throw UsageError("the number of decimals is below 0");
  options.decimals = decimals.value_or(-1);
  options.check();
  return options;
}

void bind_training(py::module_& module) {
  def_recipe_function(module, "train", train_one,
                      std::string("Trains a potential from contact counts.\n\n") + recipe_doc,
                      py::arg("counts"));
  def_recipe_function(
      module, "train_jackknife", train_groups,
      std::string("Trains on the sum of disjoint groups of structures, with standard errors from\n"
                  "leaving out each group in turn. Options are those of train.\n\n") +
          recipe_doc,
      py::arg("groups"));
  module.def("merge", merge, py::arg("parts"), py::kw_only(), py::arg("allow_duplicates") = false,
             "The sum of counts made with the same scheme, bins and classes. Raises UsageError\n"
             "when they differ, or a structure is in two of them.");
  module.def("subtract", subtract, py::arg("counts"), py::arg("part"),
             "The counts without the structures of another. Raises UsageError when one of them\n"
             "is not in it.");
  module.def("combine", add_up, py::arg("parts"), py::arg("weights") = std::vector<double>(),
             py::kw_only(), py::arg("types") = py::none(), py::arg("binary_digits") = -1,
             "The weighted sum of potentials whose types, bins and classes nest. Raises\n"
             "UsageError when they do not, or the weights do not fit.");
}

}  // namespace potential::python
