#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/storage/files.hpp>

namespace potential {

/// An open counts or potential file, of which only what is asked for is
/// unpacked: `query` of one pair reads the axes and one piece of each table.
///
/// The whole file is held against its digest when it is opened, and kept in
/// memory (packed), so that what happens to it on disk afterwards is of no
/// matter. Calls from several threads wait for each other.
class TableFile {
 public:
  /// A sum of terms is its total, which is added up here; with `term` that one alone.
  /// Counts of several terms do not add up: of such a file a term is to be named.
  /// @throws FileError, FormatError as read_counts(); UsageError without such a term.
  explicit TableFile(const std::string& path, const std::string& term = "");
  ~TableFile();
  TableFile(TableFile&&) noexcept;
  TableFile& operator=(TableFile&&) noexcept;

  FileKind kind() const;  ///< counts or potential
  const TableAxes& axes() const;
  const Options& options() const;
  /// The version of the library that wrote the file.
  const std::string& library_version() const;
  std::uint64_t structures() const;        ///< number of structures behind the table
  std::size_t training() const;            ///< of structures that it lists as its training set
  std::uint64_t skipped() const;           ///< inputs not counted; 0 in a potential
  bool has_counts() const;                 ///< false for combined potentials
  const std::vector<Term>& terms() const;  ///< none unless the file is a sum of terms

  /// [K, B] of one row of the table (one pair of types), a row a class.
  /// @throws FormatError when damaged; UsageError when the file has no such
  ///         table or the row is out of range.
  CountTable counts_of(int row) const;
  ScoreTable score_of(int row) const;
  ScoreTable standard_error_of(int row) const;

  /// [K, B] counts summed over all pairs. Reads all counts, a piece at a time.
  /// @throws as counts_of(); Error when a sum passes 2^64 − 1.
  CountTable total_counts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace potential
