#include <cstdint>
#include <filesystem>
#include <potential/structure/reader.hpp>
#include <potential/support/error.hpp>
#include <utility>

#include "core/model_id.hpp"
#include "structure/input_names.hpp"
#include "structure/mmcif_stream.hpp"
#include "structure/pdb_stream.hpp"
#include "structure/prediction.hpp"
#include "structure/sites.hpp"
#include "structure/structure_text.hpp"

namespace potential {
namespace {

/// @param number  of the model, 0 when it is the only one
std::string id_of(const InputFile& file, std::size_t number) {
  ModelId id = ModelId::make(file.id, file.chains);
  if (number > 0) id.number = "#" + std::to_string(number);
  return id.text();
}

constexpr const char* taken_whole =
    "no residue left out by pLDDT: the file does not say that it is a prediction "
    "(--bfactor-is-plddt if it is)";

/// Where there is nothing but the other kind of polymer, what to do.
std::string no_site(std::size_t other_residues, const ResidueRules& rules) {
  const std::string text = "holds no site of the scheme";
  if (other_residues == 0) return text;
  return text + (rules.has_nucleotides()
                     ? ", but amino acids: take a potential or a scheme of proteins, such as the "
                       "potential 'default'"
                     : ", but nucleotides: take a potential or a scheme of nucleic acids, such as "
                       "the potential 'rna'");
}

}  // namespace

std::string_view without_mark(std::string_view text) {
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  return text;
}

FileFormat format_of(const InputFile& file, const SourceText& source) {
  const std::string& name = file.path.empty() ? file.id : file.path;
  if (has_ending(name, {".pdb", ".ent", ".pdb.gz", ".ent.gz"})) return FileFormat::pdb;
  if (has_ending(name, {".cif", ".mmcif", ".cif.gz", ".mmcif.gz"})) return FileFormat::mmcif;
  if (has_ending(name, {".bcif", ".bcif.gz"})) return FileFormat::bcif;
  if (const auto format = find_format(source.text)) return *format;
  source.fail("neither PDB nor mmCIF nor BinaryCIF by its name or content");
}

ParsedFile parse(FileFormat format, const SourceText& source, const ResidueRules& rules,
                 const ParseOptions& options) {
  switch (format) {
    case FileFormat::pdb:
      return parse_pdb(source, rules, options);
    case FileFormat::mmcif:
      return parse_mmcif(source, rules, options);
    case FileFormat::bcif:
      return parse_bcif(source, rules, options);
  }
  return {};
}

struct StructureReader::Rules {
  Rules(const Scheme& scheme, ReadOptions o) : residues(scheme), options(std::move(o)) {}
  ResidueRules residues;
  ReadOptions options;

