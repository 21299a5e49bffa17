#pragma once
#include <string>
#include <vector>

namespace potential {

/// The parts of Model::id: `set.tar:dir/1abc.pdb.gz[A,B]#2` is the second model
/// of that member, of which the chains A and B were taken.
struct ModelId {
  std::string file;    ///< as named in the input
  std::string chains;  ///< `[A,B]`, or nothing when all were taken
  std::string number;  ///< `#2`, or nothing for the only model

  static ModelId parse(const std::string& id);
  static ModelId make(const std::string& file, const std::vector<std::string>& chains);
  std::string text() const { return file + chains + number; }

  /// The last part of the file's path, or of the member of an archive.
  std::string file_name() const;
  /// That without the extensions of a structure file, in any case of letters.
  std::string stem() const;
};

}  // namespace potential
