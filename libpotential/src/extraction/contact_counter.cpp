#include "extraction/contact_counter.hpp"
#include <algorithm>
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// Bytes of a table whose rows are summed for the histogram of each structure.
constexpr std::size_t narrow_table = std::size_t{2} << 20;

}  // namespace

ContactCounter::ContactCounter(const TableAxes& axes)
    : classes_(axes.classes()),
      columns_(axes.columns()),
      types_(static_cast<std::size_t>(axes.scheme.size())),
      cells_(static_cast<std::size_t>(classes_ * columns_)),
      width_(types_ * cells_),
      pairs_(axes.pairs),
      kernel_(axes.bins, axes.separations),
      narrow_(types_ * width_ * sizeof(std::uint16_t) <= narrow_table) {
  if (!pairs_.complete())
    throw UsageError("contacts are counted only for tables with each pair of types on one row");
  if (types_ * width_ > UINT32_MAX)
    throw UsageError("the table would have " + std::to_string(types_ * width_ / 2) +
                     " cells; use fewer types, bins or separation classes");
  table_.assign(types_ * width_, 0);
  pending_.assign(types_, 0);
  row_sums_.assign(width_, 0);
  column_.assign(16 * cells_, 0);
}

std::vector<std::uint64_t> ContactCounter::add(const Model& model) {
  histogram_.assign(cells_, 0);
  if (narrow_) {
    std::size_t type = types_;
    kernel_.for_each_batch(model, [&](const ContactBatch& batch) {
      if (batch.type != type) {
        if (type != types_) sum_row(type);
        type = batch.type;
        fetch_row(type);
      }
      count(batch);
    });
    if (type != types_) sum_row(type);
  } else {
    kernel_.for_each_batch_with_sites(
        model, [&](const ContactBatch& batch) { count_cells(batch, model); });
  }
  return histogram_;
}

/// Has the row of a type brought near at once, not cell by cell as they are hit.
void ContactCounter::fetch_row(std::size_t type) const {
  constexpr std::size_t line = 64 / sizeof(std::uint16_t);
  const std::uint16_t* const row = table_.data() + type * width_;
  for (std::size_t k = 0; k < width_; k += line) __builtin_prefetch(row + k, 1);
}

void ContactCounter::count(const ContactBatch& batch) {
  if (pending_[batch.type] + batch.size > UINT16_MAX) spill_row(batch.type);
  pending_[batch.type] += static_cast<std::uint32_t>(batch.size);
  std::uint16_t* const row = table_.data() + batch.type * width_;
  const std::uint32_t* const offsets = batch.offsets;
  const std::size_t size = batch.size;
  std::size_t k = 0;
  for (; k + 4 <= size; k += 4) {  // less loop around them, wherever the code comes to stand
    ++row[offsets[k]];
    ++row[offsets[k + 1]];
    ++row[offsets[k + 2]];
    ++row[offsets[k + 3]];
  }
  for (; k < size; ++k) ++row[offsets[k]];
}

void ContactCounter::count_cells(const ContactBatch& batch, const Model& model) {
  count(batch);
  for (std::size_t k = 0; k < batch.size; ++k)
    ++histogram_[batch.offsets[k] - model.type[batch.sites[k]] * cells_];
}

/// Adds what the row of a type has grown by to the histogram.
void ContactCounter::sum_row(std::size_t type) {
  // Sums over types stand 16 types wide, so that the loop runs over plain
  // stretches of memory.
  const std::size_t stride = column_.size();
  std::uint16_t* const column = column_.data();
  std::fill_n(column, stride, std::uint16_t{0});
  const std::uint16_t* const row = table_.data() + type * width_;
  for (std::size_t begin = 0; begin < width_; begin += stride) {
    const std::uint16_t* const from = row + begin;
    const std::size_t size = std::min(stride, width_ - begin);
    for (std::size_t k = 0; k < size; ++k)
      column[k] = static_cast<std::uint16_t>(column[k] + from[k]);
  }
  std::uint16_t* const before = row_sums_.data() + type * cells_;
  for (std::size_t begin = cells_; begin < stride; begin += cells_)
    for (std::size_t cell = 0; cell < cells_; ++cell)
      column[cell] = static_cast<std::uint16_t>(column[cell] + column[begin + cell]);
  for (std::size_t cell = 0; cell < cells_; ++cell) {
    histogram_[cell] += static_cast<std::uint16_t>(column[cell] - before[cell]);
    before[cell] = column[cell];
  }
}

void ContactCounter::spill_row(std::size_t type) {
  if (narrow_) sum_row(type);
  spilled_.resize(table_.size(), 0);
  std::uint16_t* const row = table_.data() + type * width_;
  std::uint64_t* const to = spilled_.data() + type * width_;
  for (std::size_t k = 0; k < width_; ++k) to[k] += row[k];  // 2^64 would take centuries
  std::fill_n(row, width_, std::uint16_t{0});
  std::fill_n(row_sums_.data() + type * cells_, cells_, std::uint16_t{0});
  pending_[type] = 0;
}

void ContactCounter::flush_into(CountTable& counts) {
  histogram_.assign(cells_, 0);
  for (std::size_t type = 0; type < types_; ++type) spill_row(type);
  const std::uint64_t* cell = spilled_.data();
  const Eigen::Index rows = pairs_.size();
  for (std::size_t i = 0; i < types_; ++i)
    for (std::size_t j = 0; j < types_; ++j) {
      const int row = pairs_.row(static_cast<int>(i), static_cast<int>(j));
      for (int k = 0; k < classes_; ++k)
        for (int bin = 0; bin < columns_; ++bin, ++cell) {
          auto& count = counts(k * rows + row, bin);
          count = add_counts(count, *cell);
        }
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
