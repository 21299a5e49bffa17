#pragma once
#include <string>
#include <vector>

namespace potential {

/// The parts of Model::id: `set.tar:dir/1abc.pdb.gz[A,B]#2` is the second model
/// of that member, of which the chains A and B were taken. The only `#` of an id is
/// that of the number: in a file's name `#` is written `%23` (and `%` as `%25`
/// where `23` or `25` follow it), so `a.pdb%232` is a file `a.pdb#2`.
struct ModelId {
  std::string file;    ///< as named in the input, nothing escaped
  std::string chains;  ///< `[A,B]`, or nothing when all were taken
  std::string number;  ///< `#2`, or nothing for the only model

  /// Also takes ids of older versions, in which `#` of a name was not escaped.
  static ModelId parse(const std::string& id);
  static ModelId make(const std::string& file, const std::vector<std::string>& chains = {});
  std::string text() const;

  /// The last part of the file's path, or of the member of an archive.
  std::string file_name() const;
  /// That without the extensions of a structure file, in any case of letters.
  std::string stem() const;
};

}  // namespace potential
