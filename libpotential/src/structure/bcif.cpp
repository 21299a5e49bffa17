#include "structure/atom_site.hpp"
#include "structure/bcif_column.hpp"
#include "structure/names.hpp"

namespace potential {
namespace {

/// The categories of a data block that matter, as they stand in the file.
struct Categories {
  std::optional<PackedValue> atoms, metrics, local_quality;
};

Categories find_categories(const PackedValue& block) {
  Categories found;
  block.at("categories").each([&](const PackedValue& category) {
    const std::string_view name = category.at("name").text();
    if (same_letters(name, "_atom_site")) found.atoms = category;
    if (same_letters(name, "_ma_qa_metric")) found.metrics = category;
    if (same_letters(name, "_ma_qa_metric_local")) found.local_quality = category;
    return true;
  });
  return found;
}

/// The wanted columns of a category.
class CategoryReader {
 public:
  /// @param find  the place among the values of a row for a tag, `not_wanted` or above
  ///        when it has none
  template <class Find>
  CategoryReader(const PackedValue& category, TextStore& texts, const SourceText& source,
                 const Find& find)
      : columns_(AtomSite::column_count) {
    const std::int64_t rows = category.at("rowCount").integer();
    if (rows < 0 || static_cast<std::uint64_t>(rows) > source.text.size())
      source.fail("damaged BinaryCIF: more rows than the file has bytes");
    rows_ = static_cast<std::size_t>(rows);
    const std::string prefix = std::string(category.at("name").text()) + ".";
    category.at("columns").each([&](const PackedValue& column) {
      const std::string name(column.at("name").text());
      const std::size_t place = find(prefix + name);
      if (place >= columns_.size()) return true;
      if (columns_[place]) source.fail("damaged BinaryCIF: the column " + name + " is there twice");
      columns_[place].emplace(column, rows_, texts, source);
      return true;
    });
  }

  std::size_t rows() const { return rows_; }
  bool has(std::size_t place) const { return columns_[place].has_value(); }
  std::int32_t milli(std::size_t place, std::size_t row) { return columns_[place]->milli(row); }
  /// To be called for all rows, in order.
  void read_texts(std::size_t row, AtomSite::Values& values) {
    for (std::size_t place = 0; place < columns_.size(); ++place)
      if (columns_[place] && !columns_[place]->repeats(row))
        values[place] = columns_[place]->text(row);
  }
  /// Where no text is asked of a column.
  std::optional<BcifColumn> take(std::size_t place) {
    std::optional<BcifColumn> taken;
    if (columns_[place]) taken.emplace(std::move(*columns_[place]));
    columns_[place].reset();
    return taken;
  }

 private:
  std::size_t rows_ = 0;
  std::vector<std::optional<BcifColumn>> columns_;
};

void read_quality(const PackedValue& category, TextStore& texts, const SourceText& source,
                  LocalQuality& quality) {
  CategoryReader reader(category, texts, source, [](const std::string& tag) {
    return LocalQuality::find_column(tag, AtomSite::not_wanted).value_or(AtomSite::not_wanted);
  });
  AtomSite::Values values{};
  for (std::size_t row = 0; row < reader.rows(); ++row) {
    reader.read_texts(row, values);
    quality.add(values);
  }
}

void read_atoms(const PackedValue& category, TextStore& texts, const SourceText& source,
                bool with_b_factors, AtomSite& atoms) {
  CategoryReader reader(category, texts, source, [&](const std::string& tag) -> std::size_t {
    const std::size_t place = AtomSite::find_column(tag).value_or(AtomSite::not_wanted);
    return place == AtomSite::b_factor && !with_b_factors ? AtomSite::not_wanted : place;
  });
  std::array<bool, AtomSite::column_count> has{};
  for (std::size_t place = 0; place < has.size(); ++place) has[place] = reader.has(place);
  atoms.begin(has, nullptr);
  std::optional<BcifColumn> position[] = {reader.take(AtomSite::cartn_x),
                                          reader.take(AtomSite::cartn_y),
                                          reader.take(AtomSite::cartn_z)};
  AtomSite::Values values{};
  for (std::size_t row = 0; row < reader.rows(); ++row) {
    reader.read_texts(row, values);
    // There are no lines to name; the place tells the order of the atoms.
    atoms.add(values, {position[0]->milli(row), position[1]->milli(row), position[2]->milli(row)},
              source.text.data() + row);
  }
}

}  // namespace

ParsedFile parse_bcif(const SourceText& source, const ResidueRules& rules,
                      const ParseOptions& options) {
  const auto texts = std::make_shared<TextStore>();
  LocalQuality quality;
  AtomSite atoms(source, rules, options, &quality);
  const PackedValue file(source);
  const PackedValue blocks = file.at("dataBlocks");
  file.require_whole();
  blocks.each([&](const PackedValue& block) {
    const Categories found = find_categories(block);
    if (!found.atoms) return true;
    quality.clear();
    if (options.local_quality)
      for (const auto& category : {found.metrics, found.local_quality})
        if (category) read_quality(*category, *texts, source, quality);
    read_atoms(*found.atoms, *texts, source, options.local_quality, atoms);
    return !atoms.has_rows();
  });
  ParsedFile parsed = atoms.finish();
  parsed.has_plddt = quality.has_plddt();
  parsed.texts = texts;
  return parsed;
}

}  // namespace potential
