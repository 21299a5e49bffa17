#pragma once
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <potential/structure/reader.hpp>
#include <potential/support/error.hpp>

namespace potential::test {

/// A folder of its own for each test, removed with it.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "potential-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TempFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

  /// Writes a file, with the folders on the way, and returns its path.
  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = path_ + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

 private:
  std::string path_;
};

inline std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

/// One atom, to be written as PDB or as a row of mmCIF.
struct Atom {
  std::string name, residue = "ALA", chain = "A";
  int number = 1;
  double x = 0, y = 0, z = 0;
  char altloc = ' ', icode = ' ';
  double occupancy = 1, b = 0;
  std::string record = "ATOM";
  std::string entity = "1", label_seq = "1";  // mmCIF only
  int model = 1;                              // mmCIF only
};

inline std::string pdb_line(const Atom& a) {
  char line[100];
  const std::string name = a.name.size() < 4 ? " " + a.name : a.name;
  std::snprintf(line, sizeof line, "%-6s%5d %-4s%c%3s%2s%4d%c   %8.3f%8.3f%8.3f%6.2f%6.2f\n",
                a.record.c_str(), 1, name.c_str(), a.altloc, a.residue.c_str(), a.chain.c_str(),
                a.number, a.icode, a.x, a.y, a.z, a.occupancy, a.b);
  return line;
}

inline std::string pdb_text(const std::vector<Atom>& atoms) {
  std::string text;
  for (const Atom& atom : atoms) text += pdb_line(atom);
  return text;
}

inline std::string cif_text(const std::vector<Atom>& atoms) {
  std::string text = "data_test\nloop_\n";
  for (const char* column : {"group_PDB", "id", "type_symbol", "label_atom_id", "label_alt_id",
                             "label_comp_id", "label_asym_id", "label_entity_id", "label_seq_id",
                             "pdbx_PDB_ins_code", "Cartn_x", "Cartn_y", "Cartn_z", "occupancy",
                             "B_iso_or_equiv", "auth_seq_id", "auth_asym_id", "pdbx_PDB_model_num"})
    text += std::string("_atom_site.") + column + "\n";
  for (const Atom& a : atoms) {
    char line[300];
    std::snprintf(
        line, sizeof line, "%s 1 C %s %c %s X %s %s %c %.3f %.3f %.3f %.2f %.2f %d %s %d\n",
        a.record.c_str(), a.name.c_str(), a.altloc == ' ' ? '.' : a.altloc, a.residue.c_str(),
        a.entity.c_str(), a.label_seq.c_str(), a.icode == ' ' ? '?' : a.icode, a.x, a.y, a.z,
        a.occupancy, a.b, a.number, a.chain.empty() ? "''" : a.chain.c_str(), a.model);
    text += line;
  }
  return text;
}

/// N, CA, C, O, CB at a place of its own; C of residue k and N of residue k + 1
/// are 1.3 Å apart when `place` differs by 1.
inline std::vector<Atom> residue(const std::string& name, int number, double place,
                                 const std::string& chain = "A") {
  std::vector<Atom> atoms;
  const double x = 3.8 * place;
  const auto add = [&](const char* atom, double dx, double y) {
    Atom a{atom, name, chain, number, x + dx, y};
    a.label_seq = std::to_string(number);
    atoms.push_back(a);
  };
  add("N", 0, 0);
  add("CA", 1.2, 0.8);
  add("C", 2.5, 0);
  add("O", 2.5, -1.2);
  if (name != "GLY") add("CB", 1.2, 2.3);
  return atoms;
}

inline std::vector<Atom> operator+(std::vector<Atom> a, const std::vector<Atom>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

inline InputFile in_memory(const std::string& name, const std::string& text) {
  InputFile file;
  file.id = name;
  file.bytes = std::make_shared<const std::string>(text);
  return file;
}

/// The models of a text, whose name tells the format.
inline std::vector<Model> read_all(const std::string& name, const std::string& text,
                                   const std::string& scheme = "heavy-atom",
                                   ReadOptions options = {ModelChoice::all, 0}) {
  return StructureReader(load_scheme(scheme), options).read(in_memory(name, text));
}

inline Model read_pdb(const std::string& text, const std::string& scheme = "heavy-atom") {
  return read_all("x.pdb", text, scheme, {}).at(0);
}
inline Model read_cif(const std::string& text, const std::string& scheme = "heavy-atom") {
  return read_all("x.cif", text, scheme, {}).at(0);
}

/// `ALA:CB` of each site.
inline std::vector<std::string> types_of(const Model& model,
                                         const std::string& scheme = "heavy-atom") {
  const Scheme s = load_scheme(scheme);
  std::vector<std::string> names;
  for (const auto type : model.type) names.push_back(s.type_name(type));
  return names;
}

/// The shipped schemes that have sites on proteins.
inline std::vector<std::string> protein_schemes() {
  std::vector<std::string> names;
  for (const std::string& name : shipped_scheme_names())
    if (load_scheme(name).knows_residue("ALA")) names.push_back(name);
  return names;
}

inline std::vector<int> positions_of(const Model& model) {
  std::vector<int> positions;
  for (const Residue& r : model.residues) positions.push_back(r.position);
  return positions;
}

inline std::vector<int> chain_lengths(const Model& model) {
  std::vector<int> lengths;
  for (const Chain& c : model.chains) lengths.push_back(static_cast<int>(c.residues));
  return lengths;
}

/// What the error says; empty when there is none.
inline std::string error_of(const std::string& name, const std::string& text,
                            const std::string& scheme = "heavy-atom") {
  static const StructureReader heavy_atom(load_scheme("heavy-atom"), {ModelChoice::all, 0});
  try {
    if (scheme == "heavy-atom")
      heavy_atom.read(in_memory(name, text));
    else
      read_all(name, text, scheme);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// The folder with the real data, or nothing.
inline std::string test_data() {
  const char* folder = std::getenv("POTENTIAL_TEST_DATA");
  return folder == nullptr ? "" : folder;
}

}  // namespace potential::test
