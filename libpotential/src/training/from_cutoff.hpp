#pragma once
#include <functional>

#include "training/reference.hpp"

namespace potential {

/// A reference that takes each row's count at the cut-off, n_ij(cut) with the
/// pseudocount, and carries it to shorter distances by a density of pairs: of
/// each bin the density at its middle times its width. A first bin that is wider
/// than the next, or starts at 0, is integrated: there the middle says little.
/// A row without a count at the cut-off has nothing to be compared with.
Reference carry_from_cutoff(const ClassCounts& counts, double pseudocount,
                            const std::function<double(double)>& density,
                            const std::function<double(double, double)>& integral);

}  // namespace potential
