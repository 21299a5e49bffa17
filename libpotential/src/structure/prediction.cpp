#include "structure/prediction.hpp"
#include <algorithm>
#include <cctype>
#include <string>

namespace potential {
namespace {

bool mentions(const std::string& line, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return line.find(word) != std::string::npos; });
}

bool begins(const std::string& line, std::string_view record) {
  return line.compare(0, record.size(), record) == 0;
}

/// REMARK 1 (literature), or a remark without a number.
bool is_free_remark(const std::string& line) {
  if (!begins(line, "REMARK")) return false;
  const std::size_t begin = line.find_first_not_of(' ', 6);
  if (begin == std::string::npos) return false;
  const std::string word = line.substr(begin, line.find(' ', begin) - begin);
  const bool number =
      std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  return !number || word == "1";
}

bool names_predictor(const std::string& line) {
  if (begins(line, "TITLE") || begins(line, "HEADER"))
    return mentions(line, {"ALPHAFOLD", "COLABFOLD", "ESMFOLD"});
  return is_free_remark(line) && (mentions(line, {"COLABFOLD", "ESMFOLD"}) ||
                                  (mentions(line, {"ALPHAFOLD"}) &&
                                   mentions(line, {"PREDICT", "PLDDT", "CREATED", "GENERATED"})));
}

}  // namespace

bool says_predicted(std::string_view pdb) {
  bool predicted = false;
  while (!pdb.empty()) {
    const std::string_view text = pdb.substr(0, pdb.find('\n'));
    pdb.remove_prefix(std::min(text.size() + 1, pdb.size()));
    std::string line(text);
    std::transform(line.begin(), line.end(), line.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (begins(line, "ATOM") || begins(line, "HETATM")) break;
    if (begins(line, "EXPDTA") && !mentions(line, {"THEORETICAL"})) return false;
    predicted = predicted || names_predictor(line);
  }
  return predicted;
}

}  // namespace potential
