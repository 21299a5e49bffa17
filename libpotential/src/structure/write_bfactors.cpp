#include <libdeflate.h>

#include <memory>
#include <new>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "structure/archive.hpp"
#include "structure/gzip.hpp"
#include "structure/input_names.hpp"
#include "structure/residue_values.hpp"

namespace potential {
namespace {

/// As the reader decides: by the name, else by how the text begins.
bool is_mmcif(const std::string& name, std::string_view text) {
  if (has_ending(name, {".pdb", ".ent", ".pdb.gz", ".ent.gz"})) return false;
  if (has_ending(name, {".cif", ".mmcif", ".cif.gz", ".mmcif.gz"})) return true;
  return text.substr(0, 5) == "data_" || text.find("\ndata_") != text.npos;
}

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

std::string rewrite_text(const InputFile& file, std::string_view text,
                         const std::vector<ModelValues>& models, std::vector<std::string>& notes) {
  const std::string_view mark = text.substr(0, 3) == "\xef\xbb\xbf" ? text.substr(0, 3) : "";
  const SourceText source{file.id, text.substr(mark.size())};
  const std::string& name = file.path.empty() ? file.id : file.path;
  return std::string(mark) + (is_mmcif(name, source.text) ? rewrite_mmcif(source, models)
                                                          : rewrite_pdb(source, models, notes));
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
