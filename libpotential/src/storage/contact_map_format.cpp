#include <fmt/compile.h>
#include <fmt/format.h>

#include <potential/storage/contact_map.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// Residue pairs are written in the form of a contact map, `ALA:CYS`.
std::vector<std::string> row_names(const TableAxes& axes) {
  if (!axes.pairs.canonical() || axes.scheme.placement() == SitePlacement::atom)
    return axes.pairs.labels();
  std::vector<std::string> names;
  for (std::size_t row = 0; row < axes.pairs.labels().size(); ++row)
    names.push_back(axes.scheme.type_name(axes.pairs.first()[row]) + ":" +
                    axes.scheme.type_name(axes.pairs.second()[row]));
  return names;
}

template <class Number>
std::string format_table(const TableAxes& axes, const Table<Number>& table) {
  if (table.rows() != Eigen::Index{axes.classes()} * axes.rows() || table.cols() != axes.columns())
    throw UsageError("the table does not have the shape of its axes");
  // Read back without the column, a map has the class 1+.
  const bool with_class = axes.separations.to_string() != "1+";
  fmt::memory_buffer text;
  const auto append = [&](std::string_view part) { text.append(part); };
  append(with_class ? "pair\tseparation" : "pair");
  for (const std::string& label : axes.bins.labels()) append("\t" + label);
  append("\n");
  const auto names = row_names(axes);
  for (Eigen::Index line = 0; line < table.rows(); ++line) {
    append(names[static_cast<std::size_t>(line % axes.rows())]);
    if (with_class) append("\t" + axes.separations.label(static_cast<int>(line / axes.rows())));
    for (Eigen::Index bin = 0; bin < table.cols(); ++bin)  // + 0: no minus before a 0
      fmt::format_to(fmt::appender(text), FMT_COMPILE("\t{}"), table(line, bin) + Number{});
    append("\n");
  }
  return fmt::to_string(text);
}

}  // namespace

std::string format_counts(const ContactCounts& counts) {
  return format_table(counts.axes, counts.counts);
}

std::string format_scores(const TableAxes& axes, const ScoreTable& scores) {
  return format_table(axes, scores);
}

}  // namespace potential
