#pragma once

namespace potential {

/// In a scheme with `sites atom`, what stands for the name of an atom where the
/// site is the mean of the side-chain heavy atoms that are present (GLY: CA):
///
///     ALA:SC   ALA   centroid
inline constexpr const char* centroid_site = "centroid";

}  // namespace potential
