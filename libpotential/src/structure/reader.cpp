#include <potential/structure/reader.hpp>
#include <potential/support/error.hpp>

#include "core/model_id.hpp"
#include "structure/input_names.hpp"
#include "structure/prediction.hpp"
#include "structure/sites.hpp"
#include "structure/structure_text.hpp"

namespace potential {
namespace {

constexpr const char* taken_whole =
    "no residue left out by pLDDT: the file does not say that it is a prediction "
    "(--bfactor-is-plddt if it is)";

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

  std::vector<Model> read_models_of(const InputFile& file) const;
};

std::vector<Model> StructureReader::Rules::read_models_of(const InputFile& file) const {
  const StructureText text(file);
  const SourceText& source = text.source();
  const ParsedFile parsed =
      text.parse(residues, {options.models, RowChoice::polymer, options.min_plddt > 0});
  const bool predicted =
      options.bfactor_is_plddt || parsed.has_plddt ||
      (options.min_plddt > 0 && text.format() == FileFormat::pdb && says_predicted(source.text));
  const SiteOptions site_options{&residues, predicted ? options.min_plddt : 0,
                                 file.chains.empty() ? &options.chains : &file.chains,
                                 options.heavy_atoms};
  std::vector<Model> models;
  for (std::size_t k = 0; k < parsed.models.size(); ++k) {
    Model model = place_sites(parsed.models[k], site_options, source);
    if (model.size() == 0) continue;
    ModelId id = ModelId::make(file.id, file.chains);
    if (parsed.several) id.number = "#" + std::to_string(k + 1);
    model.id = id.text();
    if (options.min_plddt > 0 && !predicted) model.notes.emplace_back(taken_whole);
    models.push_back(std::move(model));
  }
  if (models.empty())
    source.fail(options.min_plddt > 0 && predicted
                    ? "holds no site of the scheme in residues of the pLDDT asked for"
                    : "holds no site of the scheme");
  return models;
}

StructureReader::StructureReader(const Scheme& scheme, ReadOptions options)
    : rules_(std::make_unique<const Rules>(scheme, std::move(options))) {}

StructureReader::~StructureReader() = default;

std::vector<Model> StructureReader::read(const InputFile& file) const {
  try {
    return rules_->read_models_of(file);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw FileError(file.id, "needs more memory than there is");
  } catch (const std::exception& error) {  // of Gemmi or the library: one file, not the run
    throw FormatError(file.id, std::string("cannot be read: ") + error.what());
  }
}

}  // namespace potential
