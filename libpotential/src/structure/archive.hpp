#pragma once
#include <memory>
#include <optional>
#include <string>

namespace potential {

/// The name of a tar archive on standard input, as an input and in the ids of what is in it.
constexpr const char* archive_on_standard_input = "tar:-";

/// True for .tar .tar.gz .tgz .tar.zst (any case), and for the one on standard input.
bool is_archive_name(const std::string& name);

/// The structure files in a tar archive, read as a stream.
class ArchiveReader {
 public:
  struct Member {
    std::string name;
    std::shared_ptr<const std::string> bytes;
    std::string problem;  ///< a link, or too large: there are no bytes then
  };

  /// @throws FileError when it cannot be opened.
  explicit ArchiveReader(const std::string& path);
  ~ArchiveReader();

  /// The next member that is named as a structure file, or nothing at the end.
  /// @throws FormatError when the archive is damaged or cut short (also between two
  ///         members: an archive ends with a block of zeros); the member
  ///         it is met in is not delivered, and there is no going on.
  /// @param wanted  false: its bytes are skipped, by seeking where the
  ///         archive is not compressed. Damage in them is then not seen.
  std::optional<Member> next(bool wanted = true);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace potential
