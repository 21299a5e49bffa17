#include <atomic>
#include <potential/scoring/scorer.hpp>
#include <potential/support/error.hpp>

#include "models.hpp"
#include "module.hpp"
#include "run.hpp"

namespace potential::python {
namespace {

using TopologyArgument = std::variant<TypedModel, Path>;

LengthUnit unit_of(const std::string& name) {
  if (name == "angstrom" || name == "Å") return LengthUnit::angstrom;
  if (name == "nm") return LengthUnit::nanometre;
  throw UsageError("unit: '" + name + "' is neither angstrom nor nm");
}

/// Coordinates as they were given: one frame or several.
class FrameArray {
 public:
  FrameArray(const py::object& xyz, const std::string& unit) : unit_(unit_of(unit)) {
    // float32 and float64 in C order are looked at where they are, anything else is copied.
    if (py::isinstance<py::array_t<float>>(xyz))
      array_ = py::array_t<float, py::array::c_style>::ensure(xyz);
    else
      array_ = CoordinateArray::ensure(xyz);
    if (!array_) PyErr_Clear();
    if (!array_ || array_.ndim() < 2 || array_.ndim() > 3 || array_.shape(array_.ndim() - 1) != 3)
      throw UsageError("coordinates: give an array of the shape (n, 3) or (frames, n, 3)");
  }

  bool several() const { return array_.ndim() == 3; }
  Frames frames() const {
    const auto count = several() ? static_cast<std::size_t>(array_.shape(0)) : 1;
    const auto atoms = static_cast<std::size_t>(array_.shape(array_.ndim() - 2));
    if (py::isinstance<py::array_t<float>>(array_))
      return {static_cast<const float*>(array_.data()), count, atoms, unit_};
    return {static_cast<const double*>(array_.data()), count, atoms, unit_};
  }

