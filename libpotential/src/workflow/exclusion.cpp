#include <cctype>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/exclusion.hpp>
#include <sstream>

#include "core/model_id.hpp"
#include "structure/file_format.hpp"
#include "structure/gzip.hpp"
#include "support/sha256.hpp"

namespace potential {
namespace {

/// A path, or the last part of one, without what makes no difference.
std::string plain(std::string path) {
  for (char& c : path) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return path;
}

/// The path of a file without the extensions of structure files.
std::string bare_path(const ModelId& id) {
  const std::size_t folder = id.file.size() - id.file_name().size();
  return plain(id.file.substr(0, folder) + id.stem());
}

void require_list(const std::string& text, const std::string& path) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin != std::string::npos && text[begin] == '>')
    throw FormatError(path,
                      "is FASTA, not a list of names, one a line; to leave out what has "
                      "similar sequences use --exclude-similar");
  const auto format = find_format(text);
  // A name may begin with `data_`.
  if (format == FileFormat::pdb || format == FileFormat::bcif ||
      (format == FileFormat::mmcif && text.find("_atom_site.") != std::string::npos))
    throw FormatError(path,
                      "is a structure file, not a list of names, one a line; write its "
                      "name into a list");
}

}  // namespace

ExclusionList ExclusionList::read(const std::string& path) {
  ExclusionList list;
  std::string text = read_file(path);
  if (is_gzip(text)) text = std::string(unpack_gzip(text, path).view());
  require_list(text, path);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.pop_back();
    if (!line.empty() && line.front() != '#') list.add(line);
  }
  return list;
}

void ExclusionList::add(const std::string& name) {
  const ModelId id = ModelId::parse(name);
  names_.insert(name);
  entries_.emplace(bare_path(id) + id.chains + id.number, name);
}

std::string ExclusionList::fingerprint() const {
  Sha256 hash;
  for (const std::string& name : names_) hash.update((name + '\n').data(), name.size() + 1);
  const char* const noun = names_.size() == 1 ? " name, sha256 " : " names, sha256 ";
  return std::to_string(names_.size()) + noun + to_hex(hash.finish());
}

const std::string* ExclusionList::find(const std::string& id) const {
  if (entries_.empty()) return nullptr;
  const ModelId own = ModelId::parse(id);
  // The name of a file may look like that of a model, `a.pdb#2`; a list has it unescaped.
  for (const ModelId& parts : {own, ModelId::parse(own.file)}) {
    const std::string path = bare_path(parts), name = plain(parts.stem()),
                      selection = parts.chains + parts.number;
    for (const std::string& known : {path + selection, path, name + selection, name})
      if (const auto found = entries_.find(known); found != entries_.end()) return &found->second;
  }
  return nullptr;
}

}  // namespace potential
