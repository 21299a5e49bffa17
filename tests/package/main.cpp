// Trains a small potential and looks one score up, as a user of the library would.
#include <cmath>
#include <cstdio>
#include <potential/core/contact_counts.hpp>
#include <potential/training/train.hpp>

int main() {
  using namespace potential;
  ContactCounts counts(TableAxes(load_scheme("residue-cb"), DistanceBins::parse("seed"),
                                 SeparationClasses::parse("1+")));
  const TableAxes& axes = counts.axes;
  const int row = axes.pairs.row(axes.scheme.find("ALA"), axes.scheme.find("CYS"));
  counts.counts(row, 2) = 30;
  counts.counts(row, 5) = 10;
  counts.counts(0, 5) = 40;
  const PotentialTable table = train(counts, TrainOptions{});
  const double expected = -std::log((30.0 / 40) / (30.0 / 80));
  std::printf("%.4f\n", table.score(row, 2));
  return std::abs(table.score(row, 2) - expected) < 1e-3 ? 0 : 1;
}
