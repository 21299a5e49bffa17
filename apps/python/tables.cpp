#include <potential/storage/contact_map.hpp>
#include <potential/storage/files.hpp>
#include <potential/storage/recipe_text.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/shipped.hpp>

#include "curves.hpp"

namespace potential::python {
namespace {

/// [K, P, B]
template <class T>
py::object whole_table(const Table<T>& table, const TableAxes& axes, py::handle owner) {
  return view(table.data(), {axes.classes(), axes.rows(), axes.columns()}, owner);
}

void bind_structure(py::module_& module) {
  py::class_<StructureRecord>(module, "Structure", "What is kept of a structure that was counted.")
      .def_readonly("id", &StructureRecord::id, "As the input named it.")
      .def_property_readonly(
          "sha256", [](const StructureRecord& record) { return to_hex(record.sha256); },
          "Of its canonical sites: the same for .pdb, .cif and .gz.")
      .def_readonly("sites", &StructureRecord::sites)
      .def_readonly("residues", &StructureRecord::residues, "Polymer residues.")
      .def_readonly("radius_of_gyration", &StructureRecord::radius_of_gyration, "Å.")
      .def_readonly("chain_lengths", &StructureRecord::chain_lengths, "Residues of each chain.")
      .def_property_readonly(
          "composition",
          [](const py::object& self) {
            const auto& values = self.cast<const StructureRecord&>().composition;
            return view(values.data(), {static_cast<py::ssize_t>(values.size())}, self);
          },
          "[T] uint32, sites of each type; not copied.")
      .def_property_readonly(
          "pair_histogram",
          [](const py::object& self) {
            const auto& values = self.cast<const StructureRecord&>().pair_histogram;
            return view(values.data(), {static_cast<py::ssize_t>(values.size())}, self);
          },
          "[K * B] uint64, its pairs of sites, class by class; not copied.")
      .def("__repr__",
           [](const StructureRecord& record) { return "<potential.Structure " + record.id + ">"; });
}

std::shared_ptr<ContactCounts> open_counts(const Path& path) {
  const py::gil_scoped_release unlocked;
  return std::make_shared<ContactCounts>(load_counts(path.string()));
}

std::shared_ptr<ContactCounts> open_term(const Path& path, const std::string& term) {
  if (term.empty()) return open_counts(path);
  const py::gil_scoped_release unlocked;
  return std::make_shared<ContactCounts>(read_counts(path.string(), term));
}

std::shared_ptr<PotentialTable> open_potential(const Path& path) {
  const py::gil_scoped_release unlocked;
  return std::make_shared<PotentialTable>(load_potential(path.string()));
}

/// Counts or a potential, whichever the table holds.
py::object import_table(const Path& path, bool scores, const std::optional<SchemeChoice>& types,
                        const std::optional<Bins>& bins) {
  MapOptions options;
  if (scores) options.cells = MapCells::scores;
  if (types) options.scheme = scheme_of(*types);
  if (bins) options.bins = bins_of(*bins);
  ImportedMap map = [&] {
    const py::gil_scoped_release unlocked;
    return import_map(path.string(), options);
  }();
  const auto to_python = [](auto& table) {
    return py::cast(std::make_shared<std::decay_t<decltype(table)>>(std::move(table)));
  };
  return std::visit(to_python, map.table);
}

py::object open_any(const Path& path) {
  const std::string file = find_potential(path.string());
  switch (kind_of_file(file)) {
    case FileKind::counts:
      return py::cast(open_counts(file));
    case FileKind::potential:
      return py::cast(open_potential(file));
    case FileKind::scores:
      throw FormatError(file, "holds scores of models; read it with h5py, a dataset a column");
    case FileKind::other:
      break;
  }
  return import_table(file, false, std::nullopt, std::nullopt);
}

void bind_counts(py::module_& module) {
  using Class = py::class_<ContactCounts, std::shared_ptr<ContactCounts>>;
  Class type(module, "Counts",
             "Contact counts of a set of structures: how many pairs of sites were seen, by\n"
             "class of sequence separation (K), pair of types (P) and distance bin (B).\n"
             "Never changes; its arrays look at its memory and keep it alive.");
  type.def_static("open", open_term, py::arg("path"), py::arg("term") = "",
                  "Reads a counts file, or a contact map in TSV; of a file of several terms, the\n"
                  "one named. Raises FileError, FormatError, UsageError.");
  type.def(
      "save",
      [](const ContactCounts& counts, const Path& path) {
        const py::gil_scoped_release unlocked;
        write_counts(counts, path.string());
      },
      py::arg("path"), "Writes a counts file (HDF5), whole or not at all. Raises FileError.");
  type.def_property_readonly(
      "counts",
      [](const py::object& self) {
        const auto& counts = self.cast<const ContactCounts&>();
        return whole_table(counts.counts, counts.axes, self);
      },
      "[K, P, B] uint64; not copied, read-only.");
  type.def_property_readonly(
      "structures",
      [](const py::object& self) {
        py::list list;
        for (const auto& record : self.cast<const ContactCounts&>().structures)
          list.append(py::cast(&record, py::return_value_policy::reference_internal, self));
        return list;
      },
      "The structures counted, sorted by id; empty for an imported contact map.");
  type.def_property_readonly(
      "skipped",
      [](const ContactCounts& counts) {
        std::vector<std::pair<std::string, std::string>> skipped;
        for (const auto& input : counts.skipped) skipped.emplace_back(input.id, input.reason);
        return skipped;
      },
      "Inputs that were not counted: (id, reason).");
  type.def_readonly("options", &ContactCounts::options, "How they were made, as a dict of texts.");
  type.def("to_tsv", format_counts, "The contact map in TSV, as `potential export` writes it.");
  type.def("__repr__", [](const ContactCounts& counts) {
    return "<potential.Counts " + counts.axes.scheme.name() + ", " +
           std::to_string(counts.structures.size()) + " structures>";
  });
  bind_axes(type);
}

void bind_potential(py::module_& module) {
  using Class = py::class_<PotentialTable, std::shared_ptr<PotentialTable>>;
  Class type(module, "Potential",
             "A statistical potential: a score for two types at a distance, by class of\n"
             "sequence separation (K), pair of types (P) and distance bin (B), in natural-log\n"
             "units, lower = more native-like. Never changes; its arrays look at its memory\n"
             "and keep it alive.");
  type.def_static("open", open_potential, py::arg("path"),
                  "Reads a potential file, or a shipped potential by its name ('default').\n"
                  "Raises FileError, FormatError; UsageError for an unknown name.");
  type.def(
      "save",
      [](const PotentialTable& table, const Path& path) {
        const py::gil_scoped_release unlocked;
        write_potential(table, path.string());
      },
      py::arg("path"), "Writes a potential file (HDF5), whole or not at all. Raises FileError.");
  type.def_property_readonly(
      "scores",
      [](const py::object& self) {
        const auto& table = self.cast<const PotentialTable&>();
        return whole_table(table.score, table.axes, self);
      },
      "[K, P, B] float64, natural-log units; not copied, read-only.");
  type.def_property_readonly(
      "standard_errors",
      [](const py::object& self) {
        const auto& table = self.cast<const PotentialTable&>();
        return whole_table(table.standard_error, table.axes, self);
      },
      "[K, P, B] float64, of each score; not copied, read-only.");
  type.def_property_readonly(
      "counts",
      [](const py::object& self) -> py::object {
        const auto& table = self.cast<const PotentialTable&>();
        if (!table.counts) return py::none();
        return whole_table(*table.counts, table.axes, self);
      },
      "[K, P, B] uint64 it was trained from; not copied, read-only. None for a combined\n"
      "potential.");
  type.def_readonly("structures", &PotentialTable::structures, "Number of structures behind it.");
  type.def_property_readonly(
      "options", [](const PotentialTable& table) { return to_options(table.recipe); },
      "Its recipe, as a dict of texts.");
  type.def_property_readonly(
      "terms",
      [](const PotentialTable& table) {
        py::dict weights;
        for (const Term& term : table.terms) {
          const Weight& weight = term.weight;
          weights[py::str(term.name)] = weight.depends_on_size()
                                            ? py::object(py::str(weight.to_string()))
                                            : py::object(py::float_(weight.value));
        }
        return weights;
      },
      "The terms of a sum, in order: name -> weight. Empty unless the terms were kept.");
  type.def(
      "term",
      [](const PotentialTable& table, const std::string& name) {
        return std::make_shared<PotentialTable>(find_term(table, name).table);
      },
      py::arg("name"), "A term of a sum as a potential. Raises UsageError for an unknown name.");
  type.def_property_readonly(
      "training",
      [](const PotentialTable& table) {
        std::vector<std::pair<std::string, std::string>> list;
        for (const TrainingStructure& one : table.training)
          list.emplace_back(one.id, to_hex(one.sha256));
        return list;
      },
      "The structures that it was trained on, as (id, sha256); empty where not known.");
  type.def(
      "to_tsv", [](const PotentialTable& table) { return format_scores(table.axes, table.score); },
      "The scores in TSV, as `potential export` writes them.");
  type.def("__repr__", [](const PotentialTable& table) {
    const std::string made = table.recipe.training   ? table.recipe.training->reference
                             : table.recipe.is_sum() ? "combined"
                                                     : "imported";
    return "<potential.Potential " + table.axes.scheme.name() + ", " + made + ", " +
           std::to_string(table.structures) + " structures>";
  });
  bind_axes(type);
}

/// A table as it is, or read by `open`. @param what  as in `a Potential or its file`
template <class Table>
std::shared_ptr<Table> table_of(const char* argument, const py::object& given, const char* what,
                                std::shared_ptr<Table> (*open)(const Path&)) {
  if (py::isinstance<Table>(given)) return given.cast<std::shared_ptr<Table>>();
  if (py::isinstance<py::str>(given) || py::hasattr(given, "__fspath__"))
    return open(given.cast<Path>());
  throw py::type_error(std::string(argument) + ": give " + what + ", not " +
                       py::str(py::type::of(given).attr("__name__")).cast<std::string>());
}

}  // namespace

std::shared_ptr<PotentialTable> potential_of(const char* argument, const PotentialArgument& given) {
  return table_of(argument, given, "a Potential, the path of one or a shipped name",
                  open_potential);
}

std::shared_ptr<ContactCounts> counts_of(const char* argument, const CountsArgument& given) {
  return table_of(argument, given, "Counts or the path of a counts file", open_counts);
}

void bind_tables(py::module_& module) {
  bind_curve(module);
  bind_structure(module);
  bind_counts(module);
  bind_potential(module);
  module.def("open", open_any, py::arg("path"),
             "Opens a counts file, a potential, a shipped potential by its name ('default'), or\n"
             "a table in TSV, as import_table does. Raises FileError, FormatError; UsageError for "
             "an unknown\n"
             "name.");
  module.def("import_table", import_table, py::arg("path"), py::kw_only(),
             py::arg("scores") = false, py::arg("types") = py::none(), py::arg("bins") = py::none(),
             "Reads a table in TSV, a pair of types a row with a value for each bin: counts\n"
             "(whole numbers) as Counts, scores as a Potential, without standard errors, counts\n"
             "or recipe.\n\n"
             "scores: also where all are whole. types: what the names of types stand for, a\n"
             "scheme by name or file, or that of a table. bins: those of the columns, a name or\n"
             "edges in Å; else the header says. Raises FileError, FormatError.");
  module.def(
      "query",
      [](const py::object& table, const std::string& pair,
         const std::optional<std::string>& separation) {
        const bool is_table =
            py::isinstance<ContactCounts>(table) || py::isinstance<PotentialTable>(table);
        if (is_table) return query(table, pair, separation);
        if (!py::isinstance<py::str>(table) && !py::hasattr(table, "__fspath__"))
          throw py::type_error(
              "table: give Counts, a Potential, the path of one or a shipped name");
        return query(open_any(table.cast<Path>()), pair, separation);
      },
      py::arg("table"), py::arg("pair"), py::arg("separation") = py::none(),
      "The curves of the pairs of types that `pair` names, as the method `query` of a table\n"
      "does; `table` may also be a file or a shipped name.");
  module.def("schemes", shipped_scheme_names, "Names of the schemes that come along.");
}

}  // namespace potential::python
