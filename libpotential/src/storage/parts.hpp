#pragma once
// Private to the storage room: the parts that both kinds of files are made of.
#include <functional>
#include <string>
#include <string_view>

#include <potential/core/counted_terms.hpp>
#include <potential/core/potential_table.hpp>

#include "storage/reader.hpp"
#include "storage/writer.hpp"

namespace potential::storage {

/// Root attributes: format, versions, options.
void write_header(Writer& writer, FileKind kind, const Options& options,
                  int version = format_version);
struct Header {
  std::string library_version;
  Options options;
  int version = format_version;
};
/// @throws Error when the file is of another kind or version.
Header read_header(const Reader& reader, FileKind kind);

/// The attribute `options` alone.
void write_options(Writer& writer, const Options& options);
Options read_options(const Reader& reader);

/// The types alone, without rows, bins and classes.
void write_types(Writer& writer, const Scheme& scheme);
/// @param path named in errors of the scheme.
Scheme read_types(const Reader& reader, const std::string& path);
void write_axes(Writer& writer, const TableAxes& axes);
/// @param path named in errors of the scheme.
TableAxes read_axes(const Reader& reader, const std::string& path);

/// The list of training structures, /training; nothing where there is none.
void write_training(Writer& writer, const std::vector<TrainingStructure>& training);
std::vector<TrainingStructure> read_training(const Reader& reader);

/// What a potential of one table holds beside its header.
void write_potential_content(Writer& writer, const PotentialTable& table);
/// @param options  its recipe
PotentialTable read_potential_content(const Reader& reader, const Options& options,
                                      const std::string& path, PotentialParts parts);

/// The terms of a sum, in their order, each in the group /terms/NAME.
void write_terms(Writer& writer, const PotentialTable& sum);
/// `a,b`, the names of the terms, as the attribute of /terms.
void write_term_names(Writer& writer, const std::vector<std::string>& names);
std::vector<std::string> read_term_names(const Reader& reader);
std::string term_group(const std::string& name);
/// The sum as it was added up; the reader is at the root again.
PotentialTable read_sum(Reader& reader, const Header& header, const std::string& path,
                        PotentialParts parts);

void write_calibration(Writer& writer, const Calibration& calibration);
/// @returns nothing where the file has none, as those written before there were any.
std::optional<Calibration> read_calibration(const Reader& reader);

/// Bytes of a table, which is read into memory in one piece.
constexpr std::size_t largest_table = std::size_t{1} << 33;

/// A table [K, P, B] with its axes attached.
void write_table(Writer& writer, const std::string& path, const TableAxes& axes,
                 const CountTable& table);
void write_table(Writer& writer, const std::string& path, const TableAxes& axes,
                 const ScoreTable& table);
/// Opens such a table. @throws Error when its shape is not that of the axes.
template <class Number>
Dataset open_table(const Reader& reader, const std::string& path, const TableAxes& axes) {
  Dataset dataset = reader.numbers<Number>(path, 3);
  if (row_width(dataset.shape()) * dataset.size(0) > largest_table / sizeof(Number))
    throw Error(path + " is larger than 8 GiB");
  dataset.expect_shape({static_cast<hsize_t>(axes.classes()), static_cast<hsize_t>(axes.rows()),
                        static_cast<hsize_t>(axes.columns())});
  return dataset;
}
template <class Number>
Table<Number> read_table(const Reader& reader, const std::string& path, const TableAxes& axes) {
  const Dataset dataset = open_table<Number>(reader, path, axes);
  Table<Number> table(Eigen::Index{axes.classes()} * axes.rows(), axes.columns());
  dataset.read({0, 0, 0}, dataset.shape(), table.data());
  return table;
}
/// The rows of one pair, [K, B].
template <class Number>
Table<Number> read_pair(const Reader& reader, const std::string& path, const TableAxes& axes,
                        int row) {
  const Dataset dataset = open_table<Number>(reader, path, axes);
  Table<Number> table = Table<Number>::Zero(axes.classes(), axes.columns());
  dataset.read({0, static_cast<hsize_t>(row), 0}, {dataset.size(0), 1, dataset.size(2)},
               table.data());
  return table;
}
/// [K, B] sums over all pairs of /counts. @throws Error as add_counts().
CountTable sum_pairs(const Reader& reader, const TableAxes& axes);

/// Scores may be +inf (an empty cell at pseudocount 0), errors +inf or NaN (not
/// known). @param row when the table holds only this row, a line a class.
/// @throws Error naming the cell.
void check_scores(const ScoreTable& score, const TableAxes& axes, int row = -1);
void check_standard_errors(const ScoreTable& error, const TableAxes& axes, int row = -1);

/// What of a structure's row is wanted beside its id and digest.
enum class RowPart { scalars, chains, composition, pair_histogram };
/// The rows of /structures in the order of the file.
class StructureRows {
 public:
  virtual ~StructureRows() = default;
  virtual std::size_t size() const = 0;
  /// Row i, of which only `part` need be filled in, good until the next call.
  /// Asked for from 0 on, one after the other, any number of times.
  virtual const StructureRecord& at(std::size_t i, RowPart part) = 0;
};

void write_structures(Writer& writer, const TableAxes& axes, StructureRows& rows);
/// The rows that `counts` itself holds.
void write_structures(Writer& writer, const ContactCounts& counts);
void read_structures(const Reader& reader, ContactCounts& counts);
/// @throws Error when what the file says of one structure does not fit together.
void check_read_record(const StructureRecord& record);
/// The order of the rows in a file.
bool stands_before(const StructureRecord& a, const StructureRecord& b);

/// The pairs of the structures, class by class and bin by bin, which must be those
/// of the table.
class HistogramSum {
 public:
  explicit HistogramSum(const TableAxes& axes)
      : sums_(CountTable::Zero(axes.classes(), axes.columns())) {}
  void add(const StructureRecord& record);
  /// @throws Error when they are not.
  void require_equal(const ContactCounts& counts) const;

