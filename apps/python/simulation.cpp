#include <potential/report/simulation.hpp>
#include <potential/support/error.hpp>

#include "module.hpp"

namespace potential::python {
namespace {

std::string openmm_system_of(const PotentialArgument& potential, const TypedModel& model,
                             double temperature, const std::optional<std::string>& separation) {
  const auto held = potential_of("potential", potential);
  if (*model.scheme != held->axes.scheme)
    throw UsageError(model.model->id + ": its types are " + model.scheme->name() +
                     ", the potential's " + held->axes.scheme.name());
  SimulationOptions options;
  options.temperature = temperature;
  if (separation) options.separations = SeparationClasses::parse(*separation);
  const py::gil_scoped_release unlocked;
  return openmm_system(*held, *model.model, options);
}

}  // namespace

void bind_simulation(py::module_& module) {
  module.def("openmm_system", openmm_system_of, py::arg("potential"), py::arg("model"),
             py::kw_only(), py::arg("temperature") = 300.0, py::arg("separation") = py::none(),
             "A serialized OpenMM System (XML) whose particles are the sites of a Model, with the\n"
             "potential made smooth as a CustomNonbondedForce; openmm.XmlSerializer.deserialize\n"
             "takes it.\n\n"
             "temperature: K; one natural-log unit is k_B T of it. separation: only this class.\n"
             "Energies and forces are those of Scorer(potential, model).energy_and_gradient.\n"
             "Raises UsageError.");
}

}  // namespace potential::python
