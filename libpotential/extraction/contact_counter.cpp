#include <algorithm>
#include <potential/extraction/contact_counter.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// A row is worth its draining when a type's pairs outnumber its cells by far.
bool worth_a_row(std::size_t sites, std::size_t row_cells) { return sites >= row_cells / 16; }

}  // namespace

ContactCounter::ContactCounter(const TableAxes& axes)
    : classes_(axes.classes()),
      columns_(axes.columns()),
      types_(static_cast<std::size_t>(axes.scheme.size())),
      cells_(static_cast<std::size_t>(classes_ * columns_)),
      pairs_(axes.pairs),
      kernel_(axes.bins, axes.separations) {
  if (!pairs_.complete())
    throw UsageError("contacts are counted only for tables with each pair of types on one row");
  if (types_ * types_ * cells_ > UINT32_MAX)
    throw UsageError("the table would have " + std::to_string(types_ * types_ * cells_ / 2) +
                     " cells; use fewer types, bins or separation classes");
  row_.assign(types_ * cells_, 0);
  row_sums_.assign(16 * cells_, 0);
  table_.assign(types_ * types_ * cells_, 0);
}

std::vector<std::uint64_t> ContactCounter::add(const Model& model) {
  std::vector<std::uint64_t> histogram(cells_, 0);
  if (worth_a_row(model.size(), row_.size())) {
    kernel_.for_each_batch(model,
                           [&](const ContactBatch& batch) { count_in_row(batch, histogram); });
    drain_row(histogram);
  } else {
    kernel_.for_each_batch(model,
                           [&](const ContactBatch& batch) { count_in_table(batch, histogram); });
  }
  return histogram;
}

void ContactCounter::count_in_row(const ContactBatch& batch,
                                  std::vector<std::uint64_t>& histogram) {
  if (batch.type != row_type_ || row_pending_ + batch.size > UINT16_MAX) drain_row(histogram);
  row_type_ = batch.type;
  row_pending_ += batch.size;
  std::uint16_t* const row = row_.data();
  const std::uint32_t* const offsets = batch.offsets;
  for (std::size_t k = 0; k < batch.size; ++k) ++row[offsets[k]];
}

void ContactCounter::count_in_table(const ContactBatch& batch,
                                    std::vector<std::uint64_t>& histogram) {
  make_room(batch.size);
  std::uint32_t* const row = table_.data() + batch.type * row_.size();
  for (std::size_t k = 0; k < batch.size; ++k) {
    ++row[batch.offsets[k]];
    ++histogram[batch.cells[k]];
  }
}

void ContactCounter::drain_row(std::vector<std::uint64_t>& histogram) {
  if (row_pending_ == 0) return;
  make_room(row_pending_);
  // Sums over types stand `stride` columns wide, many times the cells of one
  // type, so that the loop runs over plain stretches of memory.
  const std::size_t stride = row_sums_.size();
  std::uint32_t* const sums = row_sums_.data();
  std::uint32_t* to = table_.data() + row_type_ * row_.size();
  for (std::size_t begin = 0; begin < row_.size(); begin += stride, to += stride) {
    std::uint16_t* const from = row_.data() + begin;
    const std::size_t size = std::min(stride, row_.size() - begin);
    for (std::size_t i = 0; i < size; ++i) {
      to[i] += from[i];
      sums[i] += from[i];
    }
    std::fill(from, from + size, std::uint16_t{0});
  }
  for (std::size_t begin = 0; begin < stride; begin += cells_)
    for (std::size_t cell = 0; cell < cells_; ++cell) histogram[cell] += sums[begin + cell];
  std::fill(row_sums_.begin(), row_sums_.end(), 0U);
  row_pending_ = 0;
}

/// So that no 32-bit count can wrap.
void ContactCounter::make_room(std::uint64_t pairs) {
  if (table_pending_ + pairs > UINT32_MAX) spill();
  table_pending_ += pairs;
}

void ContactCounter::spill() {
  spilled_.resize(table_.size(), 0);
  for (std::size_t i = 0; i < table_.size(); ++i) spilled_[i] = add_counts(spilled_[i], table_[i]);
  std::fill(table_.begin(), table_.end(), 0U);
  table_pending_ = 0;
}

void ContactCounter::flush_into(CountTable& counts) {
  spill();
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
