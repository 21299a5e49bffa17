#pragma once
#include <fmt/format.h>

#include <random>
#include <string>
#include <vector>

namespace potential::test {

struct PdbAtom {
  std::string name, residue, chain;
  int number;
  double x, y, z;
};

/// One ATOM line in PDB columns.
inline std::string pdb_line(const PdbAtom& atom, int serial = 1) {
  const std::string name = atom.name.size() < 4 ? " " + atom.name : atom.name;
  return fmt::format("ATOM  {:5d} {:<4s} {:>3s}{:>2s}{:4d}    {:8.3f}{:8.3f}{:8.3f}  1.00 20.00\n",
                     serial, name, atom.residue, atom.chain, atom.number, atom.x, atom.y, atom.z);
}

/// A made-up chain: backbone and CB of each residue on a random walk, residue
/// to residue bonded. Reproducible by its seed.
inline std::vector<PdbAtom> random_chain(const std::vector<std::string>& sequence,
                                         const std::string& chain, unsigned seed) {
  std::mt19937 engine(seed);
  const auto noise = [&](double width) {
    return width * (static_cast<double>(engine()) / 4294967296.0 - 0.5);
  };
  std::vector<PdbAtom> atoms;
  double x = noise(20), y = noise(20), z = noise(20);
  int number = 0;
  for (const std::string& residue : sequence) {
    ++number;
    const auto add = [&](const char* name, double dx, double dy, double dz) {
      atoms.push_back({name, residue, chain, number, x + dx, y + dy, z + dz});
    };
    add("N", 0, 0, 0);
    add("CA", 1.46, noise(0.1), 0);
    add("C", 2.0, 1.4, noise(0.1));
    add("O", 1.3, 2.4, noise(0.1));
    if (residue != "GLY") add("CB", 2.0, -0.8, 1.2 + noise(0.1));
    // The next N stands 1.3 Å from this C, in a direction of chance.
    x += 2.0 + 0.75 + noise(0.2);
    y += 1.4 * (engine() % 2 == 0 ? 1 : -1) - 0.7 + (engine() % 2 == 0 ? 0.75 : -0.75);
    z += noise(2);
  }
  return atoms;
}

inline std::string pdb_text(const std::vector<PdbAtom>& atoms) {
  std::string text;
  int serial = 0;
  for (const PdbAtom& atom : atoms) text += pdb_line(atom, ++serial % 100000);
  return text + "TER\nEND\n";
}

}  // namespace potential::test
