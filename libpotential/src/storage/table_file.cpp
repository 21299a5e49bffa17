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
  bool has_counts = true;
  std::unique_ptr<Reader> reader;

  explicit State(const std::string& name) : path(name), image(storage::read_checked(name)) {
    const Session session;
    storage::with_path(path, [&] {
      // Until all went well it is closed here, within the session.
      auto opened = std::make_unique<Reader>(image.bytes.get(), image.size);
      header = storage::read_header(*opened, image.kind);
      axes = std::make_unique<TableAxes>(storage::read_axes(*opened, path));
      if (image.kind == FileKind::counts) {
        structures = opened->length("/structures/id");
        skipped = opened->length("/skipped/id");
      } else {
        structures = opened->number_attribute<std::uint64_t>("/", "structures");
        has_counts = opened->has("/counts");
      }
      reader = std::move(opened);
    });
  }
  ~State() {
    const Session session;
    reader.reset();
  }

  template <class Number>
  Table<Number> pair(const std::string& table, int row) const {
    if (row < 0 || row >= axes->rows())
      throw UsageError(path + ": row " + std::to_string(row) + " is not one of the " +
                       std::to_string(axes->rows()) + " of the table");
    const Session session;
    return storage::with_path(
        path, [&] { return storage::read_pair<Number>(*reader, table, *axes, row); });
  }
  void expect(bool present, const char* what) const {
    if (!present) throw UsageError(path + ": this file holds no " + what);
  }
};

TableFile::TableFile(const std::string& path) : state_(std::make_unique<State>(path)) {}
TableFile::~TableFile() = default;
TableFile::TableFile(TableFile&&) noexcept = default;
TableFile& TableFile::operator=(TableFile&&) noexcept = default;

FileKind TableFile::kind() const { return state_->image.kind; }
const TableAxes& TableFile::axes() const { return *state_->axes; }
const Options& TableFile::options() const { return state_->header.options; }
const std::string& TableFile::library_version() const { return state_->header.library_version; }
std::uint64_t TableFile::structures() const { return state_->structures; }
std::uint64_t TableFile::skipped() const { return state_->skipped; }
bool TableFile::has_counts() const { return state_->has_counts; }

CountTable TableFile::counts_of(int row) const {
  state_->expect(has_counts(), "counts");
  return state_->pair<std::uint64_t>("/counts", row);
}

ScoreTable TableFile::score_of(int row) const {
  state_->expect(kind() == FileKind::potential, "scores; make some with 'potential train'");
  ScoreTable score = state_->pair<double>("/score", row);
  storage::with_path(state_->path, [&] { storage::check_scores(score, axes(), row); });
  return score;
}

ScoreTable TableFile::standard_error_of(int row) const {
  state_->expect(kind() == FileKind::potential, "scores; make some with 'potential train'");
  ScoreTable error = state_->pair<double>("/standard_error", row);
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
