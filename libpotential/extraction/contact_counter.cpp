#include <algorithm>
#include <potential/extraction/contact_counter.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

constexpr std::uint64_t most_recent = UINT32_MAX;

std::vector<std::uint32_t> row_begins(const TypePairs& pairs, int types, int cells) {
  if (!pairs.complete())
    throw UsageError("contacts are counted only for tables with each pair of types on one row");
  std::vector<std::uint32_t> begins;
  begins.reserve(static_cast<std::size_t>(types) * static_cast<std::size_t>(types));
  for (int i = 0; i < types; ++i)
    for (int j = 0; j < types; ++j)
      begins.push_back(static_cast<std::uint32_t>(pairs.row(i, j) * cells));
  return begins;
}

}  // namespace

ContactCounter::ContactCounter(const TableAxes& axes)
    : classes_(axes.classes()),
      rows_(axes.rows()),
      columns_(axes.columns()),
      types_(static_cast<std::size_t>(axes.scheme.size())),
      kernel_(axes.bins, axes.separations) {
  const std::uint64_t cells = std::uint64_t(classes_) * std::uint64_t(columns_);
  if (cells * std::uint64_t(rows_) > UINT32_MAX / 2)
    throw UsageError("the table would have " + std::to_string(cells * std::uint64_t(rows_)) +
                     " cells; use fewer types, bins or separation classes");
  base_ = row_begins(axes.pairs, axes.scheme.size(), classes_ * columns_);
  recent_.assign(cells * std::uint64_t(rows_), 0);
}

std::vector<std::uint64_t> ContactCounter::add(const Model& model) {
  std::vector<std::uint64_t> histogram(static_cast<std::size_t>(classes_ * columns_), 0);
  kernel_.for_each_batch(model, [&](const ContactBatch& batch) { count(batch, histogram); });
  return histogram;
}

void ContactCounter::count(const ContactBatch& batch, std::vector<std::uint64_t>& histogram) {
  if (pending_ + batch.size > most_recent) spill();
  pending_ += batch.size;
  const std::uint32_t* const base = base_.data() + batch.type * types_;
  std::uint32_t* const table = recent_.data();
  std::uint64_t* const bins = histogram.data();
  for (std::size_t k = 0; k < batch.size; ++k) {
    const std::uint16_t cell = batch.cells[k];
    ++table[base[batch.types[k]] + cell];
    ++bins[cell];
  }
}

void ContactCounter::spill() {
  spilled_.resize(recent_.size(), 0);
  for (std::size_t i = 0; i < recent_.size(); ++i)
    spilled_[i] = add_counts(spilled_[i], recent_[i]);
  std::fill(recent_.begin(), recent_.end(), 0);
  pending_ = 0;
}

void ContactCounter::flush_into(CountTable& counts) {
  spill();
  const std::uint64_t* cell = spilled_.data();
  for (int row = 0; row < rows_; ++row)
    for (int k = 0; k < classes_; ++k)
      for (int bin = 0; bin < columns_; ++bin, ++cell) {
        auto& count = counts(Eigen::Index{k} * rows_ + row, bin);
        count = add_counts(count, *cell);
      }
  spilled_.clear();
}

StructureRecord margins_of(const Model& model, int types) {
  StructureRecord record;
  record.id = model.id;
  record.sha256 = model.sha256;
  record.sites = static_cast<std::uint32_t>(model.size());
  record.radius_of_gyration = radius_of_gyration(model);
  for (const Chain& chain : model.chains) {
    record.residues += chain.residues;
    record.chain_lengths.push_back(chain.residues);
  }
  record.composition.assign(static_cast<std::size_t>(types), 0);
  for (const std::uint16_t type : model.type) ++record.composition[type];
  return record;
}

}  // namespace potential
