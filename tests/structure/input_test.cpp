// Files, folders, lists, archives.
#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <sstream>

#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<InputFile> list(std::vector<std::string> inputs, const std::string& input = "") {
  std::istringstream stream(input);
  InputSource source(std::move(inputs), &stream);
  std::vector<InputFile> files;
  while (auto file = source.next()) files.push_back(*file);
  return files;
}

std::vector<std::string> ids(const std::vector<InputFile>& files) {
  std::vector<std::string> names;
  for (const InputFile& file : files) names.push_back(file.id);
  return names;
}

std::string alanine() { return pdb_text(residue("ALA", 1, 0)); }

using Members = std::vector<std::pair<std::string, std::string>>;

void write_tar(const std::string& path, const Members& members) {
  archive* a = archive_write_new();
  archive_write_set_format_pax_restricted(a);
  if (path.find("gz") != std::string::npos) archive_write_add_filter_gzip(a);
  if (path.find("zst") != std::string::npos) archive_write_add_filter_zstd(a);
  ASSERT_EQ(archive_write_open_filename(a, path.c_str()), ARCHIVE_OK);
  for (const auto& [name, text] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, name.back() == '/' ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(a, entry);
    archive_write_data(a, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
}

TEST(Input, NamesOfStructureFiles) {
  for (const char* name : {"a.pdb", "a.ent", "a.cif", "a.mmcif", "A.PDB.GZ", "x/a.Ent.gz",
                           "a.cif.gz", "a.mmcif.gz", "a.bcif", "A.BCIF.gz", ".pdb"})
    EXPECT_TRUE(is_structure_file_name(name)) << name;
  for (const char* name : {"a", "a.txt", "a.pdb.bak", "a.gz", "pdb", "a.tar", "a.pdb.zst", ""})
    EXPECT_FALSE(is_structure_file_name(name)) << name;
}

TEST(Input, FormatsThatAreNotReadAreTold) {
  TempFolder folder;
  for (const char* name : {"a.pdb", "b.mmtf", "c.mmtf.gz"}) folder.write(name, alanine());
  const auto files = list({folder.path()});
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].problem, "");
  EXPECT_THAT(files[1].problem, HasSubstr("convert it to mmCIF"));
  EXPECT_THAT(files[2].problem, HasSubstr("convert it to mmCIF"));
}

TEST(Input, FoldersAreWalkedInByteOrder) {
  TempFolder folder;
  std::vector<std::string> expected;
  for (const char* name : {"A.pdb", "a-b.cif", "a.pdb", "a.pdb.gz", "a/b.ent", "a/b/c.pdb",
                           "a/z.pdb", "a0.pdb", "b.pdb/inside.cif", "sp ace.pdb", "\xff.pdb"})
    expected.push_back(folder.write(name, alanine()));
  for (const char* name : {"a.txt", "x.tar", "a/readme", "pdb"}) folder.write(name, alanine());
  EXPECT_THAT(ids(list({folder.path()})), ElementsAreArray(expected));
  EXPECT_THAT(ids(list({folder.path() + "//"})), ElementsAreArray(expected));
  InputSource source({folder.path()});
  EXPECT_EQ(source.known_total(), expected.size());
}

TEST(Input, LinksAreFollowedButNotInCircles) {
  TempFolder folder, other;
  const auto outside = other.write("x.pdb", alanine());
  folder.write("a.pdb", alanine());
  ASSERT_EQ(::symlink(folder.path().c_str(), (folder / "loop").c_str()), 0);
  ASSERT_EQ(::symlink(other.path().c_str(), (folder / "other").c_str()), 0);
  ASSERT_EQ(::symlink("nowhere", (folder / "z.pdb").c_str()), 0);
  const auto files = list({folder.path()});
  EXPECT_THAT(ids(files), ElementsAre(folder / "a.pdb", folder / "other/x.pdb", folder / "z.pdb"));
  EXPECT_THAT(files[0].problem, IsEmpty());
  EXPECT_THAT(files[2].problem, HasSubstr("cannot open: No such file"));
}

TEST(Input, PipesAndDevicesInAFolderAreNotRead) {
  TempFolder folder;
  folder.write("a.pdb", alanine());
  ASSERT_EQ(::mkfifo((folder / "b.pdb").c_str(), 0600), 0);
  std::filesystem::create_symlink("b.pdb", folder / "c.cif");
  std::filesystem::create_symlink("/dev/zero", folder / "d.pdb");
  ASSERT_EQ(::mkfifo((folder / "other").c_str(), 0600), 0);  // no name of a structure
  const auto files = list({folder.path()});
  EXPECT_THAT(ids(files),
              ElementsAre(folder / "a.pdb", folder / "b.pdb", folder / "c.cif", folder / "d.pdb"));
  EXPECT_THAT(files[0].problem, IsEmpty());
  for (std::size_t i = 1; i < files.size(); ++i)
    EXPECT_THAT(files[i].problem, HasSubstr("is a pipe, socket or device")) << i;
  EXPECT_THAT(list({folder / "b.pdb"})[0].problem, IsEmpty());  // a stream when it is named
  EXPECT_THAT(list({"/dev/zero"})[0].problem, HasSubstr("is a socket or device"));
}

