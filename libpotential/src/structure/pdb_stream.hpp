#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "structure/gzip_stream.hpp"
#include "structure/source_text.hpp"

namespace potential {

/// The text of a PDB file, plain or .gz, in pieces of whole models: each ends behind a
/// line ENDMDL, or with the file. So a file of many models is never held as a whole.
class PdbStream {
 public:
  /// @param id  named in errors. @throws FileError.
  PdbStream(const std::string& path, std::string id);

  /// The next piece, good until the next call; empty text at the end.
  /// @throws FormatError when the file is damaged.
  const SourceText& next();

 private:
  std::size_t end_of_piece();
  bool read_more();

  GzipStream stream_;
  std::string path_;
  std::string held_;
  std::size_t begin_ = 0;     ///< of the next piece in held_
  std::size_t searched_ = 0;  ///< up to where no model ends
  bool begun_ = false, ended_ = false;
  SourceText piece_;
};

}  // namespace potential
