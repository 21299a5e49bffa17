#include "atoms.hpp"

#include <potential/support/error.hpp>

#include "structure/sites.hpp"

namespace potential::python {
namespace {

/// True when an atom is of the residue of the one before.
bool goes_on(const Atoms& atoms, std::size_t i) {
  return i > 0 && atoms.numbers[i] == atoms.numbers[i - 1] &&
         atoms.residue_names[i] == atoms.residue_names[i - 1] &&
         atoms.chains[i] == atoms.chains[i - 1] &&
         atoms.insertion_codes[i] == atoms.insertion_codes[i - 1];
}

ResidueLabel label_of(const Atoms& atoms, std::size_t i) {
  ResidueLabel label;
  label.name = atoms.residue_names[i];
  label.chain = atoms.chains[i];
  label.number = atoms.numbers[i];
  label.insertion_code = atoms.insertion_codes[i].empty() ? ' ' : atoms.insertion_codes[i][0];
  label.key = std::uint64_t{static_cast<std::uint32_t>(label.number)} << 8 |
              static_cast<unsigned char>(label.insertion_code);
  return label;
}

AtomTable table_of(const Atoms& atoms, const ResidueRules& rules) {
  AtomTableBuilder builder(rules);
  bool wanted = false;
  for (std::size_t i = 0; i < atoms.names.size(); ++i) {
    if (!goes_on(atoms, i)) wanted = builder.begin_residue(label_of(atoms, i));
    AtomRow row;
    row.hydrogen = is_hydrogen(atoms.names[i]);
    if (!wanted || !AtomTableBuilder::is_wanted(row.hydrogen, row.altloc)) continue;
    row.atom = pack_atom(atoms.names[i]);
    row.x = atoms.positions[i][0];
    row.y = atoms.positions[i][1];
    row.z = atoms.positions[i][2];
    builder.add(row);
  }
  return builder.finish();
}

}  // namespace

Model model_of_atoms(const Atoms& atoms, const Scheme& scheme, const std::string& id) {
  const ResidueRules rules(scheme);
  SourceText source;
  source.id = id;
  source.coordinates = "coordinates";
  const std::vector<std::string> all_chains;
  SiteOptions options;
  options.rules = &rules;
  options.chains = &all_chains;
  Model model = place_sites(table_of(atoms, rules), options, source);
  model.id = id;
  if (model.size() == 0) source.fail("holds no site of the scheme");
  return model;
}

}  // namespace potential::python
