#pragma once
#include <string>

#include <potential/core/contact_counts.hpp>

namespace potential::test {

/// An independent count: every pair of sites over Gemmi's own hierarchy, two
/// plain loops, distances in whole mÅ. Written from the design alone; for
/// chains of the 20 amino acids (and MSE) without alternative conformations.
/// @param path a PDB file, plain or .gz
CountTable brute_force_counts(const std::string& path, const TableAxes& axes);

}  // namespace potential::test