 private:
  CountTable sums_;
};
void write_skipped(Writer& writer, const std::vector<SkippedInput>& skipped);
std::vector<SkippedInput> read_skipped(const Reader& reader);

/// What counts hold beside their header and skipped inputs; the structures are those that
/// `counts` itself has, or come from `rows`.
void write_counts_content(Writer& writer, const ContactCounts& counts);
void write_counts_content(Writer& writer, const ContactCounts& counts, StructureRows& rows);

/// The beginning of a counts file of several terms: all but what each of them holds, which
/// follows, one after another, from write_term_counts().
void begin_counted_terms(Writer& writer, const CountedTerms& terms,
                         const std::vector<SkippedInput>& skipped);
/// @param write  writes the content
void write_term_counts(Writer& writer, const std::string& name, const ContactCounts& counts,
                       const std::function<void()>& write);
/// Enters each term in turn, or only the one asked for, and reads it: read(group). A file of
/// one table gives one term without a name, a term that there is not no counts. The reader is
/// at the root again.
CountedTerms read_each_term(Reader& reader, const std::string& only,
                            const std::function<ContactCounts(const std::string& group)>& read);
/// Of what was read of a file: its one table, or the term asked for.
/// @throws FormatError naming the terms when there are several, UsageError when there is not
/// the one asked for.
ContactCounts only_counts(CountedTerms terms, const std::string& path,
                          const std::string& only = "");

/// The options of a counts file alone. @throws FormatError.
Options read_counts_options(const std::string& path);

/// The file in memory, not yet signed.
Image build_counts(const ContactCounts& counts);
Image build_counted_terms(const CountedTerms& terms);
Image build_potential(const PotentialTable& table);
/// Writes counts whose structures are a stream: the bytes of write_counts().
void write_streamed(const CountedTerms& terms, const std::string& path);
/// The content of a file in memory, its envelope not looked at (for tests and
/// fuzzers too). @param path named in errors. @throws FormatError.
ContactCounts parse_counts(const char* bytes, std::size_t size, const std::string& path);
/// All terms, or only that of this name; see read_each_term().
CountedTerms parse_counted_terms(const char* bytes, std::size_t size, const std::string& path,
                                 const std::string& only = "");
/// The same, their structures as streams.
CountedTerms stream_counted_terms(Image image, const std::string& path,
                                  const std::string& only = "");
PotentialTable parse_potential(const char* bytes, std::size_t size, const std::string& path);
PotentialTable parse_potential_parts(const char* bytes, std::size_t size, const std::string& path,
                                     PotentialParts parts);

/// The rows of a table of scores as TSV, in pieces of whole lines.
void each_score_row(const Reader& reader, const std::function<void(std::string_view)>& write);

/// Calls read() and puts `path` before whatever it throws.
template <class Read>
decltype(auto) with_path(const std::string& path, const Read& read) {
  try {
    return read();
  } catch (const FileError&) {
    throw;
  } catch (const Cancelled&) {
    throw;
  } catch (const Error& error) {
    throw FormatError(path, error.what());
  } catch (const std::bad_alloc&) {
    throw FileError(path, "needs more memory than there is");
  }
}

}  // namespace potential::storage
