#include "models.hpp"

#include <potential/support/error.hpp>
#include <potential/workflow/read_models.hpp>
#include <tuple>

#include "run.hpp"

namespace potential::python {
namespace {

using TypeNames = std::variant<std::vector<int>, Texts>;

std::vector<std::uint16_t> type_numbers(const TypeNames& types, const Scheme& scheme) {
  std::vector<std::uint16_t> numbers;
  const auto add = [&](int type, const std::string& name) {
    if (type < 0 || type >= scheme.size())
      throw UsageError("types: the scheme " + scheme.name() + " has no type " + name);
    numbers.push_back(static_cast<std::uint16_t>(type));
  };
  if (const auto* given = std::get_if<std::vector<int>>(&types))
    for (const int type : *given) add(type, std::to_string(type));
  else
    for (const std::string& name : std::get<Texts>(types)) add(scheme.find(name), "'" + name + "'");
  return numbers;
}

TypedModel from_sites(const CoordinateArray& array, const TypeNames& types,
                      const std::optional<Numbers>& residues, const std::optional<Texts>& chains,
                      const SchemeChoice& scheme_choice, const std::string& id) {
  const Coordinates coordinates = coordinates_in(array);
  auto scheme = std::make_shared<const Scheme>(scheme_of(scheme_choice));
  const Sites sites{type_numbers(types, *scheme), residues.value_or(Numbers()),
                    chains.value_or(Texts())};
  auto model =
      std::make_shared<const Model>(potential::from_sites(sites, coordinates, *scheme, id));
  return {std::move(model), std::move(scheme)};
}

/// One character each, ' ' for none.
std::vector<char> characters_of(const char* name, const std::optional<Texts>& texts) {
  std::vector<char> characters;
  if (!texts) return characters;
  for (const std::string& text : *texts) {
    if (text.size() > 1)
      throw UsageError(std::string(name) + ": '" + text + "' is more than one character");
    characters.push_back(text.empty() ? ' ' : text.front());
  }
  return characters;
}

TypedModel from_atoms(const CoordinateArray& array, const Texts& atom_names,
                      const Texts& residue_names, const Numbers& residue_numbers,
                      const std::optional<Texts>& chains,
                      const std::optional<Texts>& insertion_codes,
                      const std::optional<Texts>& altlocs,
                      const std::optional<std::vector<double>>& occupancies,
                      const SchemeChoice& scheme_choice, const std::string& id) {
  const Coordinates coordinates = coordinates_in(array);
  auto scheme = std::make_shared<const Scheme>(scheme_of(scheme_choice));
  const Atoms atoms = atoms_of(atom_names, residue_names, residue_numbers, chains, insertion_codes,
                               altlocs, occupancies);
  auto model =
      std::make_shared<const Model>(potential::from_atoms(atoms, coordinates, *scheme, id));
  return {std::move(model), std::move(scheme)};
}

std::vector<TypedModel> read_models(const Inputs& inputs, const SchemeChoice& types,
                                    const std::string& models, double min_plddt,
                                    bool bfactor_is_plddt, int threads, bool strict,
                                    const py::object& warn) {
  auto scheme = std::make_shared<const Scheme>(scheme_of(types));
  ReadModelsOptions options;
  options.read = read_options(models, min_plddt, bfactor_is_plddt);
  options.read.heavy_atoms = true;  // which chains touch
  set_run(options, strict, threads);
  std::vector<TypedModel> found;
  run_work({py::none(), warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    for (auto& model : potential::read_models(words_of(inputs), *scheme, options))
      found.push_back({std::move(model), scheme});
  });
  return found;
}

py::array_t<double> coordinates_of(const TypedModel& typed) {
  const Model& model = *typed.model;
  py::array_t<double> array({static_cast<py::ssize_t>(model.size()), py::ssize_t{3}});
  auto xyz = array.mutable_unchecked<2>();
  for (std::size_t i = 0; i < model.size(); ++i) {
    const auto k = static_cast<py::ssize_t>(i);
    xyz(k, 0) = model.x[i] / 1000.0, xyz(k, 1) = model.y[i] / 1000.0,
           xyz(k, 2) = model.z[i] / 1000.0;
  }
  return array;
}

py::list residues_of(const TypedModel& typed) {
  py::list list;
  for (std::size_t i = 0; i < typed.model->residues.size(); ++i)
    list.append(residue_name(*typed.model, static_cast<std::uint32_t>(i)));
  return list;
}

constexpr const char* sites_doc =
    "A model of sites whose types are known.\n\n"
    "coordinates: [n, 3], Å, rounded to the nearest 0.001 Å. types: [n] names\n"
    "('ALA:CB') or numbers of types of the scheme. residues: [n] residue numbers, the\n"
    "sites of a residue together; by default each site is one of its own. chains: [n];\n"
    "by default all are 'A'. The sequence separation of two residues of a chain is the\n"
    "sum of the differences of residue numbers between them. scheme: a name, a file, or\n"
    "the table whose scheme it is. Raises UsageError.";
constexpr const char* atoms_doc =
    "A model of atoms by their names. Sites are placed by the same rules as those of a\n"
    "file: hydrogens are no sites, MSE is MET, a missing CB is built, residues are\n"
    "neighbours when C and N are bonded, and of alternative conformations the one of\n"
    "the highest occupancy is taken.\n\n"
    "coordinates: [n, 3], Å, rounded to the nearest 0.001 Å. atom_names,\n"
    "residue_names, residue_numbers, chains (default 'A'), insertion_codes and altlocs\n"
    "(one character or '' each, default none), occupancies (default 1): [n] each. There\n"
    "is no pLDDT: leave the atoms of unsure residues out. scheme: as for from_sites.\n"
    "Raises UsageError; FormatError, which names the atom, when a coordinate that is\n"
    "needed is not finite, or nothing is left.";

}  // namespace

Coordinates coordinates_in(const CoordinateArray& array) {
  if (array.ndim() != 2 || array.shape(1) != 3)
    throw UsageError("coordinates: give an array of the shape (n, 3), in Å");
  if (array.shape(0) == 0) throw UsageError("coordinates: there are none");
  return {array.data(), static_cast<std::size_t>(array.shape(0))};
}

Atoms atoms_of(const Texts& atom_names, const Texts& residue_names, const Numbers& residue_numbers,
               const std::optional<Texts>& chains, const std::optional<Texts>& insertion_codes,
               const std::optional<Texts>& altlocs,
               const std::optional<std::vector<double>>& occupancies) {
  return {atom_names,
          residue_names,
          residue_numbers,
          chains.value_or(Texts()),
          characters_of("insertion_codes", insertion_codes),
          characters_of("altlocs", altlocs),
          occupancies.value_or(std::vector<double>())};
}

ReadOptions read_options(const std::string& models, double min_plddt, bool bfactor_is_plddt) {
  if (models != "first" && models != "all")
    throw UsageError("models: '" + models + "' is neither first nor all");
  if (!(min_plddt >= 0 && min_plddt <= 100))
    throw UsageError("min_plddt: give a number from 0 to 100");
  return {models == "all" ? ModelChoice::all : ModelChoice::first, min_plddt, bfactor_is_plddt};
}

void set_run(RunOptions& options, bool strict, int threads) {
  if (threads < 0 || threads > 1024)
    throw UsageError("threads: '" + std::to_string(threads) +
                     "' is not a whole number from 0 to 1024");
  options.strict = strict;
  options.threads = threads;
}

std::size_t count_of(const char* name, int count) {
  if (count < 0) throw UsageError(std::string(name) + ": give a number of 0 or more");
  return static_cast<std::size_t>(count);
}

void bind_models(py::module_& module) {
  // Of score.hpp, but first needed here.
  py::class_<potential::ResidueName>(module, "ResidueName", "A residue as its file names it.")
      .def_readonly("chain", &potential::ResidueName::chain)
      .def_readonly("number", &potential::ResidueName::number, "Author number.")
      .def_property_readonly(
          "insertion_code",
          [](const potential::ResidueName& residue) {
            return residue.insertion_code == ' ' ? std::string()
                                                 : std::string(1, residue.insertion_code);
          },
          "One character, or empty.")
      .def_readonly("name", &potential::ResidueName::name)
      .def("__repr__", [](const potential::ResidueName& residue) {
        return "<potential.ResidueName " + residue.chain + ":" + residue.name +
               std::to_string(residue.number) +
               (residue.insertion_code == ' ' ? "" : std::string(1, residue.insertion_code)) + ">";
      });
  py::class_<TypedModel> type(module, "Model",
                              "One model as typed sites, in the order chain, residue, type.");
  type.def_static("from_sites", from_sites, py::arg("coordinates"), py::arg("types"),
                  py::arg("residues") = py::none(), py::arg("chains") = py::none(), py::kw_only(),
                  py::arg("scheme") = "heavy-atom", py::arg("id") = "model", sites_doc);
  type.def_static("from_atoms", from_atoms, py::arg("coordinates"), py::arg("atom_names"),
                  py::arg("residue_names"), py::arg("residue_numbers"),
                  py::arg("chains") = py::none(), py::arg("insertion_codes") = py::none(),
                  py::kw_only(), py::arg("altlocs") = py::none(),
                  py::arg("occupancies") = py::none(), py::arg("scheme") = "heavy-atom",
                  py::arg("id") = "model", atoms_doc);
  type.def_property_readonly("id", [](const TypedModel& m) { return m.model->id; });
  type.def_property_readonly(
      "scheme", [](const TypedModel& m) { return m.scheme->name(); }, "Name of its scheme.");
  type.def_property_readonly("coordinates", coordinates_of, "[n, 3] float64, Å; a copy.");
  type.def_property_readonly(
      "types",
      [](const py::object& self) {
        const auto& values = self.cast<const TypedModel&>().model->type;
        return view(values.data(), {static_cast<py::ssize_t>(values.size())}, self);
      },
      "[n] uint16, number of the type of each site; not copied.");
  type.def_property_readonly(
      "residue_indices",
      [](const py::object& self) {
        const auto& values = self.cast<const TypedModel&>().model->residue;
        return view(values.data(), {static_cast<py::ssize_t>(values.size())}, self);
      },
      "[n] uint32, index into residues of each site; not copied.");
  type.def_property_readonly("residues", residues_of, "Its polymer residues, in order.");
  type.def_property_readonly(
      "sha256", [](const TypedModel& m) { return to_hex(m.model->sha256); },
      "Of its canonical sites: the same for the same model from any file.");
  type.def_property_readonly(
      "radius_of_gyration", [](const TypedModel& m) { return radius_of_gyration(*m.model); },
      "Å, of the sites, unweighted.");
  type.def_property_readonly(
      "notes", [](const TypedModel& m) { return m.model->notes; },
      "What one should know: residues that were skipped, and why.");
  type.def("__len__", [](const TypedModel& m) { return m.model->size(); });
  type.def("__repr__", [](const TypedModel& m) {
    return "<potential.Model " + m.model->id + ", " + std::to_string(m.model->size()) + " sites>";
  });
  module.def("read_models", read_models, py::arg("inputs"), py::kw_only(),
             py::arg("types") = "heavy-atom", py::arg("models") = "first",
             py::arg("min_plddt") = 0.0, py::arg("bfactor_is_plddt") = false,
             py::arg("threads") = 0, py::arg("strict") = false, py::arg("warn") = py::none(),
             "Reads structures as typed sites, in order of the inputs; one that cannot be used\n"
             "is named to `warn` and skipped, or with `strict` raises FileError. inputs,\n"
             "types (also a table), models, min_plddt, bfactor_is_plddt: as for extract.");
}

}  // namespace potential::python
