#pragma once
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace potential {

/// One file to read: a path, or the bytes of a member of an archive.
struct InputFile {
  std::string id;                            ///< its name as given; ids of models are made of it
  std::string path;                          ///< to open, or empty when bytes are given
  std::shared_ptr<const std::string> bytes;  ///< of an archive member, still .gz if it was
  std::vector<std::string> chains;           ///< author chain ids to take; empty = all
  std::string problem;                       ///< why it cannot be used; then nothing else counts
  std::string archive = {};                  ///< path of the archive it is a member of
};

/// Walks over everything named on a command line, in order: files, folders
/// (recursive, bytewise sorted, structure files only; MMTF, .pdb1, .pdb.xz and the
/// like, pipes and devices come with a problem), pipes that are named, tar archives, `tar:-`
/// (one on standard input; ids are `tar:-:member`), `@LIST`
/// and `-` (a list on standard input; one input a line, after a tab the chains
/// to take, `A,B`; `_` is the blank chain id). In a list, empty lines and those
/// that begin with `#` are skipped, a line may name a folder, an archive or
/// another `@LIST`, and chains hold for all that it names. Links to folders are
/// followed, but not back to a folder above. Archives are read as a stream, one
/// member at a time, never unpacked to disk.
class InputSource {
 public:
  /// @throws FileError when a list cannot be opened.
  explicit InputSource(const std::vector<std::string>& inputs,
                       std::istream* standard_input = nullptr);
  ~InputSource();

  /// The next file, or nothing at the end. An input that does not exist, holds
  /// no structure file, or is an archive found damaged (no part of a member is
  /// delivered), comes as a file with a `problem`.
  std::optional<InputFile> next() { return next(true); }
  /// @param wanted  false when the file is only to be skipped: it is neither
  ///        opened nor looked for, and of a member of an archive only the header
  ///        is read. The file returned then has its id, its path and its archive.
  std::optional<InputFile> next(bool wanted);
  /// Number of files ahead if it is known without reading archives, else 0.
  std::size_t known_total() const;

 private:
  struct Walk;
  std::unique_ptr<Walk> walk_;
};

/// @throws UsageError when the file, or the archive it stands in, is one of the
///         files that the run is going to write.
void require_no_output(const InputFile& file, const std::vector<std::string>& outputs);

/// True for names that end in .pdb .ent .cif .mmcif .bcif, also with .gz (any case).
bool is_structure_file_name(const std::string& name);

}  // namespace potential
