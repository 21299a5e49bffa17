// Real files, where POTENTIAL_TEST_DATA says they are.
#include <gemmi/pdb.hpp>
#include <map>
#include <potential/support/atomic_file.hpp>
#include <set>
#include <sstream>

#include "structure/decimal.hpp"
#include "structure/gzip.hpp"

#include "fixtures.hpp"

namespace potential::test {
namespace {

namespace fs = std::filesystem;

#define NEED_DATA()                     \
  const std::string data = test_data(); \
  if (data.empty()) GTEST_SKIP() << "POTENTIAL_TEST_DATA does not name a folder"

struct Tally {
  std::size_t files = 0, sites = 0;
  std::vector<std::string> errors;
};

Tally read_folder(const std::string& folder, const std::string& scheme = "heavy-atom") {
  const StructureReader reader(load_scheme(scheme), {});
  InputSource source({folder});
  Tally tally;
  while (const auto file = source.next()) {
    ++tally.files;
    try {
      for (const Model& model : reader.read(*file)) tally.sites += model.size();
    } catch (const Error& error) {
      tally.errors.push_back(error.what());
    }
  }
  return tally;
}

TEST(RealData, EveryTrainingChainIsRead) {
  NEED_DATA();
  for (const char* scheme : {"heavy-atom", "residue-ca", "residue-cb", "residue-centroid"}) {
    const Tally tally = read_folder(data + "/train", scheme);
    EXPECT_EQ(tally.files, 706U);
    EXPECT_THAT(tally.errors, ::testing::IsEmpty());
    EXPECT_GT(tally.sites, 100'000U);
  }
}

TEST(RealData, EveryDecoyIsRead) {
  NEED_DATA();
  const Tally tally = read_folder(data + "/decoys");
  EXPECT_GT(tally.files, 1100U);
  EXPECT_THAT(tally.errors, ::testing::IsEmpty());
}

/// The lines of features.tsv: path -> its other fields.
std::map<std::string, std::string> features(const std::string& data) {
  std::map<std::string, std::string> rows;
  std::istringstream lines(read_file(data + "/parsers/features.tsv"));
  for (std::string line; std::getline(lines, line);)
    rows[line.substr(0, line.find('\t'))] = line.substr(line.find('\t'));
  rows.erase("file");
  return rows;
}

TEST(RealData, OddFilesAreReadOrRefusedWithAReason) {
  NEED_DATA();
  const StructureReader reader(load_scheme("residue-ca"), {ModelChoice::all, 0});
  std::set<std::string> refused;
  for (const auto& [name, what] : features(data)) {
    InputFile file;
    file.id = file.path =
        data + "/parsers/" + name + (fs::exists(data + "/parsers/" + name) ? "" : ".gz");
    if (!fs::exists(file.path)) continue;
    try {
      const auto models = reader.read(file);
      const bool bcif = name.find(".bcif") != std::string::npos;
      EXPECT_TRUE(bcif || what.find("BINARY") == std::string::npos) << name;
      const bool several = what.find("MULTIMODEL") != std::string::npos;
      EXPECT_TRUE(!several || models.at(0).id.find("#1") != std::string::npos) << name;
      for (const Model& model : models) EXPECT_GT(model.size(), 0U);
    } catch (const FormatError& error) {
      refused.insert(name);
      EXPECT_EQ(std::string(error.what()).find(file.path + ": "), 0U) << error.what();
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    }
    const auto is = [&what = what](const char* word) {
      return what.find(word) != std::string::npos;
    };
    EXPECT_TRUE(!is("NO_ATOMS") || is("HYDROGENS") || refused.count(name) == 1) << name;
    EXPECT_TRUE(!(is("CA_ONLY") || is("MSE")) || refused.count(name) == 0) << name;
  }
  EXPECT_LT(refused.size(), 40U);
  // Read although plain Gemmi refuses them.
  for (const char* name : {"cath-tools/residue_ids/B4DXN4.DomSerf.1.pdb", "gemmi/tests/pdb1gdr.ent",
                           "voronota/protein_homodimer1/model1.pdb", "openstructure/pdb/model.pdb"})
    EXPECT_EQ(refused.count(name), 0U) << name;
  // Refused: a hole of NUL bytes; lines cut shorter and shorter.
  EXPECT_EQ(refused.count("decoys/1ctf.a8359_r.pdb"), 1U);
  EXPECT_EQ(refused.count("openstructure/pdb/faulty.pdb"), 1U);
  // The same atoms twice.
  for (const char* name :
       {"pdb1tw7_step3_charmm2namd_doubled_hex.pdb", "pdb1tw7_step3_charmm2namd_doubled_h36.pdb"})
    EXPECT_EQ(refused.count(std::string("debian_prody-tests/datafiles/") + name), 1U) << name;
}

TEST(RealData, AFolderOfOddFilesGoesThrough) {
  NEED_DATA();
  const Tally tally = read_folder(data + "/parsers");
  EXPECT_GT(tally.files, 85U);
  EXPECT_GT(tally.sites, 100'000U);
}

/// The sites of heavy-atom by Gemmi's own hierarchy, in whole mÅ.
std::multiset<std::array<int, 4>> sites_by_gemmi(const std::string& text, const Scheme& scheme) {
  gemmi::PdbReadOptions options;
  options.max_line_length = 72;
  options.split_chain_on_ter = true;
  const gemmi::Structure structure =
      gemmi::read_pdb_from_memory(text.data(), text.size(), "x", options);
  std::multiset<std::array<int, 4>> sites;
  const auto milli = [](double value) { return static_cast<int>(std::lround(value * 1000)); };
  for (const gemmi::Chain& chain : structure.models.at(0).chains)
    for (const gemmi::Residue& residue : chain.residues)
      for (const auto& entry : scheme.sites_of(residue.name)) {
        std::map<char, double> occupancy;
        for (const gemmi::Atom& atom : residue.atoms)
          if (atom.altloc != '\0') occupancy[atom.altloc] += atom.occ;
        char best = '\0';
        for (const gemmi::Atom& atom : residue.atoms)
          if (atom.altloc != '\0' &&
              (best == '\0' || occupancy[atom.altloc] > occupancy[best] + 1e-6))
            best = atom.altloc;
        for (const gemmi::Atom& atom : residue.atoms)
          if (atom.name == entry.atom && (atom.altloc == '\0' || atom.altloc == best)) {
            sites.insert({entry.type, milli(atom.pos.x), milli(atom.pos.y), milli(atom.pos.z)});
            break;
          }
      }
  return sites;
}

TEST(RealData, SitesAreThoseOfGemmisHierarchy) {
  NEED_DATA();
  const Scheme scheme = load_scheme("heavy-atom");
  const StructureReader reader(scheme, {});
  int compared = 0, with_other_names = 0;
  InputSource source({data + "/train"});
  for (int i = 0; const auto file = source.next(); ++i) {
    if (i % 4 != 0) continue;
    const std::string packed = read_file(file->path);
    const std::string text(unpack_gzip(packed, file->id).view());
    const Model model = reader.read(*file)[0];
    // Names of other residues are for the tests of names.
    bool standard = true;
    for (const Residue& residue : model.residues) standard &= scheme.knows_residue(residue.name);
    if (!standard) {
      ++with_other_names;
      continue;
    }
    std::multiset<std::array<int, 4>> sites;
    for (std::size_t k = 0; k < model.size(); ++k)
      sites.insert({model.type[k], model.x[k], model.y[k], model.z[k]});
    EXPECT_EQ(sites, sites_by_gemmi(text, scheme)) << file->id;
    ++compared;
  }
  EXPECT_GT(compared, 120);
  EXPECT_LT(with_other_names, 50);
}

/// The atoms of a PDB file as mmCIF, each chain id one polymer, the rest apart.
std::string own_cif(const std::string& text) {
  std::vector<Atom> atoms;
  std::istringstream lines(text);
  const auto field = [](const std::string& line, std::size_t at, std::size_t size) {
    const std::string all = line.substr(at, size);
    const auto begin = all.find_first_not_of(' ');
    return begin == all.npos ? "" : all.substr(begin, all.find_last_not_of(' ') - begin + 1);
  };
  for (std::string line; std::getline(lines, line);) {
    const bool hetero = line.compare(0, 6, "HETATM") == 0;
    if (!hetero && line.compare(0, 6, "ATOM  ") != 0) continue;
    Atom atom{field(line, 12, 4),
              field(line, 17, 3),
              field(line, 20, 2),
              std::stoi(line.substr(22, 4)),
              std::stod(line.substr(30, 8)),
              std::stod(line.substr(38, 8)),
              std::stod(line.substr(46, 8))};
    atom.altloc = line[16], atom.icode = line[26];
    atom.occupancy = std::stod(line.substr(54, 6));
    atom.entity = hetero ? "2" : "1";
    atom.label_seq = hetero ? "." : std::to_string(atom.number);
    atoms.push_back(atom);
  }
  return cif_text(atoms);
}

TEST(RealData, ChainsGoOnBehindATerAlsoInMmcif) {
  NEED_DATA();
  const StructureReader reader(load_scheme("heavy-atom"), {});
  for (const auto& [name, chain] : {std::pair{"1eaf", "A"}, {"1tbge", "E"}}) {
    const std::string packed = read_file(data + "/train/" + name + ".pdb.gz");
    const std::string text(unpack_gzip(packed, name).view());
    const Model pdb = reader.read(in_memory("x.pdb", text))[0];
    EXPECT_THAT(pdb.notes, ::testing::Contains(
                               ::testing::HasSubstr(std::string("TER inside chain ") + chain)));
    const Model own = reader.read(in_memory("x.cif", own_cif(text)))[0];
    EXPECT_EQ(pdb.sha256, own.sha256) << name;
    // Without its TER records the file is the same structure.
    std::string without, line;
    std::istringstream lines(text);
    while (std::getline(lines, line))
      if (line.compare(0, 3, "TER") != 0 && line.compare(0, 6, "HETATM") != 0)
        without += line + "\n";
    EXPECT_EQ(reader.read(in_memory("x.pdb", without))[0].sha256, pdb.sha256) << name;
  }
}

TEST(RealData, ArchivesHoldWhatFoldersDo) {
  NEED_DATA();
  TempFolder folder;
  const std::string tar = folder / "x.tar.gz";
  const std::string command = "tar -C " + data + "/decoys -czf " + tar + " 1a8rA 1pzlA/models";
  if (std::system(command.c_str()) != 0) GTEST_SKIP() << "no tar";
  const auto sums = [](const std::vector<std::string>& inputs) {
    const StructureReader reader(load_scheme("heavy-atom"), {});
    InputSource source(inputs);
    std::multiset<Digest> digests;
    while (const auto file = source.next()) digests.insert(reader.read(*file)[0].sha256);
    return digests;
  };
  EXPECT_EQ(sums({tar}), sums({data + "/decoys/1a8rA", data + "/decoys/1pzlA/models"}));
}

TEST(RealData, AnyTruncationOfAGzIsRefused) {
  NEED_DATA();
  const StructureReader reader(load_scheme("heavy-atom"), {});
  const std::string packed = read_file(data + "/train/1a32.pdb.gz");
  for (std::size_t size = 1; size < packed.size(); size += 41)
    EXPECT_THROW(reader.read(in_memory("x.pdb.gz", packed.substr(0, size))), FormatError) << size;
}

}  // namespace
}  // namespace potential::test
