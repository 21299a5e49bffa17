#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <potential/core/combine.hpp>
#include <potential/core/merge.hpp>
#include <potential/support/error.hpp>
#include <potential/training/few_structures.hpp>
#include <potential/training/jackknife.hpp>
#include <potential/training/reference_states.hpp>

#include "module.hpp"
#include "run.hpp"

namespace potential::python {
namespace {

using Counts = std::shared_ptr<ContactCounts>;
using Potential = std::shared_ptr<PotentialTable>;

std::vector<ContactCounts> all_counts(const char* argument,
                                      const std::vector<CountsArgument>& given) {
  std::vector<ContactCounts> tables;
  for (const CountsArgument& one : given) tables.push_back(*counts_of(argument, one));
  return tables;
}

/// Does `make(observer)` so that Ctrl-C ends it.
template <class Make>
Potential stoppable(const Make& make) {
  Potential table;
  run_work({py::none(), py::none()}, [&](const RunObserver& observer) {
    table = std::make_shared<PotentialTable>(make(observer));
  });
  return table;
}

Potential train_one(const CountsArgument& counts, const TrainOptions& given_options) {
  const Counts all = counts_of("counts", counts);
  TrainOptions options = given_options;
  return stoppable([&](const RunObserver& observer) {
    options.cancel = observer.cancel;
    PotentialTable table = train(*all, options);
    if (const std::string note = note_on_structures(table); !note.empty())
      observer.noted("potential", note);
    return table;
  });
}

Potential train_groups(const std::vector<CountsArgument>& groups,
                       const TrainOptions& given_options) {
  TrainOptions options = given_options;
  std::vector<ContactCounts> copies = all_counts("groups", groups);
  return stoppable([&](const RunObserver& observer) {
    options.cancel = observer.cancel;
    return train_jackknife(copies, options);
  });
}

Counts merge(const std::vector<CountsArgument>& parts, bool allow_duplicates) {
  std::vector<ContactCounts> copies = all_counts("parts", parts);
  const py::gil_scoped_release unlocked;
  return std::make_shared<ContactCounts>(merge_counts(std::move(copies), allow_duplicates));
}

Counts subtract(const CountsArgument& all, const CountsArgument& part) {
  const Counts whole = counts_of("counts", all), taken = counts_of("part", part);
  const py::gil_scoped_release unlocked;
  return std::make_shared<ContactCounts>(subtract_counts(*whole, *taken));
}

std::optional<Calibration> calibration_of(const std::optional<std::array<double, 3>>& model,
                                          const std::optional<std::array<double, 5>>& residue) {
  if (residue && !model) throw UsageError("residue_calibration", "needs calibration");
  if (!model) return std::nullopt;
  Calibration calibration{{(*model)[0], (*model)[1], (*model)[2]}, std::nullopt};
  if (residue)
    calibration.residue = {(*residue)[0], (*residue)[1], (*residue)[2], (*residue)[3],
                           (*residue)[4]};
  return calibration;
}

using WeightArgument = std::variant<double, std::string>;

Weight weight_of(const WeightArgument& given) {
  if (const auto* number = std::get_if<double>(&given)) return *number;
  return Weight::parse(std::get<std::string>(given));
}

Potential add_up(const std::vector<PotentialArgument>& parts,
                 const std::vector<WeightArgument>& given_weights,
                 const std::optional<std::string>& types,
                 const std::optional<std::string>& separations,
                 const std::optional<std::string>& inter_as, int binary_digits,
                 const std::optional<std::array<double, 3>>& calibration,
                 const std::optional<std::array<double, 5>>& of_residues,
                 const std::vector<std::string>& names) {
  std::vector<PotentialTable> copies;
  for (const PotentialArgument& part : parts) copies.push_back(*potential_of("parts", part));
  CombineOptions options;
  options.calibration = calibration_of(calibration, of_residues);
  if (types) options.types = load_scheme(*types);
  if (separations) options.separations = SeparationClasses::parse(*separations);
  options.inter_as = inter_as.value_or("");
  options.binary_digits = binary_digits;
  options.names = names;
  std::vector<Weight> weights;
  for (const WeightArgument& weight : given_weights) weights.push_back(weight_of(weight));
  return stoppable([&](const RunObserver& observer) {
    options.cancel = observer.cancel;
    return combine(copies, weights, options);
  });
}

/// The keywords beside those of every state: parameters of reference states.
Parameters read_parameters(const std::string& function, const py::kwargs& keywords) {
  Parameters values;
  for (const auto& [key, value] : keywords) {
    const auto keyword = key.cast<std::string>();
    std::string name = keyword;
    std::replace(name.begin(), name.end(), '_', '-');
    const auto all = reference_parameters();
    if (std::none_of(all.begin(), all.end(),
                     [&](const auto& known) { return known.parameter.name == name; }))
      throw py::type_error(function + "() got an unexpected keyword argument '" + keyword + "'");
    if (value.is_none()) continue;  // the default
    const double number = PyFloat_AsDouble(value.ptr());
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    values[name] = number;
  }
  return values;
}

/// `alpha: of dfire, exponent of the distance (1.61).` and so on.
std::string describe_parameters() {
  std::string text;
  for (const auto& [parameter, states] : reference_parameters()) {
    std::string keyword = parameter.name;
    std::replace(keyword.begin(), keyword.end(), '-', '_');
    text += fmt::format("{}{}: of {}, {} ({:.4g}).\n", keyword,
                        parameter.unit.empty() ? "" : " (" + parameter.unit + ")", states,
                        parameter.help, parameter.default_value);
  }
  return text;
}

/// Defines a function of some data and, by keyword, the options of training.
template <class Data>
void def_training(py::module_& module, const std::string& name,
                  Potential (*function)(const Data&, const TrainOptions&), const std::string& about,
                  const py::arg& data) {
  const TrainOptions standard;
  const std::string doc =
      about + "\n\nreference: " + join_reference_states() +
      ". pseudocount is added\n"
      "to the count of each cell. smoothing: 'none', 'sippl[:SIGMA]' or 'shrink[:M]'.\n"
      "pool: all classes as one. bins: coarser ones, a name or edges in Å. cutoff (Å):\n"
      "bins beyond the one that holds it score 0; by default that of the reference\n"
      "state. normalize: 'total', 'residue' or 'contact', what `score` will rank by.\n"
      "decimals: to round scores to. inter_as: label of the class that judges pairs\n"
      "between chains too, when the counts have none for them.\n" +
      describe_parameters() +
      "Raises UsageError, and Error where an imported contact map lacks what the\n"
      "reference state needs.";
  module.def(
      name.c_str(),
      [function, name](const Data& given, const std::string& reference, double pseudocount,
                       const std::string& smoothing, bool pool, const std::optional<Bins>& bins,
                       std::optional<double> cutoff, const std::string& normalize,
                       std::optional<int> decimals, const std::optional<std::string>& inter_as,
                       const py::kwargs& parameters) {
        TrainOptions options;
        options.reference = reference;
        options.parameters = read_parameters(name, parameters);
        options.pseudocount = pseudocount;
        options.smoothing = Smoothing::parse(smoothing);
        options.pool = pool;
        if (bins) options.bins = bins_of(*bins);
        options.cutoff = cutoff;
        options.normalize = parse_normalization(normalize);
        options.inter_as = inter_as.value_or("");
        if (decimals && *decimals < 0) throw UsageError("the number of decimals is below 0");
        options.decimals = decimals.value_or(-1);
        options.check();
        return function(given, options);
      },
      data, py::kw_only(), py::arg("reference") = standard.reference,
      py::arg("pseudocount") = standard.pseudocount,
      py::arg("smoothing") = standard.smoothing.to_string(), py::arg("pool") = standard.pool,
      py::arg("bins") = py::none(), py::arg("cutoff") = py::none(),
      py::arg("normalize") = to_string(standard.normalize), py::arg("decimals") = py::none(),
      py::arg("inter_as") = py::none(), doc.c_str());
}

}  // namespace

void bind_training(py::module_& module) {
  module.def(
      "reference_states",
      [] {
        std::vector<std::string> names;
        for (const ReferenceState& state : reference_states()) names.push_back(state.name);
        return names;
      },
      "Names of the reference states that train takes.");
  def_training(module, "train", train_one,
               "Trains a potential from contact counts, or a file of them.", py::arg("counts"));
  def_training(module, "train_jackknife", train_groups,
               "Trains on the sum of disjoint groups of structures, with standard errors from\n"
               "leaving out each group in turn.",
               py::arg("groups"));
  module.def("merge", merge, py::arg("parts"), py::kw_only(), py::arg("allow_duplicates") = false,
             "The sum of counts made with the same scheme, bins and classes. Raises UsageError\n"
             "when they differ, or a structure is in two of them.");
  module.def("subtract", subtract, py::arg("counts"), py::arg("part"),
             "The counts without the structures of another. Raises UsageError when one of them\n"
             "is not in it.");
  module.def("combine", add_up, py::arg("parts"),
             py::arg("weights") = std::vector<WeightArgument>(), py::kw_only(),
             py::arg("types") = py::none(), py::arg("separations") = py::none(),
             py::arg("inter_as") = py::none(), py::arg("binary_digits") = -1,
             py::arg("calibration") = py::none(), py::arg("residue_calibration") = py::none(),
             py::arg("names") = std::vector<std::string>(),
             "The weighted sum of potentials whose types nest. separations: only these\n"
             "classes of the sum. inter_as: the label of the class of the sum that judges pairs\n"
             "between chains too, when no part has one for them. calibration\n"
             "(A, B, SD) and residue_calibration (A, T, F, R, SD): what makes qualities of its\n"
             "scores, as for the program. names: of the terms, which are kept then; without it\n"
             "the sum is one table. A weight is a number or, of a term, a text such as\n"
             "'72-355/sqrt(N+16)', N the residues of the model. Raises UsageError when they do not "
             "nest, or the\n"
             "weights do not fit.");
}

}  // namespace potential::python
