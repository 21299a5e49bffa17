#include "structure/structure_text.hpp"
#include <cstring>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "support/unread_formats.hpp"

namespace potential {

StructureText::StructureText(const InputFile& file) {
  if (!file.bytes) plain_ = read_file(file.path);
  const std::string& bytes = file.bytes ? *file.bytes : plain_;
  if (bytes.empty()) throw FormatError(file.id, "the file is empty");
  if (is_gzip(bytes)) {
    unpacked_ = unpack_gzip(bytes, file.id);
    plain_ = std::string();
  }
  open(file, unpacked_ ? unpacked_->view() : bytes);
}

void StructureText::open(const InputFile& file, std::string_view text) {
  refuse_unread(file.id, text);  // of what came out of an archive or of gzip
  source_.id = file.id;
  source_.text = without_mark(text);
  format_ = format_of(file, source_);
  source_.has_lines = format_ != FileFormat::bcif;
  const void* nul = source_.has_lines ? std::memchr(text.data(), '\0', text.size()) : nullptr;
  if (nul != nullptr) source_.fail_at(static_cast<const char*>(nul), nul_problem);
  source_.coordinates = format_ == FileFormat::pdb ? coordinate_columns : coordinate_items;
}

ParsedFile StructureText::parse(const ResidueRules& rules, const ParseOptions& options) const {
  ParsedFile parsed = potential::parse(format_, source_, rules, options);
  if (parsed.models.empty()) source_.fail(no_atoms);
  return parsed;
}

InputFile held_in_memory(const InputFile& file) {
  InputFile held = file;
  if (!held.bytes) held.bytes = std::make_shared<const std::string>(read_file(file.path));
  if (is_gzip(*held.bytes))
    held.bytes = std::make_shared<const std::string>(unpack_gzip(*held.bytes, file.id).view());
  return held;
}

}  // namespace potential
