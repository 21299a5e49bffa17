#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <potential/report/simulation.hpp>

#include "report/particles.hpp"

namespace potential {
namespace {

using Text = std::back_insert_iterator<std::string>;

constexpr double boltzmann = 8.31446261815324e-3;  ///< kJ/mol/K

/// Of Lepton: read from the last line to the first. The cubic of a piece is written with
/// values f and second derivatives m at its ends, as SmoothTable keeps it.
constexpr const char* energy =
    "kT*step(c)*(w*f0+t*f1+h*h/6*((w*w-1)*w*m0+(t*t-1)*t*m1));"
    "f0=node(n); m0=node(n+1); f1=node(n+2); m1=node(n+3);"
    "n=stride*(classes*pair(type1,type2)+max(c,0))+2*piece;"
    "w=1-t; t=(x-knot(piece))/h; h=width(piece);"
    "piece=start+step(x-knot(start+1)); start=first(floor(x*per_angstrom));"
    "x=10*r;"
    "c=class(select(chain1-chain2, other_chain, min(abs(position1-position2), other_chain-1)))";

template <class Values>
void add_values(const char* name, const std::string& attributes, const Values& values, Text out) {
  fmt::format_to(out, "<Function name=\"{}\" {} version=\"1\"><Values>\n", name, attributes);
  for (const auto value : values) fmt::format_to(out, "<Value v=\"{}\"/>\n", value);
  fmt::format_to(out, "</Values></Function>\n");
}

template <class Values>
void add_function(const char* name, const Values& values, Text out) {
  add_values(name, "type=\"Discrete1DFunction\"", values, out);
}

/// Class by separation, -1 for none: of each up to the first that all larger ones are as, and
/// then of pairs of two chains.
std::vector<int> class_of_separation(const SeparationClasses& classes) {
  std::int32_t last = 0;
  for (const auto& one : classes.classes())
    for (const auto& range : one.ranges)
      last = std::max(last, range.last == SeparationClasses::open() ? range.first : range.last);
  std::vector<int> found{-1};  // one residue
  for (std::int32_t s = 1; s <= last + 1; ++s) found.push_back(classes.of_separation(s));
  found.push_back(classes.of_different_chains());
  return found;
}

/// The nodes of the curves of the types present, and the number of each two types.
void add_curves(const Particles& particles, Text out) {
  const SmoothTable& curves = particles.curves();
  const std::size_t types = particles.types().size();
  const auto classes = static_cast<std::size_t>(particles.classes().size());
  std::vector<double> nodes;  // kept as floats, whose short form would be another number here
  std::vector<std::size_t> pair(types * types);
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < types; ++i)
    for (std::size_t j = i; j < types; ++j) {
      pair[i * types + j] = pair[j * types + i] = pairs++;
      const float* const begin = curves.nodes.data() + particles.row(i, j, 0) * curves.stride();
      nodes.insert(nodes.end(), begin, begin + classes * curves.stride());
    }
  add_function("node", nodes, out);
  add_values("pair", fmt::format("type=\"Discrete2DFunction\" xsize=\"{0}\" ysize=\"{0}\"", types),
             pair, out);
}

void add_force(const Particles& particles, const Model& model, double unit, Text out) {
  const SmoothTable& curves = particles.curves();
  const std::vector<int> of_separation = class_of_separation(particles.classes());
  fmt::format_to(out,
                 "<Force cutoff=\"{}\" energy=\"{}\" forceGroup=\"0\" method=\"1\" "
                 "name=\"potential\" switchingDistance=\"-1\" type=\"CustomNonbondedForce\" "
                 "useLongRangeCorrection=\"0\" useSwitchingFunction=\"0\" version=\"2\">\n",
                 curves.cutoff / 10, energy);
  fmt::format_to(out,
                 "<PerParticleParameters><Parameter name=\"type\"/><Parameter name=\"chain\"/>"
                 "<Parameter name=\"position\"/></PerParticleParameters>\n<GlobalParameters>\n");
  const std::pair<const char*, double> numbers[] = {
      {"kT", unit},
      {"stride", static_cast<double>(curves.stride())},
      {"classes", particles.classes().size()},
      {"per_angstrom", curves.per_angstrom},
      {"other_chain", static_cast<double>(of_separation.size() - 1)}};
  for (const auto& [name, value] : numbers)
    fmt::format_to(out, "<Parameter default=\"{}\" name=\"{}\"/>\n", value, name);
  fmt::format_to(out, "</GlobalParameters>\n<EnergyParameterDerivatives/>\n<Particles>\n");
  for (std::size_t i = 0; i < model.size(); ++i) {
    const Residue& residue = model.residues[model.residue[i]];
    fmt::format_to(out, "<Particle param1=\"{}\" param2=\"{}\" param3=\"{}\"/>\n",
                   particles.type_of(i), residue.chain, residue.position);
  }
  fmt::format_to(out, "</Particles>\n<Exclusions/>\n<Functions>\n");
  add_curves(particles, out);
  add_function("knot", curves.knots, out);
  add_function("width", curves.widths, out);
  add_function("first", curves.first_piece, out);
  add_function("class", of_separation, out);
  fmt::format_to(out, "</Functions>\n<InteractionGroups/>\n</Force>\n");
}

}  // namespace

std::string openmm_system(const PotentialTable& table, const Model& model,
                          const SimulationOptions& options) {
  const Particles particles(table, model, options);
  std::string text =
      "<?xml version=\"1.0\" ?>\n<System openmmVersion=\"7.7\" type=\"System\" version=\"1\">\n"
      "<PeriodicBoxVectors><A x=\"2\" y=\"0\" z=\"0\"/><B x=\"0\" y=\"2\" z=\"0\"/>"
      "<C x=\"0\" y=\"0\" z=\"2\"/></PeriodicBoxVectors>\n<Particles>\n";
  Text out(text);
  for (std::size_t i = 0; i < model.size(); ++i)
    fmt::format_to(out, "<Particle mass=\"{}\"/>\n", particles.masses()[particles.type_of(i)]);
  fmt::format_to(out, "</Particles>\n<Constraints/>\n<Forces>\n");
  add_force(particles, model, boltzmann * options.temperature, out);
  fmt::format_to(out, "</Forces>\n</System>\n");
  return text;
}

}  // namespace potential
