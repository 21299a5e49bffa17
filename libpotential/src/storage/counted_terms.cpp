#include <algorithm>
#include <potential/core/counted_terms.hpp>

#include "storage/parts.hpp"

namespace potential {
namespace storage {
namespace {

/// @throws FormatError when a file names a term as none can be named.
std::vector<std::string> checked_names(const Reader& reader) {
  std::vector<std::string> names = read_term_names(reader);
  try {
    check_term_names(names, names.size());
  } catch (const UsageError& error) {
    throw Error(error.what());
  }
  return names;
}

/// The structures are the same in each term, if not in the same order.
void require_same_structures(const CountedTerms& terms) {
  for (const ContactCounts& counts : terms.counts)
    if (counts.number_of_structures() != terms.counts.front().number_of_structures())
      throw Error("the terms were counted from different numbers of structures");
}

}  // namespace

void begin_counted_terms(Writer& writer, const CountedTerms& terms,
                         const std::vector<SkippedInput>& skipped) {
  write_header(writer, FileKind::counts, terms.options, terms_version);
  write_term_names(writer, terms.names);
  write_skipped(writer, skipped);
}

void write_term_counts(Writer& writer, const std::string& name, const ContactCounts& counts,
                       const std::function<void()>& write) {
  writer.group(term_group(name));
  writer.enter(term_group(name));
  write_options(writer, counts.options);
  write();
  writer.enter("");
}

Image build_counted_terms(const CountedTerms& terms) {
  Writer writer;
  begin_counted_terms(writer, terms, terms.counts.front().skipped);
  for (std::size_t k = 0; k < terms.counts.size(); ++k)
    write_term_counts(writer, terms.names[k], terms.counts[k],
                      [&] { write_counts_content(writer, terms.counts[k]); });
  Image image = writer.finish();
  image.version = terms_version;
  return image;
}

CountedTerms read_each_term(Reader& reader, const std::string& only,
                            const std::function<ContactCounts(const std::string& group)>& read) {
  const Header header = read_header(reader, FileKind::counts);
  CountedTerms terms;
  terms.options = header.options;
  const bool several = header.version > format_version;
  if (several) terms.names = checked_names(reader);
  if (!only.empty()) {
    const auto& names = terms.names;
    if (std::find(names.begin(), names.end(), only) == names.end()) return terms;
    terms.names = {only};
  }
  const auto skipped = read_skipped(reader);
  for (std::size_t k = 0; k < std::max<std::size_t>(terms.names.size(), 1); ++k) {
    const std::string group = several ? term_group(terms.names[k]) : "";
    reader.enter(group);
    terms.counts.push_back(read(group));
    terms.counts.back().skipped = skipped;
    reader.enter("");
  }
  require_same_structures(terms);
  return terms;
}

ContactCounts only_counts(CountedTerms terms, const std::string& path, const std::string& only) {
  if (terms.counts.empty())
    throw UsageError("term", terms.names.empty() ? path + " has no terms"
                                                 : "no term '" + only + "'; " + path + " has " +
                                                       join_names(terms.names));
  if (terms.counts.size() != 1)
    throw FormatError(path, "holds the counts of several terms (" + join_names(terms.names) +
                                "), where those of one table are expected; commands with "
                                "--term take one of them");
  return std::move(terms.counts.front());
}

namespace {

template <class Read>
auto read_of_header(const std::string& path, const Read& read) {
  const Image image = read_checked(path);
  return with_path(path, [&] {
    const Session session;
    const Reader reader(image.bytes.get(), image.size);
    return read(reader, read_header(reader, image.kind));
  });
}

}  // namespace

Options read_counts_options(const std::string& path) {
  return read_of_header(path, [](const Reader&, const Header& header) { return header.options; });
}

}  // namespace storage

std::vector<std::string> read_term_names(const std::string& path) {
  using storage::Header, storage::Reader;
  return storage::read_of_header(path, [](const Reader& reader, const Header& header) {
    return header.version > storage::format_version ? storage::read_term_names(reader)
                                                    : std::vector<std::string>();
  });
}

}  // namespace potential