  void read_whole(const InputFile& file, const std::function<void(Model&&)>& take) const;
  /// @returns false when the file must be read whole.
  bool read_in_parts(const InputFile& file, const std::function<void(Model&&)>& take) const;
  template <class Stream, class Parse>
  void read_parts(const InputFile& file, Stream& stream, const std::function<void(Model&&)>& take,
                  const Parse& parse_part) const;
  std::uintmax_t size_for_parts(const InputFile& file, std::uintmax_t at_least) const;
  SiteOptions site_options(const InputFile& file, double min_plddt) const {
    return {&residues, min_plddt, file.chains.empty() ? &options.chains : &file.chains,
            options.heavy_atoms};
  }
};

void StructureReader::Rules::read_whole(const InputFile& file,
                                        const std::function<void(Model&&)>& take) const {
  const StructureText text(file);
  const SourceText& source = text.source();
  const ParsedFile parsed =
      text.parse(residues, {options.models, RowChoice::polymer, options.min_plddt > 0});
  const bool predicted =
      options.bfactor_is_plddt || parsed.has_plddt ||
      (options.min_plddt > 0 && text.format() == FileFormat::pdb && says_predicted(source.text));
  const SiteOptions sites = site_options(file, predicted ? options.min_plddt : 0);
  bool any = false;
  std::size_t others = 0;
  for (std::size_t k = 0; k < parsed.models.size(); ++k) {
    Model model = place_sites(parsed.models[k], sites, source);
    others += parsed.models[k].other_residues;
    if (model.size() == 0) continue;
    model.id = id_of(file, parsed.several ? k + 1 : 0);
    if (options.min_plddt > 0 && !predicted) model.notes.emplace_back(taken_whole);
    any = true;
    take(std::move(model));
  }
  if (!any)
    source.fail(options.min_plddt > 0 && predicted
                    ? "holds no site of the scheme in residues of the pLDDT asked for"
                    : no_site(others, residues));
}

/// @returns the size of a file of so many bytes or more that may be read in parts, else 0. What
/// says whether a file is a prediction stands anywhere in it.
std::uintmax_t StructureReader::Rules::size_for_parts(const InputFile& file,
                                                      std::uintmax_t at_least) const {
  if (options.models != ModelChoice::all || options.min_plddt > 0 || file.bytes) return 0;
  std::error_code error;
  if (!std::filesystem::is_regular_file(file.path, error)) return 0;
  const std::uintmax_t size = std::filesystem::file_size(file.path, error);
  return !error && size >= at_least ? size : 0;
}

/// Smaller files are as quick to read whole or, when they must be unpacked twice, quicker.
bool StructureReader::Rules::read_in_parts(const InputFile& file,
                                           const std::function<void(Model&&)>& take) const {
  constexpr std::uintmax_t large = std::uintmax_t{4} << 20;
  const bool is_packed_pdb = has_ending(file.path, {".pdb.gz", ".ent.gz"});
  if (is_packed_pdb || has_ending(file.path, {".pdb", ".ent"})) {
    if (size_for_parts(file, is_packed_pdb ? large / 4 : large) == 0) return false;
    PdbStream stream(file.path, file.id);
    PdbProgress progress;
    read_parts(file, stream, take,
               [&](const SourceText& part) { return parse_pdb_part(part, residues, progress); });
    return true;
  }
  if (!has_ending(file.path, {".cif", ".mmcif", ".cif.gz", ".mmcif.gz"})) return false;
  const std::uintmax_t size = size_for_parts(file, large);
  auto layout = size == 0 ? std::nullopt : find_mmcif_layout(file.path, size, residues);
  if (!layout) return false;
  MmcifStream stream(file.path, file.id, std::move(*layout));
  read_parts(file, stream, take, [&](const SourceText& part) {
    return parse_mmcif(part, residues, {ModelChoice::all, RowChoice::polymer, false});
  });
  return true;
}

template <class Stream, class Parse>
void StructureReader::Rules::read_parts(const InputFile& file, Stream& stream,
                                        const std::function<void(Model&&)>& take,
                                        const Parse& parse_part) const {
  const SiteOptions sites = site_options(file, 0);
  Model first;  // which has a number only when there is a second one
  std::size_t number = 0, others = 0;
  bool any = false;
  const SourceText* part = nullptr;
  while (!(part = &stream.next())->text.empty())
    for (const AtomTable& table : parse_part(*part).models) {
      if (++number == 2 && first.size() > 0) {
        first.id = id_of(file, 1);
        take(std::exchange(first, Model()));
      }
      Model model = place_sites(table, sites, *part);
      others += table.other_residues;
      if (model.size() == 0) continue;
      any = true;
      model.id = id_of(file, number);
      if (number == 1)
        first = std::move(model);
      else
        take(std::move(model));
    }
  if (number == 1 && any) {
    first.id = id_of(file, 0);
    take(std::move(first));
  }
  if (!any) part->fail(number == 0 ? no_atoms : no_site(others, residues));
}

StructureReader::StructureReader(const Scheme& scheme, ReadOptions options)
    : rules_(std::make_unique<const Rules>(scheme, std::move(options))) {}

StructureReader::~StructureReader() = default;

std::vector<Model> StructureReader::read(const InputFile& file) const {
  std::vector<Model> models;
  for_each(file, [&](Model&& model) { models.push_back(std::move(model)); });
  return models;
}

void StructureReader::for_each(const InputFile& file,
                               const std::function<void(Model&& model)>& take) const {
  try {
    if (!rules_->read_in_parts(file, take)) rules_->read_whole(file, take);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw FileError(file.id, "needs more memory than there is");
  } catch (const std::exception& error) {  // of Gemmi or the library: one file, not the run
    throw FormatError(file.id, std::string("cannot be read: ") + error.what());
  }
}

}  // namespace potential
