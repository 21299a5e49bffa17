#pragma once
#include <optional>
#include <string>

#include "structure/gzip.hpp"
#include "structure/parsers.hpp"

namespace potential {

/// The text of a structure file: read, unpacked when it is .gz, and its format
/// told. Stays where it is, since tables lead into it.
class StructureText {
 public:
  /// @throws FileError, FormatError.
  explicit StructureText(const InputFile& file);
  StructureText(const StructureText&) = delete;
  StructureText& operator=(const StructureText&) = delete;

  const SourceText& source() const { return source_; }
  FileFormat format() const { return format_; }
  /// @throws FormatError also when there is no atom.
  ParsedFile parse(const ResidueRules& rules, const ParseOptions& options) const;

 private:
  void open(const InputFile& file, std::string_view text);

  std::string plain_;
  std::optional<ByteBuffer> unpacked_;
  SourceText source_;
  FileFormat format_ = FileFormat::pdb;
};

/// The same file with its content in memory, unpacked when it is .gz: to be read several
/// times at the cost of one. @throws FileError, FormatError.
InputFile held_in_memory(const InputFile& file);

}  // namespace potential