 private:
  py::array array_;
  LengthUnit unit_;
};

/// Does work(run) without the GIL. One frame is done before anybody could ask for its
/// end; more of them on a thread of their own, so that Ctrl-C is heard.
template <class Work>
void run_frames(const Frames& frames, int threads, const Work& work) {
  RunOptions options;
  set_run(options, false, threads);
  if (frames.size() <= 1) {
    const py::gil_scoped_release unlocked;
    work(FrameRun{1, nullptr});
    return;
  }
  run_work({py::none(), py::none()}, [&](const RunObserver& observer) {
    work(FrameRun{threads, observer.cancel});
  });
}

FrameScores score(const Scorer& scorer, const Frames& frames, const FrameParts& parts,
                  int threads) {
  FrameScores scores;
  run_frames(frames, threads,
             [&](const FrameRun& run) { scores = scorer.score(frames, parts, run); });
  return scores;
}

/// The values in an array of their own: [F, ...], or [...] of one frame.
template <class Value>
py::object array_of(std::vector<Value> values, const FrameArray& xyz,
                    std::vector<py::ssize_t> rest = {}) {
  if (xyz.several())
    rest.insert(rest.begin(), static_cast<py::ssize_t>(xyz.frames().size()));
  else if (rest.empty())
    return py::cast(values.front());
  auto* held = new std::vector<Value>(std::move(values));
  const py::capsule owner(held, [](void* p) { delete static_cast<std::vector<Value>*>(p); });
  return py::array_t<Value>(std::move(rest), held->data(), owner);
}

Topology topology_of(const TopologyArgument& given, const Scheme& scheme) {
  if (const auto* path = std::get_if<Path>(&given)) return Topology::read(path->string(), scheme);
  const auto& typed = std::get<TypedModel>(given);
  return {typed.model, *typed.scheme};
}

std::unique_ptr<Scorer> make(const PotentialArgument& potential, const TopologyArgument& topology) {
  const auto table = potential_of("potential", potential);
  return std::make_unique<Scorer>(*table, topology_of(topology, table->axes.scheme));
}

std::unique_ptr<Scorer> make_from_atoms(const PotentialArgument& potential,
                                        const CoordinateArray& coordinates, const Texts& atom_names,
                                        const Texts& residue_names, const Numbers& residue_numbers,
                                        const std::optional<Texts>& chains,
                                        const std::optional<Texts>& insertion_codes,
                                        const std::optional<Texts>& altlocs,
                                        const std::optional<std::vector<double>>& occupancies) {
  const auto table = potential_of("potential", potential);
  const Atoms atoms = atoms_of(atom_names, residue_names, residue_numbers, chains, insertion_codes,
                               altlocs, occupancies);
  return std::make_unique<Scorer>(
      *table, Topology::from_atoms(atoms, coordinates_in(coordinates), table->axes.scheme));
}

py::object totals(const Scorer& scorer, const py::object& given, const std::string& unit,
                  int threads) {
  const FrameArray xyz(given, unit);
  return array_of(score(scorer, xyz.frames(), {}, threads).totals, xyz);
}

py::object contacts(const Scorer& scorer, const py::object& given, const std::string& unit,
                    int threads) {
  const FrameArray xyz(given, unit);
  return array_of(score(scorer, xyz.frames(), {}, threads).contacts, xyz);
}

py::object per_residue(const Scorer& scorer, const py::object& given, const std::string& unit,
                       int threads) {
  const FrameArray xyz(given, unit);
  FrameParts parts;
  parts.per_residue = true;
  return array_of(score(scorer, xyz.frames(), parts, threads).per_residue, xyz,
                  {static_cast<py::ssize_t>(scorer.residues().size())});
}

py::object per_chain_pair(const Scorer& scorer, const py::object& given, const std::string& unit,
                          int threads) {
  const FrameArray xyz(given, unit);
  FrameParts parts;
  parts.per_chain_pair = true;
  return array_of(score(scorer, xyz.frames(), parts, threads).per_chain_pair, xyz,
                  {static_cast<py::ssize_t>(scorer.chain_pairs().size())});
}

py::object change(const Scorer& scorer, const py::object& before, const py::object& after,
                  const std::string& unit, int threads) {
  const FrameArray from(before, unit), to(after, unit);
  if (from.several()) throw UsageError("before: give one frame, an array of the shape (n, 3)");
  const Frames first = from.frames(), frames = to.frames();
  std::vector<double> changes;
  run_frames(frames, threads,
             [&](const FrameRun& run) { changes = scorer.changes(first[0], frames, run); });
  return array_of(std::move(changes), to);
}

py::object energy(const Scorer& scorer, const py::object& given, const std::string& unit,
                  int threads) {
  const FrameArray xyz(given, unit);
  const Frames frames = xyz.frames();  // asks Python, so not without the GIL
  std::vector<double> energies;
  run_frames(frames, threads,
             [&](const FrameRun& run) { energies = scorer.energies(frames, run); });
  return array_of(std::move(energies), xyz);
}

std::pair<py::object, py::object> energy_and_gradient(const Scorer& scorer, const py::object& given,
                                                      const std::string& unit, int threads) {
  const FrameArray xyz(given, unit);
  const Frames frames = xyz.frames();
  EnergyGradient result;
  run_frames(frames, threads,
             [&](const FrameRun& run) { result = scorer.energy_and_gradient(frames, run); });
  return {array_of(std::move(result.energies), xyz),
          array_of(std::move(result.gradients), xyz,
                   {static_cast<py::ssize_t>(scorer.topology().atoms()), py::ssize_t{3}})};
}

constexpr const char* scorer_doc =
    "Scores coordinates of one molecule, frame after frame, without files.\n\n"
    "potential: a Potential, the path of one, or a shipped name ('default'). topology: a\n"
    "structure file (its first model), whose atoms are then those of a frame, all of them and\n"
    "in the order of the file; or a Model, whose sites are. Names in arrays: from_atoms.\n"
    "Raises UsageError, FileError.";
constexpr const char* from_atoms_doc =
    "A scorer of molecules whose atoms are known by their names, as Model.from_atoms takes\n"
    "them. The coordinates decide on bonds and separations, once for all frames.";
constexpr const char* call_doc =
    "Total of each frame: [F] for (frames, n, 3), a float for (n, 3). Natural-log units, not\n"
    "normalized: what `score(normalize='total')` says of a file with these coordinates.\n\n"
    "xyz: float32 or float64 in C order is not copied; unit: 'angstrom' or 'nm'; rounded to\n"
    "the nearest 0.001 Å, as those of files are. threads: 0 = all cores. Releases the GIL;\n"
    "Ctrl-C ends it. Raises UsageError, which names frame and atom, when one at a site is not\n"
    "finite, or the shape is not that of the topology.";

}  // namespace

void bind_scorer(py::module_& module) {
  py::class_<Scorer> type(module, "Scorer", scorer_doc);
  type.def(py::init(&make), py::arg("potential"), py::arg("topology"));
  type.def_static("from_atoms", make_from_atoms, py::arg("potential"), py::arg("coordinates"),
                  py::arg("atom_names"), py::arg("residue_names"), py::arg("residue_numbers"),
                  py::arg("chains") = py::none(), py::arg("insertion_codes") = py::none(),
                  py::kw_only(), py::arg("altlocs") = py::none(),
                  py::arg("occupancies") = py::none(), from_atoms_doc);
  type.def("__len__", [](const Scorer& s) { return s.topology().atoms(); });
  type.def_property_readonly(
      "coordinates",
      [](const py::object& self) {
        const Topology& topology = self.cast<const Scorer&>().topology();
        return view(topology.coordinates().data(),
                    {static_cast<py::ssize_t>(topology.atoms()), py::ssize_t{3}}, self);
      },
      "[n, 3] float64, Å: the topology's own, all atoms in order; NaN where the file has\n"
      "none to read. Not copied.");
  type.def_property_readonly("residues", &Scorer::residues,
                             "The residues that carry a site, in order: columns of per_residue.");
  type.def_property_readonly("chain_pairs", &Scorer::chain_pairs,
                             "Names of two chains, columns of per_chain_pair.");
  const auto add = [&](const char* name, auto function, const char* doc) {
    type.def(name, function, py::arg("xyz"), py::arg("unit") = "angstrom", py::arg("threads") = 0,
             doc);
  };
  add("__call__", totals, call_doc);
  add("contacts", contacts, "[F] pairs of sites in a bin and a class; see __call__.");
  add("per_residue", per_residue,
      "[F, R] half of each pair goes to each of its residues; see __call__.");
  add("per_chain_pair", per_chain_pair,
      "[F, C] what the contacts of two chains add, or of one with itself; see __call__.");
  type.def("change", change, py::arg("before"), py::arg("after"), py::arg("unit") = "angstrom",
           py::arg("threads") = 0,
           "What the score changes from one frame (n, 3) to another, or to each of several\n"
           "[F], as when a residue moves or a segment is rebuilt: the difference of two totals,\n"
           "but for the order in which it is summed. Only pairs of what moved are searched, so\n"
           "it is the faster the less that is. See __call__.");
  add("energy", energy,
      "[F] energy of the potential made smooth (docs/trajectories.md), of coordinates that\n"
      "are not rounded: its differences are those that energy_and_gradient tells.");
  add("energy_and_gradient", energy_and_gradient,
      "Smooth energies [F] and their derivatives by each coordinate [F, n, 3], a unit of xyz;\n"
      "of (n, 3) a float and [n, 3]. Forces are minus the gradient. See __call__. Raises\n"
      "UsageError also when a score of the table is not finite.");
  type.def("__repr__", [](const Scorer& s) {
    return "<potential.Scorer " + s.topology().model().id + ", " +
           std::to_string(s.topology().atoms()) + " atoms>";
  });
}

}  // namespace potential::python
