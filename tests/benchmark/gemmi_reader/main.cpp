// What Gemmi alone needs to read structure files, the floor that extraction and
// scoring are held against; and the same structures written as .cif.gz.
//
//     gemmi_reader read FOLDER             reads every file, prints the atoms
//     gemmi_reader convert FOLDER OUT      writes every file as OUT/name.cif.gz,
//                                          but those that Gemmi then refuses
#define GEMMI_WRITE_IMPLEMENTATION  // Gemmi is headers only here
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <gemmi/gz.hpp>
#include <gemmi/mmread.hpp>
#include <gemmi/to_cif.hpp>
#include <gemmi/to_mmcif.hpp>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {
namespace fs = std::filesystem;

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

bool is_cif(const std::string& path) { return path.find(".cif") != std::string::npos; }

/// 72 columns, because plain read_structure refuses the identifiers that files
/// of the 1990s have behind them.
gemmi::Structure read(const std::string& path) {
  if (is_cif(path)) return gemmi::read_structure(gemmi::MaybeGzipped(path));
  gemmi::PdbReadOptions options;
  options.max_line_length = 72;
  return gemmi::read_pdb(gemmi::MaybeGzipped(path), options);
}

std::size_t atoms_of(const gemmi::Structure& structure) {
  std::size_t atoms = 0;
  for (const auto& model : structure.models)
    for (const auto& chain : model.chains)
      for (const auto& residue : chain.residues) atoms += residue.atoms.size();
  return atoms;
}

void convert(const std::string& path, const std::string& folder) {
  gemmi::Structure structure = read(path);
  gemmi::setup_entities(structure);
  std::ostringstream text;
  gemmi::cif::write_cif_to_stream(text, gemmi::make_mmcif_document(structure),
                                  gemmi::cif::Style::PreferPairs);
  std::string name = fs::path(path).filename().string();
  name = folder + "/" + name.substr(0, name.find('.')) + ".cif.gz";
  const gzFile file = gzopen(name.c_str(), "wb6");
  gzwrite(file, text.str().data(), static_cast<unsigned>(text.str().size()));
  gzclose(file);
  try {
    read(name);
  } catch (const std::exception&) {
    fs::remove(name);  // Gemmi does not read all that it writes
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 2 && words[0] == "read") {
    std::size_t atoms = 0;
    for (const auto& path : files_of(words[1])) atoms += atoms_of(read(path));
    std::cout << atoms << "\n";
    return 0;
  }
  if (words.size() == 3 && words[0] == "convert") {
    fs::create_directories(words[2]);
    for (const auto& path : files_of(words[1])) convert(path, words[2]);
    return 0;
  }
  std::cerr << "usage: gemmi_reader read FOLDER | convert FOLDER OUT\n";
  return 2;
}
