#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "structure/local_quality.hpp"
#include "structure/parsers.hpp"

namespace potential {

/// Takes rows of _atom_site into the tables of the models.
class AtomSite {
 public:
  /// The columns of _atom_site that are read.
  enum Column : std::size_t {
    auth_asym,
    label_asym,
    auth_comp,
    label_comp,
    auth_atom,
    label_atom,
    auth_seq,
    label_seq,
    insertion,
    altloc,
    entity,
    model_number,
    cartn_x,
    cartn_y,
    cartn_z,
    occupancy,
    b_factor,
    column_count,
    not_wanted = column_count
  };

  /// The wanted column that a tag names, not_wanted for another one of
  /// _atom_site, nothing when it is of another category.
  static std::optional<std::size_t> find_column(std::string_view tag);

  /// @param quality  when not null, what it says of a residue stands in for the
  ///        B-factors of its atoms; may grow until the first row is added
  AtomSite(const SourceText& source, const ResidueRules& rules, const ParseOptions& options,
           const LocalQuality* quality)
      : source_(source), rules_(rules), options_(options), local_quality_(quality) {}

  /// One place more than there are columns, for values that are not wanted.
  using Values = std::array<std::string_view, column_count + 1>;

  bool has_rows() const { return has_rows_; }
  /// @param has which columns the file has
  /// @throws FormatError when one is missing that must be there.
  void begin(const std::array<bool, column_count>& has, const char* where);
  /// So many rows may come: of the first model, for which there is room then.
  void expect_rows(std::size_t rows) { expected_rows_ = rows; }
  /// @throws FormatError on a residue number that is none.
  void add(const Values& values);
  /// The same with coordinates as parse_milli() has them; those of `values` are not looked at.
  /// @param changed  bit c for each column whose value may not be that of the row before
  void add(const Values& values, const std::array<std::int32_t, 3>& position, const char* where,
           std::uint32_t changed);
  /// Whether rows of another model than the first are passed over.
  bool takes_first_model() const { return options_.models == ModelChoice::first; }
  ParsedFile finish();

 private:
  struct OpenModel {
    std::string number;
    AtomTableBuilder builder;
  };

  bool begin_row(const Values& values, std::uint32_t changed, AtomRow& row);
  bool same_residue(const Values& values) const;
  void begin_residue(const Values& values);
  OpenModel* find_model(std::string_view number);
  std::int32_t read_number(const Values& values) const;

  const SourceText& source_;
  const ResidueRules& rules_;
  const ParseOptions options_;
  const LocalQuality* local_quality_;
  std::string_view quality_;  ///< of the residue being added to; empty = none
  std::size_t asym_ = auth_asym, comp_ = auth_comp, atom_ = auth_atom, seq_ = auth_seq;
  std::vector<std::unique_ptr<OpenModel>> models_;
  OpenModel* model_ = nullptr;
  Values last_{};
  std::size_t expected_rows_ = 0;
  bool wanted_ = false, several_ = false, has_rows_ = false;
};

}  // namespace potential
