#include <potential/support/atomic_file.hpp>
#include <potential/workflow/exclusion.hpp>
#include <sstream>

#include "core/model_id.hpp"
#include "support/sha256.hpp"

namespace potential {
ExclusionList ExclusionList::read(const std::string& path) {
  ExclusionList list;
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.pop_back();
    if (!line.empty() && line.front() != '#') list.add(line);
  }
  return list;
}

std::string ExclusionList::fingerprint() const {
  Sha256 hash;
  for (const std::string& name : names_) hash.update((name + '\n').data(), name.size() + 1);
  const char* const noun = names_.size() == 1 ? " name, sha256 " : " names, sha256 ";
  return std::to_string(names_.size()) + noun + to_hex(hash.finish());
}

const std::string* ExclusionList::find(const std::string& id) const {
  if (names_.empty()) return nullptr;
  const ModelId parts = ModelId::parse(id);
  const std::string name = parts.file_name();
  for (const std::string& known :
       {id, parts.file, name, name + parts.chains + parts.number, parts.stem()})
    if (const auto found = names_.find(known); found != names_.end()) return &*found;
  return nullptr;
}

}  // namespace potential
