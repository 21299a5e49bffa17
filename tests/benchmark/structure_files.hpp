#pragma once
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "globule.hpp"

/// Globules as files in a folder of their own, gone with it. Residues are those
/// of eight heavy atoms.
class StructureFiles {
 public:
  /// @param format pdb or cif, or either with .gz
  StructureFiles(std::size_t number, std::size_t sites, const std::string& format) {
    std::string name = (std::filesystem::temp_directory_path() / "potential.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    const potential::Model model = globule(sites);
    for (std::size_t k = 0; k < number; ++k) {
      paths_.push_back((folder_ / (std::to_string(k) + "." + format)).string());
      // Moved a little, so that no two are the same structure.
      const auto shift = static_cast<std::int32_t>(k);
      write(paths_.back(),
            format.rfind("pdb", 0) == 0 ? pdb_text(model, shift) : cif_text(model, shift));
    }
  }
  ~StructureFiles() { std::filesystem::remove_all(folder_); }
  StructureFiles(const StructureFiles&) = delete;
  StructureFiles& operator=(const StructureFiles&) = delete;

  std::string folder() const { return folder_.string(); }
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  struct Kind {
    const char* residue;
    const char* atoms[8];
  };
  static const Kind& kind_of(std::uint16_t type) {
    static const Kind kinds[] = {{"LEU", {"N", "CA", "C", "O", "CB", "CG", "CD1", "CD2"}},
                                 {"ASN", {"N", "CA", "C", "O", "CB", "CG", "OD1", "ND2"}},
                                 {"ASP", {"N", "CA", "C", "O", "CB", "CG", "OD1", "OD2"}},
                                 {"ILE", {"N", "CA", "C", "O", "CB", "CG1", "CG2", "CD1"}}};
    return kinds[type / 8 % 4];
  }

  /// A line for each site: format(line, serial, atom, residue, number, x, y, z).
  template <class Format>
  static std::string lines(const potential::Model& model, std::int32_t shift,
                           const Format& format) {
    std::string text;
    char line[128];
    for (std::size_t i = 0; i < model.size(); ++i) {
      const Kind& kind = kind_of(model.type[i]);
      const int size = format(line, static_cast<unsigned>(i + 1), kind.atoms[model.type[i] % 8],
                              kind.residue, static_cast<unsigned>(model.residue[i] + 1),
                              1e-3 * (model.x[i] + shift), 1e-3 * model.y[i], 1e-3 * model.z[i]);
      text.append(line, static_cast<std::size_t>(size));
    }
    return text;
  }

  static std::string pdb_text(const potential::Model& model, std::int32_t shift) {
    return lines(model, shift,
                 [](char(&line)[128], unsigned serial, const char* atom, const char* residue,
                    unsigned number, double x, double y, double z) {
                   return std::snprintf(
                       line, sizeof line,
                       "ATOM  %5u  %-3s %3s A%4u    %8.3f%8.3f%8.3f  1.00  0.00           %c\n",
                       serial, atom, residue, number, x, y, z, *atom);
                 }) +
           "TER\nEND\n";
  }

  static std::string cif_text(const potential::Model& model, std::int32_t shift) {
    std::string head = "data_globule\nloop_\n";
    for (const char* column :
         {"group_PDB", "id", "type_symbol", "label_atom_id", "label_alt_id", "label_comp_id",
          "label_asym_id", "label_entity_id", "label_seq_id", "pdbx_PDB_ins_code", "Cartn_x",
          "Cartn_y", "Cartn_z", "occupancy", "B_iso_or_equiv", "auth_seq_id", "auth_asym_id",
          "pdbx_PDB_model_num"})
      head += std::string("_atom_site.") + column + "\n";
    return head + lines(model, shift,
                        [](char(&line)[128], unsigned serial, const char* atom, const char* residue,
                           unsigned number, double x, double y, double z) {
                          return std::snprintf(
                              line, sizeof line,
                              "ATOM %u %c %s . %s A 1 %u ? %.3f %.3f %.3f 1.00 0.00 %u A 1\n",
                              serial, *atom, atom, residue, number, x, y, z, number);
                        });
  }

  static void write(const std::string& path, const std::string& text) {
    const bool packed = path.size() > 3 && path.substr(path.size() - 3) == ".gz";
    gzFile file = ::gzopen(path.c_str(), packed ? "wb" : "wbT");
    const bool written =
        file != nullptr && ::gzwrite(file, text.data(), static_cast<unsigned>(text.size())) > 0;
    if (::gzclose(file) != Z_OK || !written) throw std::runtime_error("cannot write " + path);
  }

  std::filesystem::path folder_;
  std::vector<std::string> paths_;
};
