#include <libdeflate.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <new>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "structure/archive.hpp"
#include "structure/gzip.hpp"
#include "structure/input_names.hpp"
#include "structure/parsers.hpp"
#include "structure/residue_values.hpp"

namespace potential {
namespace {

struct FreeCompressor {
  void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};

std::string pack_gzip(const std::string& text) {
  const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
      libdeflate_alloc_compressor(6));
  if (!compressor) throw std::bad_alloc();
  std::string packed(libdeflate_gzip_compress_bound(compressor.get(), text.size()), '\0');
  packed.resize(libdeflate_gzip_compress(compressor.get(), text.data(), text.size(), packed.data(),
                                         packed.size()));
  return packed;
}

/// What stands in place of a piece of the text.
struct Edit {
  const char* begin;
  const char* end;
  std::string text;
};

/// Columns 61-66 of a PDB record: as many decimals, of two, as there is room for.
class PdbColumn {
 public:
  Edit edit(std::string_view line, double value) {
    const double held = std::clamp(value, -99999.0, 999999.0);
    if (held != value) ++clipped_;
    char field[16];
    for (int decimals = 2, length = 7; length > 6; --decimals)
      length = std::snprintf(field, sizeof field, "%6.*f", decimals, held);
    const std::size_t begin = std::min<std::size_t>(line.size(), 60);
    const std::size_t end = std::min<std::size_t>(line.size(), 66);
    return {line.data() + begin, line.data() + end, std::string(60 - begin, ' ') + field};
  }
  void note(std::vector<std::string>& notes) const {
    if (clipped_ > 0)
      notes.push_back("the scores of " + std::to_string(clipped_) +
                      " atoms are clipped to -99999..999999, what the B-factor column holds");
  }

 private:
  std::size_t clipped_ = 0;
};

std::string_view line_at(const char* where, std::string_view text) {
  std::string_view line = text.substr(static_cast<std::size_t>(where - text.data()));
  return line.substr(0, line.find_first_of("\r\n"));
}

Edit edit_mmcif(const AtomRow& row, double value, const SourceText& source) {
  if (row.b_factor.empty()) source.fail_at(row.where, "_atom_site has no column B_iso_or_equiv");
  char field[400];
  std::snprintf(field, sizeof field, "%.2f", value);
  return {row.b_factor.data(), row.b_factor.data() + row.b_factor.size(), field};
}

/// Sorts edits by their place and carries them out.
std::string apply(std::string_view text, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  const char* copied = text.data();
  for (const Edit& edit : edits) {
    out.append(copied, edit.begin);
    out += edit.text;
    copied = edit.end;
  }
  out.append(copied, text.data() + text.size());
  return out;
}

/// Residues by the reader's parsers, so that chains, TER records and names mean
/// the same here. Which residues a scheme has sites for does not matter.
std::string rewrite_text(const InputFile& file, std::string_view whole,
                         const std::vector<ModelValues>& models, std::vector<std::string>& notes) {
  static const ResidueRules rules(Scheme::parse(find_shipped_scheme("heavy-atom"), "heavy-atom"));
  static const ModelValues none;
  const std::string_view text = without_mark(whole);
  const SourceText source{file.id, text};
  const FileFormat format = format_of(file, source);
  if (format == FileFormat::bcif)
    source.fail("no structure is written of BinaryCIF; convert the model to mmCIF");
  const ParseOptions options{ModelChoice::all, RowChoice::all};
  const ParsedFile parsed = parse(format, source, rules, options);
  if (parsed.models.empty()) source.fail("holds no atoms to write B-factors for");
  std::vector<Edit> edits;
  PdbColumn column;
  for (std::size_t k = 0; k < parsed.models.size(); ++k) {
    const AtomTable& table = parsed.models[k];
    const ResidueValues values(table, k < models.size() ? models[k] : none);
    for (const AtomRow& row : table.rows)
      edits.push_back(format == FileFormat::mmcif
                          ? edit_mmcif(row, values.of(row), source)
                          : column.edit(line_at(row.where, text), values.of(row)));
  }
  column.note(notes);
  return std::string(whole.substr(0, whole.size() - text.size())) + apply(text, std::move(edits));
}

}  // namespace

RewrittenFile rewrite_bfactors(const InputFile& file, const std::vector<ModelValues>& models) {
  std::string plain;
  if (!file.bytes) plain = read_file(file.path);
  const std::string& bytes = file.bytes ? *file.bytes : plain;
  RewrittenFile result;
  if (is_gzip(bytes)) {
    const ByteBuffer text = unpack_gzip(bytes, file.id);
    result.bytes = pack_gzip(rewrite_text(file, text.view(), models, result.notes));
  } else {
    result.bytes = rewrite_text(file, bytes, models, result.notes);
  }
  return result;
}

std::string relative_name(const std::string& id, const std::string& root) {
  std::string rest = id;
  const bool below = !root.empty() && id.size() > root.size() &&
                     id.compare(0, root.size(), root) == 0 &&
                     (root.back() == '/' || root.back() == ':' || id[root.size()] == '/');
  if (below) rest = id.substr(root.size());
  for (std::size_t colon = 0; (colon = rest.find(':', colon)) != rest.npos; ++colon)
    if (is_archive_name(rest.substr(0, colon))) rest[colon] = '/';
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= rest.size();) {
    const std::size_t end = std::min(rest.find('/', begin), rest.size());
    const std::string part = rest.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..")
      parts.push_back(part);
    else if (!parts.empty() && parts.back() != "_up")
      parts.pop_back();
    else
      parts.emplace_back("_up");
  }
  std::string name;
  for (const std::string& part : parts) name += (name.empty() ? "" : "/") + part;
  return name;
}

}  // namespace potential
