// A large mmCIF file is read a few models at a time: the same models, notes and errors as of
// the file that is read whole (as bytes, which have no path to stream from).
#include <random>

#include "fixtures.hpp"
#include "structure/mmcif_layout.hpp"

namespace potential::test {
namespace {

/// Models 5, 10, 15, ... of a few residues at places of chance, each at least `rows_bytes` of text.
std::string many_models(std::size_t rows_bytes) {
  std::mt19937 engine(1);
  std::vector<Atom> atoms;
  for (int model = 1; 76 * atoms.size() < rows_bytes; ++model) {
    auto added = residue("MET", -3, 0) + residue("ALA", -2, 1) + residue("DT", -1, 4) +
                 residue("GLY", 1, 2) + residue("TRP", 2, 3, model % 3 == 0 ? "B" : "A");
    if (model == 3) added = {Atom{"O", "HOH", "A", 1}};
    for (Atom& atom : added) {
      const auto noise = [&] { return (engine() % 1'000'000) * 1e-6 - 0.5; };
      atom.x += noise(), atom.y += noise(), atom.z += noise();
      atom.model = 5 * model;
      if (atom.residue == "DT" || atom.residue == "HOH") atom.record = "HETATM";
      if (atom.residue == "DT" && atom.name == "CB") atom.name = "\"C5'\"";
    }
    atoms.insert(atoms.end(), added.begin(), added.end());
  }
  return cif_text(atoms);
}

const std::string& large_text() {
  static const std::string text = many_models(std::size_t{5} << 20);
  return text;
}

struct Read {
  std::vector<Model> models;
  std::string problem;
};

Read read(const InputFile& file) {
  ReadOptions options;
  options.models = ModelChoice::all;
  Read read;
  try {
    StructureReader(load_scheme("heavy-atom"), options).for_each(file, [&](Model&& model) {
      read.models.push_back(std::move(model));
    });
  } catch (const FormatError& error) {
    read.problem = error.what();
  }
  return read;
}

void expect_same_as_whole(const std::string& name, const std::string& text, bool packed = false) {
  const TempFolder folder;
  InputFile file;
  file.id = name;
  file.path = folder.write(name, packed ? gzip(text) : text);
  ASSERT_GT(std::filesystem::file_size(file.path), std::size_t{4} << 20);
  const auto layout = find_mmcif_layout(file.path, std::filesystem::file_size(file.path),
                                        ResidueRules(load_scheme("heavy-atom")));
  EXPECT_TRUE(layout || text.find("oops") == text.npos) << "cannot be read in parts";
  const Read parts = read(file), whole = read(in_memory(name, text));
  EXPECT_EQ(parts.problem, whole.problem);
  ASSERT_EQ(parts.models.size(), whole.models.size());
  for (std::size_t k = 0; k < whole.models.size(); ++k) {
    EXPECT_EQ(parts.models[k].id, whole.models[k].id);
    EXPECT_EQ(parts.models[k].sha256, whole.models[k].sha256);
    EXPECT_EQ(parts.models[k].notes, whole.models[k].notes);
    EXPECT_EQ(parts.models[k].chains.back().name, whole.models[k].chains.back().name);
  }
}

std::string replace_all(const std::string& text, const std::string& old, const std::string& by) {
  std::string replaced;
  std::size_t from = 0;
  for (auto at = text.find(old); at != text.npos; from = at + old.size(), at = text.find(old, from))
    replaced += text.substr(from, at - from) + by;
  return replaced + text.substr(from);
}

/// Lines that gzip hardly packs.
std::string noise(std::size_t bytes) {
  std::mt19937 engine(2);
  std::string text;
  while (text.size() < bytes) {
    for (int k = 0; k < 70; ++k) text += k == 0 ? '#' : static_cast<char>('!' + engine() % 90);
    text += '\n';
  }
  return text;
}

TEST(MmcifStream, ReadsTheModelsOfAFileThatIsReadWhole) {
  const std::string behind = "#\n_other.item 1\nloop_\n_more.x\n1 2 3\n";
  expect_same_as_whole("many.cif", large_text() + behind);
  // More than a piece at a time.
  const std::string text =
      noise(std::size_t{11} << 19) + many_models(std::size_t{5} << 19) + behind;
  expect_same_as_whole("many.mmcif.gz", "\xef\xbb\xbf" + replace_all(text, "\n", "\r\n"), true);
}

TEST(MmcifStream, GivesTheErrorsOfAFileThatIsReadWhole) {
  const std::string& good = large_text();
  const std::size_t first = good.find(" 5\nATOM") + 3, last = good.rfind("ATOM");
  const std::string no_number = " ALA X 1 1 ? 1 2 oops 1 1 7 A";
  for (const std::size_t row : {first, last}) {
    std::string bad = good;
    bad.replace(row, bad.rfind(' ', bad.find('\n', row)) - row, "ATOM 1 C CA ." + no_number);
    expect_same_as_whole("bad.cif", bad);
  }
  for (const std::string& start : {std::string("ATOM  "), std::string("ATOM\0001", 6)}) {
    std::string bad = good;  // a value too few; a NUL
    bad.replace(last, start.size(), start);
    expect_same_as_whole("bad.cif", bad);
  }
}

TEST(MmcifStream, IsForFilesThatAreWrittenAsOneWouldExpect) {
  const TempFolder folder;
  const ResidueRules rules(load_scheme("heavy-atom"));
  const std::string good = many_models(20'000);
  const auto layout = [&](const std::string& text) {
    return find_mmcif_layout(folder.write("x.cif", text), 1 << 20, rules);
  };
  const auto found = layout(good);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->begins.back(), static_cast<std::int64_t>(good.size()));
  for (std::size_t k = 0; k + 1 < found->begins.size(); ++k) {
    const auto begin = static_cast<std::size_t>(found->begins[k]);
    EXPECT_EQ(good.substr(begin - 1, 2), k == 2 ? "\nH" : "\nA");
    const std::string before = k == 0 ? "num" : " " + std::to_string(5 * k);
    EXPECT_EQ(good.substr(begin - 1 - before.size(), before.size()), before);
  }
  const std::string rows = good.substr(static_cast<std::size_t>(found->begins[0]));
  const std::string tags = good.substr(0, good.size() - rows.size());
  const std::string text_field = "_a.b\n;\nloop_\n_atom_site.id\nATOM\n;\n";
  for (const std::string& usual :
       {replace_all(replace_all(good, "HET", ""), "ATOM", "1"), good + "#\n\ndata_2\n_a.b c\n",
        good.substr(0, good.size() - 1),
        replace_all(good, "data_test\n", "data_test\n_a.b\n;\nATOM\n;\n")})
    EXPECT_TRUE(layout(usual)) << usual.substr(0, 900);
  const std::string last_row = rows.substr(rows.rfind("ATOM"));
  for (const std::string& unusual :
       {tags + rows + rows,                            // models that come back
        tags + "\n" + rows,                            // a blank line behind the tags
        tags + rows + "# comment\n" + last_row,        // and within the rows
        good + "loop_\n_atom_site.id\n1\n",            // another loop
        replace_all(good, "data_test\n", text_field),  // what looks like one
        tags + rows + "data_2\n_atom_site.id 1\n",     //
        tags + rows + "1\n",
        tags + rows + "stop_\n",                 //
        tags + rows + "_a.b 'x\n",               // a quote that does not end
        replace_all(good, " 1 C", "\n1 C"),      // rows on two lines
        replace_all(good, "ATOM 1", " ATOM 1"),  // rows that do not begin lines
        tags + replace_all(rows, "\n", " "),
        replace_all(good, "ATOM 1", "'ATOM' 1"),                 //
        replace_all(good, "pdbx_PDB_model_num", "model"),        //
        replace_all(good, "Cartn_z", "z"),                       //
        replace_all(good, " -2 A", " x2 A"),                     // no number of a residue
        replace_all(good, "_atom_site.id", "_atom_site.id #1"),  //
        tags + last_row,
        tags,
        std::string()})
    EXPECT_FALSE(layout(unusual)) << unusual.substr(0, 900);
}

}  // namespace
}  // namespace potential::test
