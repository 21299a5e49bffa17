#include <algorithm>
#include <cctype>
#include <filesystem>
#include <potential/structure/input.hpp>
#include <potential/structure/reader.hpp>
#include <potential/structure/sequence.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <sstream>

#include "structure/gzip.hpp"
#include "structure/residue_rules.hpp"

namespace potential {
namespace {

/// A letter of FASTA; 0 for what stands for no residue.
char read_letter(char c) {
  const auto upper = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (upper < 'A' || upper > 'Z') return 0;
  return is_amino_acid_letter(upper) ? upper : 'X';
}

std::string first_word(const std::string& text) {
  return text.substr(0, text.find_first_of(" \t\r"));
}

/// True for letters that are more likely of a nucleic acid.
bool is_nucleic(const std::string& letters) {
  return letters.size() >= 20 && letters.find_first_not_of("ACGTXN") == std::string::npos;
}

std::vector<Sequence> parse_fasta(const std::string& text, const std::string& path) {
  std::vector<Sequence> sequences;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.front() == '>') {
      sequences.push_back({first_word(line.substr(1)), ""});
      continue;
    }
    if (sequences.empty() || (!line.empty() && line.front() == ';')) continue;
    for (const char c : line)
      if (const char letter = read_letter(c)) sequences.back().letters += letter;
  }
  for (const Sequence& sequence : sequences) {
    const std::string name = "sequence '" + sequence.name + "' ";
    if (sequence.letters.empty()) throw FormatError(path, name + "has no letters");
    if (is_nucleic(sequence.letters))
      throw FormatError(path, name + "is of a nucleic acid; give sequences of proteins");
  }
  return sequences;
}

std::vector<Sequence> read_structures(const std::string& input) {
  const StructureReader reader(load_scheme("residue-ca"), {});
  std::vector<Sequence> sequences;
  InputSource source({input});
  while (const auto file = source.next()) {
    if (!file->problem.empty()) throw FileError(file->id, file->problem);
    for (const Model& model : reader.read(*file))
      for (Sequence& sequence : sequences_of(model)) sequences.push_back(std::move(sequence));
  }
  return sequences;
}

/// The text of a FASTA file, or nothing when it is something else.
std::string fasta_text(const std::string& path) {
  if (is_structure_file_name(path) || !std::filesystem::is_regular_file(path)) return "";
  std::string text = read_file(path);
  if (is_gzip(text)) text = std::string(unpack_gzip(text, path).view());
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin != std::string::npos && text[begin] == '>' ? text.substr(begin) : "";
}

}  // namespace

std::vector<Sequence> sequences_of(const Model& model) {
  std::vector<Sequence> sequences;
  for (const Chain& chain : model.chains)
    sequences.push_back({model.id + (chain.name.empty() ? "" : ":" + chain.name), ""});
  for (const Residue& residue : model.residues)
    sequences[residue.chain].letters += letter_of(residue.name);
  return sequences;
}

std::vector<Sequence> read_sequences(const std::string& input) {
  const std::string fasta = fasta_text(input);
  auto sequences = fasta.empty() ? read_structures(input) : parse_fasta(fasta, input);
  if (sequences.empty()) throw FormatError(input, "holds no sequence");
  return sequences;
}

}  // namespace potential
