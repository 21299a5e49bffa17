#include <algorithm>
#include <utility>

#include "structure/atom_site.hpp"
#include "structure/bcif_column.hpp"
#include "structure/names.hpp"

namespace potential {
namespace {

struct Category {
  std::optional<PackedValue> name, rows, columns;
};

/// The categories of a data block that matter, as they stand in the file.
struct Categories {
  bool any = false;
  std::optional<Category> atoms, metrics, local_quality;
};

/// @returns where the category ends.
const char* note_category(const PackedValue& packed, Categories& found, const SourceText& source) {
  Category category;
  const char* const end = packed.each_pair([&](std::string_view key, const PackedValue& value) {
    for (auto [part, of] :
         {std::pair("name", &category.name), std::pair("rowCount", &category.rows),
          std::pair("columns", &category.columns)})
      if (key == part && !*of) *of = value;
    return value.behind();
  });
  if (!category.name) source.fail("not BinaryCIF: there is no 'name'");
  const std::string_view name = category.name->text();
  if (same_letters(name, "_atom_site")) found.atoms = category;
  if (same_letters(name, "_ma_qa_metric")) found.metrics = category;
  if (same_letters(name, "_ma_qa_metric_local")) found.local_quality = category;
  return end;
}

/// Goes through the whole file, once: most of its bytes are such small values.
std::vector<Categories> find_categories(const SourceText& source) {
  std::vector<Categories> blocks;
  bool any = false;
  const auto note_block = [&](const PackedValue& block) {
    Categories& found = blocks.emplace_back();
    return block.each_pair([&](std::string_view key, const PackedValue& value) {
      if (key != "categories" || std::exchange(found.any, true)) return value.behind();
      return value.each(
          [&](const PackedValue& category) { return note_category(category, found, source); });
    });
  };
  const PackedValue file(source);
  file.require_end(file.each_pair([&](std::string_view key, const PackedValue& value) {
    if (key != "dataBlocks" || std::exchange(any, true)) return value.behind();
    return value.each(note_block);
  }));
  if (!any) source.fail("not BinaryCIF: there is no 'dataBlocks'");
  return blocks;
}

/// The wanted columns of a category.
class CategoryReader {
 public:
  /// @param find  the place among the values of a row for a tag, `not_wanted` or above
  ///        when it has none
  template <class Find>
  CategoryReader(const Category& category, TextStore& texts, const SourceText& source,
                 const Find& find)
      : columns_(AtomSite::column_count) {
    if (!category.rows) source.fail("not BinaryCIF: there is no 'rowCount'");
    if (!category.columns) source.fail("not BinaryCIF: there is no 'columns'");
    const std::int64_t rows = category.rows->integer();
    if (rows < 0 || static_cast<std::uint64_t>(rows) > source.text.size())
      source.fail("damaged BinaryCIF: more rows than the file has bytes");
    rows_ = static_cast<std::size_t>(rows);
    const std::string prefix = std::string(category.name->text()) + ".";
    category.columns->each([&](const PackedValue& column) {
      const std::string name(column.at("name").text());
      const std::size_t place = find(prefix + name);
      if (place >= columns_.size()) return;
      if (columns_[place]) source.fail("damaged BinaryCIF: the column " + name + " is there twice");
      columns_[place].emplace(column, rows_, texts, source);
    });
  }

  std::size_t rows() const { return rows_; }
  bool has(std::size_t place) const { return columns_[place].has_value(); }
  std::int32_t milli(std::size_t place, std::size_t row) { return columns_[place]->milli(row); }
  /// By row, bit p for the column of place p: those whose text may differ from the row before.
  using Changes = std::vector<std::uint32_t>;
  /// Of as many of the first rows as there is room for.
  void mark_changes(Changes& rows) const {
    for (std::size_t place = 0; place < columns_.size(); ++place) mark_changes(place, rows);
  }
  void mark_changes(std::size_t place, Changes& rows) const {
    if (columns_[place]) columns_[place]->mark_changes(1U << place, rows);
  }
  /// Of the columns in `changed`.
  void read_texts(std::size_t row, std::uint32_t changed, AtomSite::Values& values) {
    for (; changed != 0; changed &= changed - 1) {
      const auto place = static_cast<std::size_t>(__builtin_ctz(changed));
      values[place] = columns_[place]->text(row);
    }
  }
  std::string_view text(std::size_t place, std::size_t row) { return columns_[place]->text(row); }
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

void read_quality(const Category& category, TextStore& texts, const SourceText& source,
                  LocalQuality& quality) {
  CategoryReader reader(category, texts, source, [](const std::string& tag) {
    return LocalQuality::find_column(tag, AtomSite::not_wanted).value_or(AtomSite::not_wanted);
  });
  AtomSite::Values values{};
  CategoryReader::Changes changes(reader.rows());
  reader.mark_changes(changes);
  for (std::size_t row = 0; row < reader.rows(); ++row) {
    reader.read_texts(row, changes[row], values);
    quality.add(values);
  }
}

/// How many rows to take: to the last one of the first model, and one of another, which
/// tells that there is one.
std::size_t wanted_rows(CategoryReader& reader, const AtomSite& atoms) {
  constexpr auto column = AtomSite::model_number;
  if (!atoms.takes_first_model() || !reader.has(column)) return reader.rows();
  CategoryReader::Changes changes(reader.rows());
  reader.mark_changes(column, changes);
  std::size_t wanted = 0;
  std::string_view first, number;
  for (std::size_t row = 0; row < reader.rows(); ++row) {
    if (changes[row] != 0) number = reader.text(column, row);
    if (row == 0) first = number;
    if (number == first) wanted = row + 1;
  }
  return std::min(wanted + 1, reader.rows());
}

void read_atoms(const Category& category, TextStore& texts, const SourceText& source,
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
  CategoryReader::Changes changes(wanted_rows(reader, atoms));
  atoms.expect_rows(changes.size());
  reader.mark_changes(changes);
  for (std::size_t row = 0; row < changes.size(); ++row) {
    reader.read_texts(row, changes[row], values);
    // There are no lines to name; the place tells the order of the atoms.
    atoms.add(values, {position[0]->milli(row), position[1]->milli(row), position[2]->milli(row)},
              source.text.data() + row, changes[row]);
  }
}

}  // namespace

ParsedFile parse_bcif(const SourceText& source, const ResidueRules& rules,
                      const ParseOptions& options) {
  const auto texts = std::make_shared<TextStore>();
  LocalQuality quality;
  AtomSite atoms(source, rules, options, &quality);
  for (const Categories& found : find_categories(source)) {
    if (!found.any) source.fail("not BinaryCIF: there is no 'categories'");
    if (!found.atoms) continue;
    quality.clear();
    if (options.local_quality)
      for (const auto& category : {found.metrics, found.local_quality})
        if (category) read_quality(*category, *texts, source, quality);
    read_atoms(*found.atoms, *texts, source, options.local_quality, atoms);
    if (atoms.has_rows()) break;
  }
  ParsedFile parsed = atoms.finish();
  parsed.has_plddt = quality.has_plddt();
  parsed.texts = texts;
  return parsed;
}

}  // namespace potential
