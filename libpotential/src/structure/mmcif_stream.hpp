#pragma once
#include <cstddef>
#include <string>

#include "structure/gzip_stream.hpp"
#include "structure/mmcif_layout.hpp"
#include "structure/source_text.hpp"

namespace potential {

/// The text of an mmCIF file, plain or .gz, in pieces of whole models, each an mmCIF text that
/// begins with the tags of the file's loop. So a file of many models is never held as a whole.
class MmcifStream {
 public:
  /// @param id  named in errors. @throws FileError.
  MmcifStream(const std::string& path, std::string id, MmcifLayout layout);

  /// The next piece, good until the next call; empty text at the end.
  /// @throws FormatError when the file has become shorter.
  const SourceText& next();

 private:
  void hold(std::size_t bytes);

  GzipStream stream_;
  MmcifLayout layout_;
  std::size_t model_ = 0;  ///< that the next piece begins with
  std::size_t lines_;      ///< of the file, before it
  std::string ahead_;      ///< what was read of the rows to come
  std::string text_;
  SourceText piece_;
};

}  // namespace potential
