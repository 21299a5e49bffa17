#include "structure/local_quality.hpp"
#include <algorithm>

#include "structure/cif_value.hpp"
#include "structure/names.hpp"

namespace potential {
namespace {

constexpr std::array<std::string_view, LocalQuality::column_count> tags = {
    "_ma_qa_metric_local.label_asym_id",
    "_ma_qa_metric_local.label_seq_id",
    "_ma_qa_metric_local.metric_id",
    "_ma_qa_metric_local.metric_value",
    "_ma_qa_metric_local.model_id",
    "_ma_qa_metric.id",
    "_ma_qa_metric.name",
    "_ma_qa_metric.type"};

bool in_category(std::string_view tag, std::string_view category) {
  return same_letters(tag.substr(0, category.size()), category);
}

}  // namespace

std::optional<std::size_t> LocalQuality::find_column(std::string_view tag, std::size_t not_wanted) {
  if (!in_category(tag, "_ma_qa_metric_local.") && !in_category(tag, "_ma_qa_metric."))
    return std::nullopt;
  for (std::size_t column = 0; column < column_count; ++column)
    if (same_letters(tag, tags[column])) return column;
  return not_wanted;
}

std::string LocalQuality::key(std::string_view asym_id, std::string_view seq_id,
                              std::string_view model_number) {
  std::string joined(unquote(asym_id));
  joined.append("\n").append(unquote(seq_id)).append("\n").append(unquote(model_number));
  return joined;
}

void LocalQuality::add_metric(std::string_view metric_id, std::string_view metric_name,
                              std::string_view metric_type) {
  const bool plddt =
      same_letters(unquote(metric_name), "plddt") || same_letters(unquote(metric_type), "plddt");
  is_plddt_[std::string(metric_id)] = plddt;
}

bool LocalQuality::is_plddt(const std::string& metric_id) const {
  const auto known = is_plddt_.find(metric_id);
  // Unnamed it can only be this one, if it is alone.
  return known == is_plddt_.end() ? values_.size() == 1 : known->second;
}

bool LocalQuality::has_plddt() const {
  const auto named = [](const auto& metric) { return metric.second; };
  return std::any_of(is_plddt_.begin(), is_plddt_.end(), named) ||
         std::any_of(values_.begin(), values_.end(),
                     [this](const auto& metric) { return is_plddt(metric.first); });
}

std::string_view LocalQuality::find(std::string_view asym_id, std::string_view seq_id,
                                    std::string_view model_number) const {
  for (const auto& [metric_id, residues] : values_) {
    if (!is_plddt(metric_id)) continue;
    for (const std::string_view number : {model_number, std::string_view()}) {
      const auto found = residues.find(key(asym_id, seq_id, number));
      if (found != residues.end() && !is_null(found->second)) return found->second;
    }
  }
  return {};
}

}  // namespace potential
