#include "training/regroup.hpp"
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// For each old (class, bin) cell the new one, or -1.
std::vector<int> cell_map(const std::vector<int>& classes, const std::vector<int>& bins,
                          int new_bins) {
  std::vector<int> map;
  for (const int k : classes)
    for (const int bin : bins) map.push_back(k < 0 || bin < 0 ? -1 : k * new_bins + bin);
  return map;
}

std::vector<std::uint64_t> regroup_histogram(const std::vector<std::uint64_t>& fine,
                                             const std::vector<int>& map, std::size_t cells) {
  if (fine.size() != map.size()) throw Error("a pair histogram does not fit the bins and classes");
  std::vector<std::uint64_t> coarse(cells, 0);
  for (std::size_t i = 0; i < map.size(); ++i)
    if (map[i] >= 0) {
      auto& cell = coarse[static_cast<std::size_t>(map[i])];
      cell = add_counts(cell, fine[i]);
    }
  return coarse;
}

/// Structures of another stream, their histograms regrouped.
class RegroupedStream : public StructureStream {
 public:
  RegroupedStream(std::shared_ptr<const StructureStream> fine, std::vector<int> map,
                  std::size_t cells)
      : fine_(std::move(fine)), map_(std::move(map)), cells_(cells) {}

  std::size_t size() const override { return fine_->size(); }
  void each(const std::function<void(const StructureRecord&)>& visit) const override {
    StructureRecord record;
    fine_->each([&](const StructureRecord& fine) {
      record = fine;
      record.pair_histogram = regroup_histogram(fine.pair_histogram, map_, cells_);
      visit(record);
    });
  }

 private:
  std::shared_ptr<const StructureStream> fine_;
  std::vector<int> map_;
  std::size_t cells_;
};

}  // namespace

ContactCounts regroup(const ContactCounts& counts, const SeparationClasses& separations,
                      const DistanceBins& bins) {
  const TableAxes& old = counts.axes;
  const auto class_of = separations.nesting(old.separations);
  const auto bin_of = bins.nesting(old.bins);

  ContactCounts result(TableAxes(old.scheme, bins, separations, old.pairs));
  for (int k = 0; k < old.classes(); ++k)
    for (int bin = 0; bin < old.columns(); ++bin) {
      const int to_class = class_of[static_cast<std::size_t>(k)];
      const int to_bin = bin_of[static_cast<std::size_t>(bin)];
      if (to_class < 0 || to_bin < 0) continue;
      add_table(result.table(to_class).middleCols(to_bin, 1), counts.table(k).middleCols(bin, 1));
    }

  const auto map = cell_map(class_of, bin_of, bins.size());
  const auto cells =
      static_cast<std::size_t>(separations.size()) * static_cast<std::size_t>(bins.size());
  result.structures = counts.structures;
  for (StructureRecord& record : result.structures)
    record.pair_histogram = regroup_histogram(record.pair_histogram, map, cells);
  if (counts.stream) result.stream = std::make_shared<RegroupedStream>(counts.stream, map, cells);
  result.skipped = counts.skipped;
  result.options = counts.options;
  return result;
}

}  // namespace potential
