#include <algorithm>
#include <potential/storage/table_file.hpp>

#include "storage/parts.hpp"

namespace potential {
namespace {

using storage::Reader;
using storage::Session;

}  // namespace

struct TableFile::State {
  std::string path;
  storage::Image image;
  storage::Header header;
  std::unique_ptr<TableAxes> axes;
  std::uint64_t structures = 0, skipped = 0;
  std::size_t training = 0;
  bool has_counts = true;
  std::unique_ptr<Reader> reader;
  std::unique_ptr<PotentialTable> sum;  ///< of a file of several terms

  State(const std::string& name, const std::string& term)
      : path(name), image(storage::read_checked(name)) {
    if (image.kind == FileKind::scores)
      throw FormatError(path, "holds scores of models where counts or a potential are expected");
    const Session session;
    std::string missing_term;
    storage::with_path(path, [&] {
      // Until all went well it is closed here, within the session.
      auto opened = std::make_unique<Reader>(image.bytes.get(), image.size);
      header = storage::read_header(*opened, image.kind);
      if (image.kind == FileKind::potential)
        training = count_training(*opened);
      else
        skipped = opened->length("/skipped/id");
      if (!term.empty() || (image.kind == FileKind::counts && has_terms()))
        missing_term = enter(*opened, term);
      if (!missing_term.empty()) return;
      if (has_terms())
        sum = std::make_unique<PotentialTable>(
            storage::read_sum(*opened, header, path, PotentialParts::all));
      axes = std::make_unique<TableAxes>(sum ? sum->axes : storage::read_axes(*opened, path));
      if (image.kind == FileKind::counts) {
        structures = opened->length("/structures/id");
      } else {
        structures = opened->number_attribute<std::uint64_t>("/", "structures");
        has_counts = !sum && opened->has("/counts");
      }
      reader = std::move(opened);
    });
    if (!missing_term.empty()) throw UsageError("term", missing_term);
  }
  ~State() {
    const Session session;
    reader.reset();
  }

  bool has_terms() const { return header.version > storage::format_version; }

  static std::size_t count_training(const Reader& opened) {
    return opened.has("/training") ? opened.length("/training/id") : 0;
  }

  /// Goes on in the group of a term. @returns what is wrong where there is none.
  std::string enter(Reader& opened, const std::string& term) {
    std::vector<std::string> names;
    if (has_terms()) names = storage::read_term_names(opened);
    if (names.empty()) return path + " has no terms";
    if (term.empty())
      return path + " holds the counts of several terms; choose one of " + join_names(names);
    if (std::find(names.begin(), names.end(), term) == names.end())
      return "no term '" + term + "'; " + path + " has " + join_names(names);
    opened.enter(storage::term_group(term));
    header.options = storage::read_options(opened);
    header.version = storage::format_version;
    training = 0;
    return "";
  }

  /// The rows of one pair, from the file or from the sum.
  ScoreTable scores(const char* table, const ScoreTable PotentialTable::*of_sum, int row) const {
    if (!sum) return pair<double>(table, row);
    check_row(row);
    ScoreTable rows(axes->classes(), axes->columns());
    for (int k = 0; k < axes->classes(); ++k)
      rows.row(k) = ((*sum).*of_sum).row(Eigen::Index{k} * axes->rows() + row);
    return rows;
  }
  void check_row(int row) const {
    if (row < 0 || row >= axes->rows())
      throw UsageError(path + ": row " + std::to_string(row) + " is not one of the " +
                       std::to_string(axes->rows()) + " of the table");
  }

  template <class Number>
  Table<Number> pair(const std::string& table, int row) const {
    check_row(row);
    const Session session;
    return storage::with_path(
        path, [&] { return storage::read_pair<Number>(*reader, table, *axes, row); });
  }
  void expect(bool present, const char* what) const {
    if (!present) throw UsageError(path + ": this file holds no " + what);
  }
};

TableFile::TableFile(const std::string& path, const std::string& term)
    : state_(std::make_unique<State>(path, term)) {}
TableFile::~TableFile() = default;
TableFile::TableFile(TableFile&&) noexcept = default;
TableFile& TableFile::operator=(TableFile&&) noexcept = default;

FileKind TableFile::kind() const { return state_->image.kind; }
const TableAxes& TableFile::axes() const { return *state_->axes; }
const Options& TableFile::options() const { return state_->header.options; }
const std::string& TableFile::library_version() const { return state_->header.library_version; }
std::uint64_t TableFile::structures() const { return state_->structures; }
std::uint64_t TableFile::skipped() const { return state_->skipped; }
std::size_t TableFile::training() const { return state_->training; }
bool TableFile::has_counts() const { return state_->has_counts; }

const std::vector<Term>& TableFile::terms() const {
  static const std::vector<Term> none;
  return state_->sum ? state_->sum->terms : none;
}

CountTable TableFile::counts_of(int row) const {
  state_->expect(has_counts(), "counts");
  return state_->pair<std::uint64_t>("/counts", row);
}

ScoreTable TableFile::score_of(int row) const {
  state_->expect(kind() == FileKind::potential, "scores; make some with 'potential train'");
  ScoreTable score = state_->scores("/score", &PotentialTable::score, row);
  storage::with_path(state_->path, [&] { storage::check_scores(score, axes(), row); });
  return score;
}

ScoreTable TableFile::standard_error_of(int row) const {
  state_->expect(kind() == FileKind::potential, "scores; make some with 'potential train'");
  ScoreTable error = state_->scores("/standard_error", &PotentialTable::standard_error, row);
  storage::with_path(state_->path, [&] { storage::check_standard_errors(error, axes(), row); });
  return error;
}

CountTable TableFile::total_counts() const {
  state_->expect(has_counts(), "counts");
  const Session session;
  return storage::with_path(state_->path,
                            [&] { return storage::sum_pairs(*state_->reader, axes()); });
}

}  // namespace potential
