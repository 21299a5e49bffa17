#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace potential {

/// The pLDDT of each residue, from _ma_qa_metric_local of a predicted model. Of
/// several metrics it is the one that _ma_qa_metric names pLDDT. Views lead into
/// the text of the file.
class LocalQuality {
 public:
  /// The columns of _ma_qa_metric_local and, from `id` on, of _ma_qa_metric.
  enum Column : std::size_t {
    asym,
    seq,
    metric,
    value,
    model,
    id,
    name,
    type,
    column_count,
  };
  /// As AtomSite::find_column(); `not_wanted` for another column of the two.
  static std::optional<std::size_t> find_column(std::string_view tag, std::size_t not_wanted);

  /// Takes a row of either; columns that are not there are empty.
  template <class Values>
  void add(const Values& values) {
    if (!values[id].empty())
      add_metric(values[id], values[name], values[type]);
    else if (!values[value].empty())
      values_[std::string(values[metric])].insert_or_assign(
          key(values[asym], values[seq], values[model]), values[value]);
  }
  void clear() { *this = LocalQuality(); }
  bool empty() const { return values_.empty(); }
  /// True when there is a metric pLDDT: by its name, or the only one and unnamed.
  bool has_plddt() const;
  /// The value of a residue, or "" when there is none.
  std::string_view find(std::string_view asym_id, std::string_view seq_id,
                        std::string_view model_number) const;

 private:
  static std::string key(std::string_view asym_id, std::string_view seq_id,
                         std::string_view model_number);
  bool is_plddt(const std::string& metric_id) const;
  void add_metric(std::string_view metric_id, std::string_view metric_name,
                  std::string_view metric_type);

  /// By metric and residue.
  std::unordered_map<std::string, std::unordered_map<std::string, std::string_view>> values_;
  std::unordered_map<std::string, bool> is_plddt_;  ///< by metric
};

}  // namespace potential
