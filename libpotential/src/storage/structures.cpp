#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include <potential/support/printable.hpp>
#include "storage/parts.hpp"

namespace potential::storage {
namespace {

constexpr std::size_t max_structures = 1'000'000'000;
constexpr std::size_t max_skipped = 1'000'000'000;
/// A structure file has at most 4 GiB, and a line for each residue at least.
constexpr std::uint64_t max_residues = std::uint64_t{1} << 27;
constexpr std::size_t longest_reason = 1000;  // it is for people

/// Records in memory, in the order of the file whatever their order there.
class RecordRows : public StructureRows {
 public:
  explicit RecordRows(const std::vector<StructureRecord>& records) {
    for (const StructureRecord& record : records) order_.push_back(&record);
    std::stable_sort(
        order_.begin(), order_.end(),
        [](const StructureRecord* a, const StructureRecord* b) { return stands_before(*a, *b); });
  }
  std::size_t size() const override { return order_.size(); }
  const StructureRecord& at(std::size_t i, RowPart) override { return *order_[i]; }

 private:
  std::vector<const StructureRecord*> order_;
};

void check_record(const StructureRecord& record, const TableAxes& axes) {
  if (record.composition.size() != static_cast<std::size_t>(axes.scheme.size()) ||
      record.pair_histogram.size() !=
          static_cast<std::size_t>(axes.classes()) * static_cast<std::size_t>(axes.columns()))
    throw Error("cannot write /structures: the margins of " + record.id + " do not fit the table");
}

void write_scalars(Writer& writer, StructureRows& rows) {
  const hsize_t size = rows.size();
  const auto column = [&](const std::string& path, auto field) {
    using Number = std::decay_t<decltype(std::declval<StructureRecord>().*field)>;
    writer.rows<Number>(path, {size},
                        [&](std::size_t i) { return &(rows.at(i, RowPart::scalars).*field); });
    writer.axes(path, {"/structure"});
  };
  column("/structures/sites", &StructureRecord::sites);
  column("/structures/residues", &StructureRecord::residues);
  column("/structures/radius_of_gyration", &StructureRecord::radius_of_gyration);
  writer.attribute("/structures/radius_of_gyration", "units", "angstrom");
}

void write_chains(Writer& writer, StructureRows& rows) {
  std::uint32_t chains = 0;
  hsize_t all = 0;
  writer.rows<std::uint32_t>("/structures/chains", {rows.size()}, [&](std::size_t i) {
    chains = static_cast<std::uint32_t>(rows.at(i, RowPart::chains).chain_lengths.size());
    all += chains;
    return &chains;
  });
  writer.axes("/structures/chains", {"/structure"});
  // Chain by chain, through the structures in their order.
  std::size_t structure = 0, chain = 0;
  const std::vector<std::uint32_t>* lengths = nullptr;
  writer.rows<std::uint32_t>("/structures/chain_length", {all}, [&](std::size_t) {
    while (lengths == nullptr || chain == lengths->size()) {
      lengths = &rows.at(structure++, RowPart::chains).chain_lengths;
      chain = 0;
    }
    return &(*lengths)[chain++];
  });
  writer.scale("/structures/chain_length", "chain");
}

void read_names(const Reader& reader, std::vector<StructureRecord>& records) {
  reader.strings("/structures/id", max_structures, [&](std::size_t, std::string_view id) {
    records.emplace_back().id = std::string(id);
  });
  std::size_t rows = 0;
  reader.strings("/structures/sha256", records.size(), [&](std::size_t i, std::string_view hex) {
    records[i].sha256 = digest_from_hex(std::string(hex));
    ++rows;
  });
  if (rows != records.size()) throw Error("/structures/sha256 is shorter than /structures/id");
  if (!std::is_sorted(records.begin(), records.end(), stands_before))
    throw Error("/structures is not sorted by id and sha256");
}

template <class Number>
void read_scalar(const Reader& reader, const std::string& path,
                 std::vector<StructureRecord>& records, Number StructureRecord::*field) {
  const Dataset dataset = reader.numbers<Number>(path, 1);
  dataset.expect_shape({records.size()});
  reader.rows<Number>(dataset,
                      [&](std::size_t i, const Number* value) { records[i].*field = *value; });
}

template <class Number>
void read_margin(const Reader& reader, const std::string& path, const Shape& shape,
                 std::vector<StructureRecord>& records,
                 std::vector<Number> StructureRecord::*field) {
  const Dataset dataset = reader.numbers<Number>(path, shape.size());
  dataset.expect_shape(shape);
  const std::size_t width = row_width(shape);
  reader.rows<Number>(dataset, [&](std::size_t i, const Number* row) {
    (records[i].*field).assign(row, row + width);
  });
}

void read_chains(const Reader& reader, std::vector<StructureRecord>& records) {
  const auto chains = reader.column<std::uint32_t>("/structures/chains", max_structures);
  const auto lengths =
      reader.column<std::uint32_t>("/structures/chain_length", std::size_t{1} << 32);
  const std::uint64_t sum = std::accumulate(chains.begin(), chains.end(), std::uint64_t{0});
  if (chains.size() != records.size() || sum != lengths.size())
    throw Error("/structures/chains disagrees with the other columns of /structures");
  auto next = lengths.begin();
  for (std::size_t i = 0; i < records.size(); ++i) {
    records[i].chain_lengths.assign(next, next + chains[i]);
    next += chains[i];
  }
}

/// The chains make up the structure: how long a training takes goes by their
/// lengths.
void check_sizes(const StructureRecord& record) {
  const auto& chains = record.chain_lengths;
  const std::uint64_t residues = std::accumulate(chains.begin(), chains.end(), std::uint64_t{0});
  if (residues != record.residues)
    throw Error("/structures/chain_length of " + record.id + " sums to " +
                std::to_string(residues) + ", not to its " + std::to_string(record.residues) +
                " residues");
  if (residues > max_residues)
    throw Error("/structures/residues of " + record.id + " is " + std::to_string(residues) +
                ", more than a structure file can hold");
  if (record.sites > 0 && residues == 0)
    throw Error("/structures/residues of " + record.id + " is 0, but it has sites");
}

}  // namespace

bool stands_before(const StructureRecord& a, const StructureRecord& b) {
  return std::tie(a.id, a.sha256) < std::tie(b.id, b.sha256);
}

void check_read_record(const StructureRecord& record) {
  check_sizes(record);
  const std::uint64_t sites =
      std::accumulate(record.composition.begin(), record.composition.end(), std::uint64_t{0});
  if (sites != record.sites)
    throw Error("/structures/composition of " + record.id + " sums to " + std::to_string(sites) +
                ", not to its " + std::to_string(record.sites) + " sites");
  if (!std::isfinite(record.radius_of_gyration) || record.radius_of_gyration < 0)
    throw Error("/structures/radius_of_gyration of " + record.id + " is not a length");
}

void HistogramSum::add(const StructureRecord& record) {
  for (Eigen::Index i = 0; i < sums_.size(); ++i)
    sums_.data()[i] =
        add_counts(sums_.data()[i], record.pair_histogram[static_cast<std::size_t>(i)]);
}

void HistogramSum::require_equal(const ContactCounts& counts) const {
  const TableAxes& axes = counts.axes;
  for (int k = 0; k < axes.classes(); ++k) {
    CountTable total = CountTable::Zero(1, axes.columns());
    for (int row = 0; row < axes.rows(); ++row) add_table(total, counts.table(k).row(row));
    for (int bin = 0; bin < axes.columns(); ++bin)
      if (total(0, bin) != sums_(k, bin))
        throw Error("/counts has " + std::to_string(total(0, bin)) + " pairs in class " +
                    axes.separations.label(k) + ", bin " + axes.bins.label(bin) +
                    ", but its structures have " + std::to_string(sums_(k, bin)));
  }
}

void write_structures(Writer& writer, const TableAxes& axes, StructureRows& rows) {
  const hsize_t size = rows.size();
  writer.strings("/structure", size, [&](std::size_t i) -> std::string_view {
    return rows.at(i, RowPart::scalars).id;
  });
  writer.scale("/structure", "structure");
  writer.group("/structures");
  writer.link("/structure", "/structures/id");
  std::string hex;
  writer.strings("/structures/sha256", size, [&](std::size_t i) -> std::string_view {
    return hex = to_hex(rows.at(i, RowPart::scalars).sha256);
  });
  writer.axes("/structures/sha256", {"/structure"});
  write_scalars(writer, rows);
  write_chains(writer, rows);
  writer.rows<std::uint32_t>(
      "/structures/composition", {size, static_cast<hsize_t>(axes.scheme.size())},
      [&](std::size_t i) { return rows.at(i, RowPart::composition).composition.data(); });
  writer.axes("/structures/composition", {"/structure", "/type"});
  writer.rows<std::uint64_t>(
      "/structures/pair_histogram",
      {size, static_cast<hsize_t>(axes.classes()), static_cast<hsize_t>(axes.columns())},
      [&](std::size_t i) { return rows.at(i, RowPart::pair_histogram).pair_histogram.data(); });
  writer.axes("/structures/pair_histogram", {"/structure", "/separation", "/bin"});
}

void write_structures(Writer& writer, const ContactCounts& counts) {
  for (const StructureRecord& record : counts.structures) check_record(record, counts.axes);
  RecordRows rows(counts.structures);
  write_structures(writer, counts.axes, rows);
}

void read_structures(const Reader& reader, ContactCounts& counts) {
  auto& records = counts.structures;
  read_names(reader, records);
  const hsize_t size = records.size();
  read_scalar(reader, "/structures/sites", records, &StructureRecord::sites);
  read_scalar(reader, "/structures/residues", records, &StructureRecord::residues);
  read_scalar(reader, "/structures/radius_of_gyration", records,
              &StructureRecord::radius_of_gyration);
  read_chains(reader, records);
  read_margin(reader, "/structures/composition",
              {size, static_cast<hsize_t>(counts.axes.scheme.size())}, records,
              &StructureRecord::composition);
  read_margin(reader, "/structures/pair_histogram",
              {size, static_cast<hsize_t>(counts.axes.classes()),
               static_cast<hsize_t>(counts.axes.columns())},
              records, &StructureRecord::pair_histogram);
  HistogramSum histograms(counts.axes);
  for (const StructureRecord& record : records) {
    check_read_record(record);
    histograms.add(record);
  }
  if (!records.empty()) histograms.require_equal(counts);
}

void write_skipped(Writer& writer, const std::vector<SkippedInput>& skipped) {
  std::vector<SkippedInput> order;
  for (const SkippedInput& input : skipped)
    order.push_back({input.id, std::string(beginning(input.reason, longest_reason))});
  std::sort(order.begin(), order.end());
  writer.group("/skipped");
  writer.strings("/skipped/id", order.size(),
                 [&](std::size_t i) -> std::string_view { return order[i].id; });
  writer.scale("/skipped/id", "skipped");
  writer.strings("/skipped/reason", order.size(),
                 [&](std::size_t i) -> std::string_view { return order[i].reason; });
  writer.axes("/skipped/reason", {"/skipped/id"});
}

std::vector<SkippedInput> read_skipped(const Reader& reader) {
  std::vector<SkippedInput> skipped;
  reader.strings("/skipped/id", max_skipped, [&](std::size_t, std::string_view id) {
    skipped.push_back({std::string(id), ""});
  });
  std::size_t rows = 0;
  reader.strings("/skipped/reason", skipped.size(), [&](std::size_t i, std::string_view reason) {
    skipped[i].reason = std::string(reason);
    ++rows;
  });
  if (rows != skipped.size()) throw Error("/skipped/reason is shorter than /skipped/id");
  return skipped;
}

}  // namespace potential::storage
