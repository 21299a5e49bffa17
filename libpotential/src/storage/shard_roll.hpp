#pragma once
// Private to the storage room.
#include <map>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>

namespace potential::storage {

/// Which parts of a run over shards are there: a call of the roll.
class ShardRoll {
 public:
  /// @param options  of the file at `path`
  /// @throws FormatError when it is a part of another number of parts, one that
  ///         an earlier file is, or one made with other options.
  void add(const std::string& path, const Options& options, int expected);

  /// @throws Error when there are not `expected` files, naming the parts that
  ///         are missing as far as the files tell.
  void require_all(std::size_t files, int expected) const;

  const std::map<int, std::string>& paths() const { return paths_; }  ///< by part

 private:
  std::map<int, std::string> paths_;
  std::string first_path_;
  Options first_options_;
  std::size_t others_ = 0;  ///< files that are no part
};

}  // namespace potential::storage
