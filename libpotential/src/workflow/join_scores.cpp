#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <potential/storage/score_file.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/join_scores.hpp>
#include <set>

#include "storage/shard_roll.hpp"
#include "structure/input_names.hpp"

namespace potential {
namespace {

constexpr std::size_t block = 1 << 15;

enum class RowKind { tsv, csv, json };

RowKind kind_of(const std::string& header) {
  if (header.empty()) return RowKind::json;
  return header.find('\t') != header.npos ? RowKind::tsv : RowKind::csv;
}

/// The first cell of a row: the model's id, as it is written there within its quotes.
std::string_view id_of(std::string_view row, RowKind kind) {
  constexpr std::string_view json = "{\"model\":";
  if (kind == RowKind::tsv) return row.substr(0, row.find('\t'));
  if (kind == RowKind::json && row.substr(0, json.size()) == json) row.remove_prefix(json.size());
  if (row.substr(0, 1) != "\"") return row.substr(0, row.find(','));
  row.remove_prefix(1);
  std::size_t end = 0;
  while (end < row.size()) {
    const bool escape = kind == RowKind::json ? row[end] == '\\' : row.substr(end, 2) == "\"\"";
    if (!escape && row[end] == '"') break;
    end += escape ? 2 : 1;
  }
  return row.substr(0, end);
}

/// The file of a row, and which of its models it is of (0 = the only one).
struct Place {
  std::string file;
  unsigned long number = 0;

  Place(std::string_view row, RowKind kind) : file(id_of(row, kind)) {
    const std::size_t digits = file.find_last_not_of("0123456789") + 1;
    if (digits == 0 || digits == file.size() || file[digits - 1] != '#') return;
    const char* const end = file.data() + file.size();
    if (std::from_chars(file.data() + digits, end, number).ec == std::errc())
      file.resize(digits - 1);
  }
  /// True when a row of `next` is of the same file, read once.
  bool goes_on_with(const Place& next) const {
    return number > 0 && next.number > number && next.file == file;
  }
};

/// The rows of one shard. Open only while a block is read: there may be more shards than
/// files that a process may open.
class ShardRows {
 public:
  explicit ShardRows(const std::string& path) : path_(path) { step(); }

  bool at_end() const { return !has_row_; }
  const std::string& row() const { return row_; }  ///< with its end of line
  void step() {
    std::size_t end = 0;
    while ((end = text_.find('\n', at_)) == text_.npos && fill()) {
    }
    has_row_ = end != text_.npos;
    if (!has_row_ && at_ < text_.size())
      throw FormatError(path_,
                        "its last row is torn: the shard is not complete; go on with "
                        "score --append first");
    if (!has_row_) return;
    row_.assign(text_, at_, end + 1 - at_);
    at_ = end + 1;
  }

 private:
  bool fill() {
    text_.erase(0, at_);
    at_ = 0;
    const std::size_t before = text_.size();
    const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw FileError(path_, std::string("cannot open: ") + std::strerror(errno));
    text_.resize(before + block);
    const ssize_t got = ::pread(file, text_.data() + before, block, position_);
    const int problem = errno;
    ::close(file);
    if (got < 0) throw FileError(path_, std::string("cannot read: ") + std::strerror(problem));
    text_.resize(before + static_cast<std::size_t>(got));
    position_ += got;
    return got > 0;
  }

