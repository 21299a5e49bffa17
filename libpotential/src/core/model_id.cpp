#include "core/model_id.hpp"
#include <algorithm>
#include <cctype>
#include <string_view>

namespace potential {
namespace {

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// Cuts the text off where `begin` says. @returns what was cut off.
std::string cut(std::string& text, std::size_t begin) {
  std::string tail = text.substr(std::min(begin, text.size()));
  text.resize(text.size() - tail.size());
  return tail;
}

/// Where `#k` begins, or the size. Models are counted from 1.
std::size_t number_of(const std::string& id) {
  const std::size_t digits = id.find_last_not_of("0123456789") + 1;  // npos + 1 is 0
  const bool numbered =
      digits > 0 && digits < id.size() && id[digits - 1] == '#' && id[digits] != '0';
  return numbered ? digits - 1 : id.size();
}

/// True where `%23` or `%25` stands.
bool is_escape(const std::string& text, std::size_t at) {
  return text.compare(at, 3, "%23") == 0 || text.compare(at, 3, "%25") == 0;
}

std::string escaped(const std::string& name) {
  std::string text;
  for (std::size_t at = 0; at < name.size(); ++at)
    if (name[at] == '#')
      text += "%23";
    else if (is_escape(name, at))
      text += "%25";
    else
      text += name[at];
  return text;
}

std::string unescaped(const std::string& text) {
  std::string name;
  for (std::size_t at = 0; at < text.size(); ++at)
    if (is_escape(text, at)) {
      name += text[at + 2] == '3' ? '#' : '%';
      at += 2;
    } else {
      name += text[at];
    }
  return name;
}

/// Where `[A,B]` begins, or the size.
std::size_t chains_of(const std::string& id) {
  if (id.empty() || id.back() != ']') return id.size();
  const std::size_t open = id.find_last_of("[/");
  const bool found = open != std::string::npos && id[open] == '[' && open > 0;
  return found ? open : id.size();
}

}  // namespace

ModelId ModelId::parse(const std::string& id) {
  ModelId parts{id, "", ""};
  parts.number = cut(parts.file, number_of(parts.file));
  parts.chains = cut(parts.file, chains_of(parts.file));
  parts.file = unescaped(parts.file);
  return parts;
}

ModelId ModelId::make(const std::string& file, const std::vector<std::string>& chains) {
  ModelId parts{file, "", ""};
  for (const std::string& chain : chains)
    parts.chains += (parts.chains.empty() ? "[" : ",") + chain;
  if (!chains.empty()) parts.chains += "]";
  return parts;
}

std::string ModelId::text() const { return escaped(file) + chains + number; }

std::string ModelId::file_name() const {
  std::size_t begin = file.rfind('/') + 1;  // npos + 1 is 0
  if (file.compare(0, 6, "tar:-:") == 0) begin = std::max(begin, std::size_t{6});
  const std::string lower = lower_case(file);
  for (const char* archive : {".tar:", ".tgz:", ".tar.gz:", ".tar.zst:"}) {
    const std::size_t at = lower.find(archive, begin);
    if (at != std::string::npos) begin = at + std::string_view(archive).size();
  }
  return file.substr(begin);
}

std::string ModelId::stem() const {
  std::string name = file_name();
  for (const char* extension : {".gz", ".pdb", ".ent", ".cif", ".mmcif", ".bcif"}) {
    const std::string_view end(extension);
    if (name.size() > end.size() && lower_case(name.substr(name.size() - end.size())) == end)
      name.resize(name.size() - end.size());
  }
  return name;
}

}  // namespace potential