TEST(Input, PackedStructuresThatAreNotReadAreTold) {
  TempFolder folder;
  for (const char* name : {"a.pdb.bz2", "b.cif.xz", "c.ENT.zst", "d.pdb.zip", "e.txt.bz2"})
    folder.write(name, "x");
  const auto files = list({folder.path()});
  EXPECT_EQ(files.size(), 4U);
  for (const InputFile& file : files)
    EXPECT_THAT(file.problem, HasSubstr("is not read; unpack it"));
}

TEST(Input, AssembliesInAFolderAreTold) {
  TempFolder folder;
  for (const char* name : {"1abc.pdb1", "1abc.PDB12.gz", "a.pdb2.bz2", "b.pdb", "pdb1", "c.txt1"})
    folder.write(name, alanine());
  const auto files = list({folder.path()});
  ASSERT_EQ(files.size(), 4U);
  EXPECT_THAT(files[0].problem, HasSubstr("(.pdb1 and so on) is not read in a folder"));
  EXPECT_THAT(files[1].problem, HasSubstr("(.pdb1 and so on) is not read in a folder"));
  EXPECT_THAT(files[2].problem, HasSubstr(".bz2 is not read"));
  EXPECT_THAT(files[3].problem, IsEmpty());
}

TEST(Input, WhatCannotBeUsedSaysWhy) {
  TempFolder folder;
  folder.write("empty/readme", "");
  const auto files = list({folder / "missing.pdb", folder / "empty", folder / "any.name"});
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].problem, "cannot open: No such file or directory");
  EXPECT_THAT(files[1].problem, HasSubstr("no structure file"));
  EXPECT_THAT(files[2].problem, HasSubstr("No such file"));
}

TEST(Input, UnreadableFilesSayWhy) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  TempFolder folder;
  const auto secret = folder.write("secret.pdb", alanine());
  ::chmod(secret.c_str(), 0);
  EXPECT_THAT(list({secret})[0].problem, HasSubstr("Permission denied"));
}

TEST(Input, ListsNameFilesAndChains) {
  TempFolder folder;
  const auto a = folder.write("a.pdb", alanine()), b = folder.write("f/b c.pdb", alanine());
  const std::string lines =
      "# comment\r\n\r\n" + a + "\tA,B\r\n" + folder / "f" + "\t_\n" + b + "\n" + a + "\t";
  const auto list_file = folder.write("list", lines);
  for (const auto& files : {list({"@" + list_file}), list({"-"}, lines)}) {
    EXPECT_THAT(ids(files), ElementsAre(a, b, b, a));
    EXPECT_THAT(files[0].chains, ElementsAre("A", "B"));
    EXPECT_THAT(files[1].chains, ElementsAre("_"));
    EXPECT_THAT(files[2].chains, IsEmpty());
    EXPECT_THAT(files[3].chains, IsEmpty());
  }
  EXPECT_THROW(list({"@" + folder / "missing"}), FileError);
  const auto nested = folder.write("nested", "@" + list_file + "\n");
  EXPECT_EQ(list({"@" + nested}).size(), 4U);
  folder.write("self", "@" + folder / "self" + "\n");
  EXPECT_THROW(list({"@" + folder / "self"}), FileError);
}

TEST(Input, ArchivesAreReadInTheirOrder) {
  TempFolder folder;
  const Members members = {{"z.pdb", alanine()},
                           {"readme", "text"},
                           {"dir/", ""},
                           {"dir/a.cif", cif_text(residue("ALA", 1, 0))},
                           {"b.pdb.gz", gzip(alanine())},
                           {std::string(150, 'n') + ".pdb", alanine()}};
  const Digest expected = read_pdb(alanine()).sha256;
  const StructureReader reader(load_scheme("heavy-atom"), {});
  for (const char* name : {"x.tar", "x.tar.gz", "x.tgz", "x.tar.zst", "X.TAR.GZ"}) {
    const std::string path = folder / name;
    write_tar(path, members);
    const auto files = list({path});
    EXPECT_THAT(ids(files), ElementsAre(path + ":z.pdb", path + ":dir/a.cif", path + ":b.pdb.gz",
                                        path + ":" + std::string(150, 'n') + ".pdb"));
    for (const InputFile& file : files) {
      EXPECT_EQ(file.problem, "");
      const Model model = reader.read(file)[0];
      EXPECT_EQ(model.sha256, expected);
      EXPECT_EQ(model.id, file.id);
    }
    InputSource source({path});
    EXPECT_EQ(source.known_total(), 0U);
  }
}