  const std::string& path_;
  std::string text_, row_;
  std::size_t at_ = 0;
  off_t position_ = 0;
  bool has_row_ = false;
};

/// Passes over the header of each shard and returns it.
std::string read_header(const std::vector<std::string>& paths, std::vector<ShardRows>& shards) {
  const bool json = has_ending(paths[0], {".json"});
  if (json) return "";
  std::string header;
  for (std::size_t k = 0; k < shards.size(); ++k) {
    if (shards[k].at_end()) throw FormatError(paths[k], "has no header: the shard is not complete");
    if (k == 0) header = shards[0].row();
    if (shards[k].row() != header)
      throw FormatError(paths[k], "its first line is not that of " + paths[0] +
                                      ": these are not shards of one run");
    shards[k].step();
  }
  return header;
}

void refuse_repeated(const std::vector<std::string>& paths) {
  std::set<std::filesystem::path> seen;
  for (const std::string& path : paths)
    if (!seen.insert(std::filesystem::canonical(path)).second)
      throw UsageError(path, "", "is given twice");
}

}  // namespace

bool is_row_file_name(const std::string& path) {
  return has_ending(path, {".tsv", ".csv", ".json"});
}

namespace {

/// A folder of its own beside a file, removed in the end.
class FolderBeside {
 public:
  explicit FolderBeside(const std::string& path) : path_(path + ".XXXXXX") {
    if (::mkdtemp(path_.data()) == nullptr)
      throw FileError(path_, std::string("cannot make a folder: ") + std::strerror(errno));
  }
  ~FolderBeside() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FolderBeside(const FolderBeside&) = delete;
  FolderBeside& operator=(const FolderBeside&) = delete;
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// N of the part K/N; 1 of what is no part.
int parts_of(const Options& options) {
  const auto shard = options.find("shard");
  if (shard == options.end()) return 1;
  return std::atoi(shard->second.c_str() + shard->second.find('/') + 1);
}

void unpack_to(const std::string& path, const std::string& text) {
  AtomicFile file(text);
  unpack_scores(path, [&](std::string_view rows) { file.write(rows); });
  file.commit();
}

}  // namespace

void join_score_files(const std::vector<std::string>& paths, const std::string& output,
                      int expected) {
  storage::ShardRoll roll;
  ScoreFileSummary summary;
  for (const std::string& path : paths) {
    ScoreFileSummary part = read_score_summary(path);
    if (part.options.count("order") != 0)
      throw FormatError(path, "is a ranking; only the shards of 'score --stream' can be joined");
    if (part.options.count("shard") == 0 && paths.size() > 1)
      throw FormatError(path, "is no part of a run (score --stream --shard K/N)");
    if (expected == 0) expected = parts_of(part.options);
    roll.add(path, part.options, expected);
    summary = std::move(part);
  }
  roll.require_all(paths.size(), expected);
  std::vector<std::string> in_order, texts;
  for (const auto& [part, path] : roll.paths()) in_order.push_back(path);
  if (in_order.empty()) in_order = paths;
  const FolderBeside folder(output);
  for (const std::string& path : in_order) {
    texts.push_back(folder.file(std::to_string(texts.size() + 1) + ".tsv"));
    unpack_to(path, texts.back());
  }
  const std::string all = folder.file("all.tsv");
  join_score_rows(texts, all);
  summary.options.erase("shard");
  std::ifstream rows(all, std::ios::binary);
  pack_scores(rows, summary.columns, summary.options, output);
}

void join_score_rows(const std::vector<std::string>& paths, const std::string& output) {
  std::vector<ShardRows> shards(paths.begin(), paths.end());
  refuse_repeated(paths);  // all of them can be opened
  AtomicFile file(output);
  std::string text = read_header(paths, shards);
  const RowKind kind = kind_of(text);
  std::size_t ended = paths.size();  // the first shard that had no row at its turn
  for (std::size_t turn = 0;; turn = (turn + 1) % shards.size()) {
    if (turn == ended) break;
    ShardRows& rows = shards[turn];
    if (rows.at_end() && ended == paths.size()) ended = turn;
    if (rows.at_end()) continue;
    if (ended != paths.size())
      throw FormatError(paths[ended],
                        "ends before the others: the shard is not complete, or the "
                        "shards are not given in the order of their numbers");
    Place place(rows.row(), kind);
    while (true) {
      text += rows.row();
      rows.step();
      if (rows.at_end()) break;
      Place next(rows.row(), kind);
      if (!place.goes_on_with(next)) break;
      place = std::move(next);
    }
    if (text.size() < block) continue;
    file.write(text);
    text.clear();
  }
  file.write(text);
  file.commit();
}

}  // namespace potential
