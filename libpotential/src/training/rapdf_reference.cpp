#include "training/reference.hpp"

namespace potential {

Reference rapdf_reference(const ClassCounts& counts, double pseudocount) {
  const ScoreTable n = counts.observed().cast<double>() + pseudocount;
  const Eigen::ArrayXd rows = n.rowwise().sum().max(1.0);
  const Eigen::Array<double, 1, Eigen::Dynamic> columns = n.colwise().sum();
  const double total = columns.sum();
  Reference reference{ScoreTable::Zero(n.rows(), n.cols()), Reference::Level::margins};
  if (total > 0) reference.expected = (rows.matrix() * (columns / total).matrix()).array();
  return reference;
}

}  // namespace potential
