#include <limits>
#include <potential/storage/recipe_text.hpp>
#include <potential/support/atomic_file.hpp>

#include "storage/parts.hpp"
#include "storage/structure_stream.hpp"

namespace potential {
namespace storage {
namespace {

template <class Content, class Build>
void write_file(const Content& content, const std::string& path, FileKind kind,
                const Build& build) {
  AtomicFile file(path);
  const Session session;
  const Image image = build(content);
  sign(image.bytes.get(), image.size, kind, image.version);
  file.write({image.bytes.get(), image.size});
  file.commit();
}

/// All but the header and the skipped inputs.
template <class WriteStructures>
void write_content(Writer& writer, const ContactCounts& counts, const WriteStructures& write_rows) {
  write_axes(writer, counts.axes);
  write_table(writer, "/counts", counts.axes, counts.counts);
  write_rows();
}

}  // namespace

void write_counts_content(Writer& writer, const ContactCounts& counts) {
  write_content(writer, counts, [&] { write_structures(writer, counts); });
}

void write_counts_content(Writer& writer, const ContactCounts& counts, StructureRows& rows) {
  write_content(writer, counts, [&] { write_structures(writer, counts.axes, rows); });
}

Image build_counts(const ContactCounts& counts) {
  Writer writer;
  write_header(writer, FileKind::counts, counts.options);
  write_counts_content(writer, counts);
  write_skipped(writer, counts.skipped);
  return writer.finish();
}

void write_potential_content(Writer& writer, const PotentialTable& table) {
  writer.attribute("/", "structures", table.structures);
  if (table.calibration) write_calibration(writer, *table.calibration);
  write_axes(writer, table.axes);
  write_table(writer, "/score", table.axes, table.score);
  write_table(writer, "/standard_error", table.axes, table.standard_error);
  if (table.counts) write_table(writer, "/counts", table.axes, *table.counts);
  write_training(writer, table.training);
}

Image build_potential(const PotentialTable& table) {
  Writer writer;
  const int version = table.terms.empty() ? format_version : terms_version;
  write_header(writer, FileKind::potential, to_options(table.recipe), version);
  if (table.terms.empty())
    write_potential_content(writer, table);
  else
    write_terms(writer, table);
  Image image = writer.finish();
  image.version = version;
  return image;
}

namespace {

/// All but the structures and skipped inputs, of the file or the term that was entered.
ContactCounts read_totals(const Reader& reader, const std::string& path) {
  TableAxes axes = read_axes(reader, path);
  open_table<std::uint64_t>(reader, "/counts", axes);  // before a table is made for it
  ContactCounts counts(std::move(axes));
  counts.options = read_options(reader);
  counts.counts = read_table<std::uint64_t>(reader, "/counts", counts.axes);
  return counts;
}

/// Goes through a stream once, by the rules of read_structures().
void check_stream(const ContactCounts& counts) {
  HistogramSum histograms(counts.axes);
  StructureRecord last;
  bool first = true;
  counts.each_structure([&](const StructureRecord& record) {
    if (!first && stands_before(record, last))
      throw Error("/structures is not sorted by id and sha256");
    first = false;
    last.id = record.id;
    last.sha256 = record.sha256;
    check_read_record(record);
    histograms.add(record);
  });
  if (counts.has_margins()) histograms.require_equal(counts);
}

}  // namespace

CountedTerms parse_counted_terms(const char* bytes, std::size_t size, const std::string& path,
                                 const std::string& only) {
  return with_path(path, [&] {
    const Session session;
    Reader reader(bytes, size);
    return read_each_term(reader, only, [&](const std::string&) {
      ContactCounts counts = read_totals(reader, path);
      read_structures(reader, counts);
      return counts;
    });
  });
}

CountedTerms stream_counted_terms(Image image, const std::string& path, const std::string& only) {
  const auto shared = std::make_shared<const Image>(std::move(image));
  return with_path(path, [&] {
    CountedTerms terms = [&] {
      const Session session;
      Reader reader(shared->bytes.get(), shared->size);
      return read_each_term(reader, only, [&](const std::string& group) {
        ContactCounts totals = read_totals(reader, path);
        totals.stream = stream_structures(shared, group, totals.axes, path);
        return totals;
      });
    }();
    for (const ContactCounts& counts : terms.counts) check_stream(counts);
    return terms;
  });
}

ContactCounts parse_counts(const char* bytes, std::size_t size, const std::string& path) {
  return only_counts(parse_counted_terms(bytes, size, path), path);
}

PotentialTable read_potential_content(const Reader& reader, const Options& options,
                                      const std::string& path, PotentialParts parts) {
  TableAxes axes = read_axes(reader, path);
  open_table<double>(reader, "/score", axes);
  PotentialTable table(std::move(axes));
  table.recipe = parse_recipe(options);
  table.calibration = read_calibration(reader);
  table.structures = reader.number_attribute<std::uint64_t>("/", "structures");
  table.score = read_table<double>(reader, "/score", table.axes);
  check_scores(table.score, table.axes);
  if (parts == PotentialParts::without_errors) {
    table.standard_error = ScoreTable::Constant(table.score.rows(), table.score.cols(),
                                                std::numeric_limits<double>::quiet_NaN());
  } else {
    table.standard_error = read_table<double>(reader, "/standard_error", table.axes);
    check_standard_errors(table.standard_error, table.axes);
  }
  if (reader.has("/counts"))
    table.counts = read_table<std::uint64_t>(reader, "/counts", table.axes);
  table.training = read_training(reader);
  return table;
}

PotentialTable parse_potential_parts(const char* bytes, std::size_t size, const std::string& path,
                                     PotentialParts parts) {
  return with_path(path, [&] {
    const Session session;
    Reader reader(bytes, size);
    const Header header = read_header(reader, FileKind::potential);
    return header.version == format_version
               ? read_potential_content(reader, header.options, path, parts)
               : read_sum(reader, header, path, parts);
  });
}

PotentialTable parse_potential(const char* bytes, std::size_t size, const std::string& path) {
  return parse_potential_parts(bytes, size, path, PotentialParts::all);
}

}  // namespace storage

void write_counts(const ContactCounts& counts, const std::string& path) {
  if (counts.stream) return storage::write_streamed({{}, {counts}, counts.options}, path);
  storage::write_file(counts, path, FileKind::counts, storage::build_counts);
}

void write_potential(const PotentialTable& table, const std::string& path) {
  storage::write_file(table, path, FileKind::potential, storage::build_potential);
}

void write_counts(const CountedTerms& terms, const std::string& path) {
  if (terms.names.empty()) return write_counts(terms.counts.front(), path);
  if (terms.counts.front().stream) return storage::write_streamed(terms, path);
  storage::write_file(terms, path, FileKind::counts, storage::build_counted_terms);
}

CountedTerms read_counted_terms(const std::string& path) {
  const storage::Image image = storage::read_kind(path, FileKind::counts);
  return storage::parse_counted_terms(image.bytes.get(), image.size, path);
}

CountedTerms open_counted_terms(const std::string& path) {
  return storage::stream_counted_terms(storage::read_kind(path, FileKind::counts), path);
}

ContactCounts read_counts(const std::string& path, const std::string& term) {
  const storage::Image image = storage::read_kind(path, FileKind::counts);
  return storage::only_counts(
      storage::parse_counted_terms(image.bytes.get(), image.size, path, term), path, term);
}

ContactCounts open_counts(const std::string& path, const std::string& term) {
  return storage::only_counts(
      storage::stream_counted_terms(storage::read_kind(path, FileKind::counts), path, term), path,
      term);
}

PotentialTable read_potential(const std::string& path, PotentialParts parts) {
  const storage::Image image = storage::read_kind(path, FileKind::potential);
  return storage::parse_potential_parts(image.bytes.get(), image.size, path, parts);
}

}  // namespace potential
