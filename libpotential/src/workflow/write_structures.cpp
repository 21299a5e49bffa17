#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <potential/structure/write_bfactors.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/write_structures.hpp>
#include <set>

#include "core/model_id.hpp"
#include "structure/archive.hpp"
#include "support/sha256.hpp"

namespace potential {
namespace {

namespace fs = std::filesystem;

std::string parent_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? "" : slash == 0 ? "/" : path.substr(0, slash);
}

/// The folder below which an input's structures are named.
std::string root_of(std::string input) {
  struct stat info {};
  if (is_archive_name(input)) return input + ":";
  if (::stat(input.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) return parent_of(input);
  while (input.size() > 1 && input.back() == '/') input.pop_back();
  return input;
}

bool is_below(const std::string& path, const std::string& folder) {
  return folder.empty() || path == folder ||
         (path.compare(0, folder.size(), folder) == 0 &&
          (folder.back() == '/' || path[folder.size()] == '/'));
}

/// The folder that all inputs have in common; empty when there is none, or the
/// inputs stand in a list.
std::string common_root(const std::vector<std::string>& inputs) {
  std::string root;
  for (const std::string& input : inputs) {
    if (input == "-" || input[0] == '@') return "";
    std::string own = root_of(input);
    if (&input == &inputs.front() || own == root) {
      root = own;
      continue;
    }
    if (own.back() == ':') own = parent_of(own);
    if (!root.empty() && root.back() == ':') root = parent_of(root);
    while (!is_below(own, root)) root = parent_of(root);
  }
  return root;
}

ModelValues values_of(const ModelScore& model, BFactor wanted) {
  ModelValues values;
  for (const ResidueScore& residue : model.per_residue)
    if (wanted == BFactor::score || residue.quality)
      values.push_back({residue.chain, residue.number, residue.insertion_code, residue.name,
                        wanted == BFactor::score ? residue.score : residue.quality->value});
  return values;
}

/// A file's models by their place in it: `#3` is the third.
std::vector<ModelValues> values_by_model(const std::vector<const ModelScore*>& models,
                                         BFactor wanted) {
  std::vector<ModelValues> values;
  for (const ModelScore* model : models) {
    const std::string number = ModelId::parse(model->id).number;
    const std::size_t k = number.empty() ? 0 : std::stoul(number.substr(1)) - 1;
    if (values.size() <= k) values.resize(k + 1);
    values[k] = values_of(*model, wanted);
  }
  return values;
}

/// A path in the one way to write it, of a file that need not be there.
std::string plain(const std::string& path) {
  std::error_code error;
  return fs::weakly_canonical(path, error).string();
}

/// What stands in the folder is replaced, so no input may: it could be read later.
void require_outside(const std::vector<std::string>& inputs, const std::string& folder) {
  std::error_code error;
  if (fs::is_empty(folder, error) || error) return;
  for (const std::string& input : inputs) {
    if (input == "-" || input[0] == '@') continue;
    const std::string path = plain(input);
    if (is_below(path, plain(folder)) || is_below(plain(folder), path))
      throw UsageError(
          folder, "",
          "the folder for the structures has files in it and overlaps with the input " + input +
              "; choose another folder");
  }
}

class StructureWriter {
 public:
  StructureWriter(std::string folder, std::string root, const std::vector<std::string>& others,
                  BFactor value)
      : folder_(std::move(folder)), root_(std::move(root)), value_(value) {
    make_folder(folder_);
    for (const std::string& other : others) taken_.insert(plain(other));
  }

  /// @returns what there is to say about it.
  std::vector<std::string> write(const InputFile& file,
                                 const std::vector<const ModelScore*>& models) {
    const std::string path = folder_ + "/" + relative_name(file.id, root_);
    claim(path, file);
    if (taken_.count(plain(path)) != 0)
      throw UsageError(path, "",
                       "is another file of this run as well as a place for " + file.id +
                           "; choose another folder for the structures");
    if (!file.path.empty() && same_file(path, file.path))
      throw UsageError(path, "",
                       "is a model as well as a structure to write; choose another folder");
    RewrittenFile rewritten = rewrite_bfactors(file, values_by_model(models, value_));
    make_folder(parent_of(path));
    AtomicFile output(path);
    output.write(rewritten.bytes);
    output.commit();
    return rewritten.notes;
  }

 private:
  static void make_folder(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) throw FileError(path, "cannot make the folder: " + error.message());
  }

  /// @throws UsageError when another model has this name already, be it another
  ///         member of the same name in an archive.
  void claim(const std::string& path, const InputFile& file) {
    const std::string id = ModelId::make(file.id, file.chains).text();
    const Digest content = file.bytes ? sha256(file.bytes->data(), file.bytes->size()) : Digest{};
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto [place, is_new] = owners_.emplace(path, std::pair(id, content));
    if (is_new) return;
    const std::string& other = place->second.first;
    if (other != id)
      throw UsageError(path, "",
                       "both " + std::min(id, other) + " and " + std::max(id, other) +
                           " would be written here; score one of them");
    if (place->second.second != content)
      throw UsageError(file.id, "",
                       "the archive holds this name twice, with different content, and one would "
                       "be written over the other; unpack it and score the files");
  }

  const std::string folder_, root_;
  const BFactor value_;
  std::set<std::string> taken_;  ///< by files that are not models
  std::mutex mutex_;
  std::map<std::string, std::pair<std::string, Digest>> owners_;  ///< path -> id, content
};

}  // namespace

void write_structures(ScoreOptions& options, const Inputs& inputs, const std::string& folder,
                      const std::vector<std::string>& others, BFactor value) {
  require_outside(inputs.names, folder);
  const auto writer =
      std::make_shared<StructureWriter>(folder, common_root(inputs.names), others, value);
  options.per_residue = true;
  options.on_file = [writer](const InputFile& file, const std::vector<const ModelScore*>& models) {
    return writer->write(file, models);
  };
}

}  // namespace potential
