#include <algorithm>
#include <charconv>
#include <cmath>
#include <potential/structure/reader.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/poses.hpp>

#include "pipeline/pipeline.hpp"
#include "pipeline/worker_pool.hpp"
#include "storage/tsv.hpp"

namespace potential {
namespace {

/// Poses that a thread takes at once.
constexpr std::size_t share = 64;

InputFile file_of(const std::string& path) {
  InputFile file;
  file.id = file.path = path;
  return file;
}

/// The columns of a table of poses.
class PoseColumns {
 public:
  /// @param table  its header is the line read last
  explicit PoseColumns(storage::TsvReader& table) : table_(table) {
    const auto& names = table.cells();
    const auto find = [&](std::string_view name) {
      return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    size_ = names.size();
    for (std::size_t k = 0; k < 7; ++k) {
      number_[k] = find(numbers[k]);
      if (number_[k] == size_)
        table.fail(std::string("a table of poses has the columns qx, qy, qz, qw, tx, ty and tz; ") +
                   numbers[k] + " is not there");
    }
    name_ = find("model") < size_ ? find("model") : find("pose");
  }

  RigidMotion motion() const {
    if (table_.cells().size() != size_)
      table_.fail(std::to_string(table_.cells().size()) + " columns, the header has " +
                  std::to_string(size_));
    RigidMotion motion;
    for (std::size_t k = 0; k < 4; ++k) motion.quaternion[k] = number(number_[k]);
    for (std::size_t k = 0; k < 3; ++k) motion.translation[k] = number(number_[4 + k]);
    if (std::all_of(motion.quaternion.begin(), motion.quaternion.end(),
                    [](double part) { return part == 0; }))
      table_.fail("the quaternion is 0");
    return motion;
  }
  /// @param row  counted from 1
  std::string name(std::size_t row) const {
    return name_ < size_ ? std::string(table_.cells()[name_]) : std::to_string(row);
  }

 private:
  static constexpr const char* numbers[] = {"qx", "qy", "qz", "qw", "tx", "ty", "tz"};

  double number(std::size_t column) const {
    const std::string_view text = table_.cells()[column];
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) <= 1e9))
      table_.fail_in(column + 1, "not a number of a pose");
    return value;
  }

  storage::TsvReader& table_;
  std::size_t size_ = 0, name_ = 0;
  std::size_t number_[7] = {};
};

}  // namespace

Poses Poses::read(const std::string& path) {
  storage::TsvReader table(path);
  if (!table.next()) throw FormatError(path, "is empty; a table of poses begins with a header");
  const PoseColumns columns(table);
  Poses poses;
  while (table.next()) {
    if (table.cells().size() == 1 && table.cells()[0].empty()) continue;
    poses.motions.push_back(columns.motion());
    poses.names.push_back(columns.name(poses.motions.size()));
  }
  if (poses.motions.empty()) throw FormatError(path, "has no pose below its header");
  return poses;
}

namespace {

PoseScore score_pose(PoseScorer& scorer, const std::vector<RigidMotion>& poses, std::size_t k) {
  try {
    return scorer.score(poses[k]);
  } catch (const UsageError& error) {
    throw UsageError("poses", "pose " + std::to_string(k + 1) + ": " + error.what());
  }
}

}  // namespace

ScoredPoses score_poses(const std::string& receptor, const std::string& ligand,
                        const std::vector<RigidMotion>& poses, const PotentialTable& table,
                        const RunOptions& options) {
  const Scheme& scheme = table.axes.scheme;
  const Model still = StructureReader(scheme, {}).read(file_of(receptor)).front();
  const Topology body = Topology::read(ligand, scheme);
  for (const Model* model : {&still, &body.model()})
    for (const std::string& note : model->notes) options.observer.noted(model->id, note);

  ScoredPoses result;
  result.residues = PoseScorer(table, still, body).residues();
  result.scores.resize(poses.size());
  WorkerPool<PoseScorer> scorers([&] { return std::make_unique<PoseScorer>(table, still, body); });
  Progress progress{0, poses.size(), 0};
  std::size_t next = 0;
  run_pipeline<std::size_t, std::size_t>(
      thread_count(options.threads),
      [&]() -> std::optional<std::size_t> {
        stop_if(options.observer.cancel);
        const std::size_t begin = next;
        next += share;
        return begin < poses.size() ? std::optional(begin) : std::nullopt;
      },
      [&](std::size_t& begin) {
        const std::size_t end = std::min(begin + share, poses.size());
        scorers.with([&](PoseScorer& scorer) {
          for (std::size_t k = begin; k < end; ++k) result.scores[k] = score_pose(scorer, poses, k);
          return 0;
        });
        return end - begin;
      },
      [&](std::size_t& done) {
        progress.done += done;
        options.observer.progressed(progress);
      });
  stop_if(options.observer.cancel);
  return result;
}

}  // namespace potential