TEST(Input, ChainsOfAListApplyToAllOfAnArchive) {
  TempFolder folder;
  write_tar(folder / "x.tar", {{"a.pdb", alanine()}, {"b.pdb", alanine()}});
  const auto files = list({"-"}, folder / "x.tar" + "\tA\n");
  ASSERT_EQ(files.size(), 2U);
  EXPECT_THAT(files[1].chains, ElementsAre("A"));
}

TEST(Input, ADamagedArchiveDeliversNoMemberInPart) {
  TempFolder folder;
  Members members;
  std::string whole;
  for (int i = 0; i < 60; ++i) whole += pdb_text(residue("ALA", i, i));
  for (int i = 0; i < 4; ++i) members.push_back({"m" + std::to_string(i) + ".pdb", whole});
  for (const char* name : {"x.tar", "x.tar.gz", "x.tar.zst"}) {
    write_tar(folder / name, members);
    std::string bytes;
    {
      std::ifstream in(folder / name, std::ios::binary);
      bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    // A plain tar ends with 1024 zero bytes or more, which nobody misses in part.
    const std::size_t end = std::string(name) == "x.tar" ? 4 * (whole.size() + 512) : bytes.size();
    for (std::size_t size = 1; size < end; size += end / 97 + 1) {
      const auto files = list({folder.write(std::string("cut-") + name, bytes.substr(0, size))});
      ASSERT_FALSE(files.empty());
      EXPECT_FALSE(files.back().problem.empty()) << name << " " << size;
      for (std::size_t i = 0; i + 1 < files.size(); ++i) EXPECT_EQ(*files[i].bytes, whole);
    }
  }
}

TEST(Input, AStreamThatBreaksOffBetweenTwoMembersIsTold) {
  TempFolder folder;
  write_tar(folder / "x.tar", {{"a.pdb", alanine()}, {"b.pdb", alanine()}});
  std::ifstream in(folder / "x.tar", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const std::string first = bytes.substr(0, bytes.find("b.pdb"));
  for (const auto& path : {folder.write("cut.tar", first), folder.write("cut.tgz", gzip(first))}) {
    const auto files = list({path});
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].problem, "");
    EXPECT_THAT(files[1].problem, HasSubstr("breaks off between two members"));
  }
}

TEST(Input, StandardInputIsReadOnce) {
  for (const std::vector<std::string>& inputs :
       {std::vector<std::string>{"-", "tar:-"}, {"tar:-", "tar:-"}, {"-", "-"}}) {
    std::istringstream lines("a.pdb\n");
    EXPECT_THROW(InputSource(inputs, &lines), UsageError);
  }
}

TEST(Input, AFlippedBitInATarGzIsFound) {
  TempFolder folder;
  write_tar(folder / "x.tar.gz", {{"a.pdb", alanine()}, {"b.pdb", alanine()}});
  std::ifstream in(folder / "x.tar.gz", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  for (std::size_t i = 12; i < bytes.size(); i += 5) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 4);
    const auto files = list({folder.write("y.tar.gz", damaged)});
    ASSERT_FALSE(files.empty()) << i;
    EXPECT_THAT(files.back().problem, HasSubstr("damaged")) << i;
  }
}

std::string bytes_in(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Input, WhatFollowsAnArchiveIsTold) {
  TempFolder folder;
  for (const std::string name : {"x.tar", "x.tar.gz"}) {
    write_tar(folder / name, {{"a.pdb", alanine()}, {"b.pdb", alanine()}});
    const std::string whole = bytes_in(folder / name);
    const bool packed = name == "x.tar.gz";
    for (const std::string& garbage : {std::string("garbage"), std::string(70000, 'x'), whole}) {
      const auto files = list({folder.write("y" + name, whole + garbage)});
      ASSERT_EQ(files.size(), 3U) << name << " " << garbage.size();
      EXPECT_THAT(files[1].problem, IsEmpty());
      EXPECT_THAT(files[2].problem,
                  HasSubstr(packed && garbage != whole ? "not gzip follows" : "something follows"));
      if (packed) continue;
      // However much of it libarchive has seen when it stops.
      const auto padded = list({folder.write("z.tar", whole + std::string(300000, '\0'))});
      EXPECT_EQ(padded.size(), 2U);
    }
  }
}

TEST(Input, ATarGzOfSeveralMembersOfGzipIsOne) {
  TempFolder folder;
  write_tar(folder / "x.tar", {{"a.pdb", alanine()}, {"b.pdb", alanine()}});
  const std::string tar = bytes_in(folder / "x.tar");
  std::string packed;
  for (const auto& part : {tar.substr(0, 700), tar.substr(700)}) {
    const std::string path = folder / "part.gz";
    gzFile file = ::gzopen(path.c_str(), "wb");
    ::gzwrite(file, part.data(), static_cast<unsigned>(part.size()));
    ::gzclose(file);
    packed += bytes_in(path);
  }
  const auto files = list({folder.write("y.tar.gz", packed)});
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(*files[1].bytes, alanine());
}

TEST(Input, AnEmptyOrForeignArchive) {
  TempFolder folder;
  EXPECT_THAT(list({folder.write("text.tar", std::string(5000, 'x'))}).back().problem,
              HasSubstr("damaged"));
  EXPECT_EQ(list({folder.write("empty.tar", "")}).size(), 1U);
  write_tar(folder / "none.tar", {{"readme", "x"}});
  EXPECT_THAT(list({folder / "none.tar"}).back().problem, HasSubstr("no structure file"));
}

/// Ids of all inputs, and which were delivered, when only those of shard
/// `number` of `of` are wanted.
std::pair<std::vector<std::string>, std::vector<InputFile>> shard(
    const std::vector<std::string>& inputs, std::size_t number, std::size_t of) {
  InputSource source(inputs);
  std::pair<std::vector<std::string>, std::vector<InputFile>> seen;
  for (std::size_t i = 0;; ++i) {
    const bool wanted = i % of + 1 == number;
    auto file = source.next(wanted);
    if (!file) return seen;
    seen.first.push_back(file->id);
    if (wanted) seen.second.push_back(*file);
    EXPECT_TRUE(wanted || !file->bytes);
  }
}

/// Every shard meets the same inputs in the same places, and what the shards
/// take is what a single run takes.
void expect_shards_are_the_whole(const std::vector<std::string>& inputs) {
  const auto all = list(inputs);
  for (const std::size_t of : {1, 2, 7}) {
    std::vector<std::optional<InputFile>> together(all.size());
    for (std::size_t number = 1; number <= of; ++number) {
      const auto [names, files] = shard(inputs, number, of);
      ASSERT_THAT(names, ElementsAreArray(ids(all)));
      for (std::size_t k = 0; k < files.size(); ++k) together[number - 1 + k * of] = files[k];
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      ASSERT_TRUE(together[i].has_value());
      EXPECT_EQ(together[i]->id, all[i].id);
      EXPECT_EQ(together[i]->problem, all[i].problem);
      EXPECT_EQ(together[i]->chains, all[i].chains);
      ASSERT_EQ(together[i]->bytes == nullptr, all[i].bytes == nullptr);
      if (all[i].bytes) {
        EXPECT_EQ(*together[i]->bytes, *all[i].bytes);
      }
    }
  }
}

TEST(Input, ShardsOfListsFoldersAndArchives) {
  TempFolder folder;
  Members members;
  for (int i = 0; i < 23; ++i)  // larger than what is read ahead, and smaller
    members.push_back({"m" + std::to_string(i) + (i % 4 == 0 ? ".txt" : ".pdb"),
                       std::string(i % 3 == 0 ? 700'000 : 100 * std::size_t(i), 'a' + char(i))});
  std::string lines;
  for (const char* name : {"f/a.pdb", "f/b.pdb", "c.pdb", "f/d/e.cif"})
    lines += folder.write(name, alanine()) + "\tA\n";
  lines += folder / "missing.pdb" + "\n";
  for (const char* name : {"x.tar", "x.tar.gz", "x.tar.zst"}) {
    write_tar(folder / name, members);
    const auto list_file = folder.write("list", lines + folder / name + "\tB,C\n");
    expect_shards_are_the_whole({folder / name});
    expect_shards_are_the_whole({folder / "f", folder / name, "@" + list_file, folder / "f"});
  }
}

TEST(Input, ShardsOfADamagedArchive) {
  TempFolder folder;
  Members members;
  for (int i = 0; i < 6; ++i)
    members.push_back({"m" + std::to_string(i) + ".pdb", std::string(3000 + std::size_t(i), 'x')});
  for (const char* name : {"x.tar", "x.tar.gz", "x.tar.zst"}) {
    write_tar(folder / name, members);
    std::ifstream in(folder / name, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    for (std::size_t size = 1; size < bytes.size(); size += bytes.size() / 61 + 1)
      expect_shards_are_the_whole(
          {folder.write(std::string("cut-") + name, bytes.substr(0, size))});
  }
}

}  // namespace
}  // namespace potential::test
