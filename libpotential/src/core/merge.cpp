#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <potential/core/merge.hpp>
#include <potential/support/error.hpp>
#include <set>
#include <tuple>

namespace potential {
namespace {

void require_same_axes(const TableAxes& a, const TableAxes& b) {
  const auto differ = [](const std::string& what, const std::string& x, const std::string& y) {
    throw UsageError("the " + what + " differ: " + x + " and " + y +
                     "; only counts of one layout can be taken together");
  };
  if (a.scheme != b.scheme) differ("type schemes", a.scheme.name(), b.scheme.name());
  if (a.bins != b.bins) differ("bins", a.bins.to_string(), b.bins.to_string());
  if (a.separations != b.separations)
    differ("separation classes", a.separations.to_string(), b.separations.to_string());
  if (a.pairs != b.pairs)
    differ("rows", std::to_string(a.rows()) + " pairs", "others, or in another order");
}

/// True when there are counts that no structure stands behind.
bool is_imported(const ContactCounts& counts) {
  return !counts.has_margins() && (counts.counts > 0).any();
}

void require_one_kind(bool imported, bool with_structures) {
  if (imported && with_structures)
    throw UsageError(
        "an imported contact map has no structures behind it and cannot be taken together with "
        "counts that have; extract it from structures, or export both and import them");
}

constexpr auto option_separator = "; ";

std::set<std::string> values_of(const Options& options, const std::string& name) {
  const auto found = options.find(name);
  if (found == options.end()) return {"none"};
  std::set<std::string> values;
  std::string_view rest = found->second;
  while (true) {
    const auto end = rest.find(option_separator);
    values.emplace(rest.substr(0, end));
    if (end == std::string_view::npos) return values;
    rest.remove_prefix(end + 2);
  }
}

/// Sets of values, so that the order and grouping of merges do not matter.
Options merge_options(const Options& a, const Options& b) {
  Options merged = a;
  merged.insert(b.begin(), b.end());
  merged.erase("shard");
  for (auto& [name, text] : merged) {
    auto values = values_of(a, name);
    values.merge(values_of(b, name));
    text.clear();
    for (const std::string& value : values) text += (text.empty() ? "" : option_separator) + value;
  }
  return merged;
}

void refuse_duplicates(const std::vector<StructureRecord>& all,
                       const std::vector<StructureRecord>& part) {
  std::map<Digest, const std::string*> ids;
  for (const StructureRecord& structure : part) ids.emplace(structure.sha256, &structure.id);
  for (const StructureRecord& structure : all)
    if (const auto found = ids.find(structure.sha256); found != ids.end())
      throw UsageError(duplicate_message(structure.id, *found->second));
}

/// Appends a sorted list to a sorted list and keeps the order.
template <class Item, class Less>
void append_sorted(std::vector<Item>& all, std::vector<Item>& part, Less less) {
  const auto old_size = static_cast<std::ptrdiff_t>(all.size());
  std::move(part.begin(), part.end(), std::back_inserter(all));
  std::inplace_merge(all.begin(), all.begin() + old_size, all.end(), less);
}

/// A structure of a set that may be the one to take out.
struct Candidate {
  std::size_t index;
  std::string id;
};

/// Indices of the structures of `all` that `part` names, each once, ascending.
std::vector<std::size_t> find_structures(const ContactCounts& all, const ContactCounts& part) {
  std::map<Digest, std::vector<Candidate>> by_digest;
  part.each_structure([&](const StructureRecord& wanted) { by_digest[wanted.sha256]; });
  std::size_t index = 0;
  all.each_structure([&](const StructureRecord& structure) {
    if (const auto match = by_digest.find(structure.sha256); match != by_digest.end())
      match->second.push_back({index, structure.id});
    ++index;
  });
  std::vector<std::size_t> found;
  std::optional<std::string> missing;  // not thrown from a stream, which adds its own file's name
  part.each_structure([&](const StructureRecord& wanted) {
    auto& candidates = by_digest[wanted.sha256];
    if (candidates.empty() && !missing) missing = wanted.id;
    if (missing) return;
    auto match = std::find_if(candidates.begin(), candidates.end(),
                              [&](const Candidate& c) { return c.id == wanted.id; });
    if (match == candidates.end()) match = candidates.begin();
    found.push_back(match->index);
    candidates.erase(match);
  });
  if (missing)
    throw UsageError(*missing + " is not among the counted structures and cannot be taken out");
  std::sort(found.begin(), found.end());
  return found;
}

/// A stream without some of its structures.
class Rest : public StructureStream {
 public:
  Rest(std::shared_ptr<const StructureStream> all, std::vector<std::size_t> taken)
      : all_(std::move(all)), taken_(std::move(taken)) {}
  std::size_t size() const override { return all_->size() - taken_.size(); }
  void each(const std::function<void(const StructureRecord&)>& visit) const override {
    std::size_t index = 0;
    auto taken = taken_.begin();
    all_->each([&](const StructureRecord& structure) {
      if (taken == taken_.end() || *taken != index)
        visit(structure);
      else
        ++taken;
      ++index;
    });
  }

 private:
  std::shared_ptr<const StructureStream> all_;
  std::vector<std::size_t> taken_;  // ascending
};

void take_out(const std::vector<std::size_t>& taken, std::vector<StructureRecord>& structures) {
  std::vector<StructureRecord> rest;
  auto next = taken.begin();
  for (std::size_t i = 0; i < structures.size(); ++i)
    if (next == taken.end() || *next != i)
      rest.push_back(std::move(structures[i]));
    else
      ++next;
  structures = std::move(rest);
}

void subtract_table(const ContactCounts& part, CountTable& counts) {
  for (Eigen::Index row = 0; row < counts.rows(); ++row)
    for (Eigen::Index bin = 0; bin < counts.cols(); ++bin) {
      if (part.counts(row, bin) > counts(row, bin))
        throw UsageError("more counts would be taken out than there are, for " +
                         part.axes.pairs.labels()[std::size_t(row % part.axes.rows())] + " at " +
                         part.axes.bins.label(int(bin)));
      counts(row, bin) -= part.counts(row, bin);
    }
}

}  // namespace

std::string duplicate_message(const std::string& first, const std::string& second) {
  return "the same structure comes twice: " + first + " and " + second + "; leave one out";
}

void merge_totals(ContactCounts& sum, ContactCounts& part, bool with_structures) {
  const bool imported = !with_structures && (sum.counts > 0).any();
  require_same_axes(sum.axes, part.axes);
  require_one_kind(imported || is_imported(part), with_structures || part.has_margins());
  sum.options = merge_options(sum.options, part.options);
  add_table(sum.counts, part.counts);
  std::move(part.skipped.begin(), part.skipped.end(), std::back_inserter(sum.skipped));
}

void merge_into(ContactCounts& sum, ContactCounts part, bool allow_duplicates) {
  require_same_axes(sum.axes, part.axes);
  require_one_kind(is_imported(sum) || is_imported(part), sum.has_margins() || part.has_margins());
  if (!allow_duplicates) refuse_duplicates(sum.structures, part.structures);
  const auto skipped = static_cast<std::ptrdiff_t>(sum.skipped.size());
  merge_totals(sum, part, sum.has_margins());
  std::inplace_merge(sum.skipped.begin(), sum.skipped.begin() + skipped, sum.skipped.end());
  append_sorted(sum.structures, part.structures, [](const auto& a, const auto& b) {
    return std::tie(a.id, a.sha256) < std::tie(b.id, b.sha256);
  });
}

ContactCounts merge_counts(std::vector<ContactCounts> parts, bool allow_duplicates) {
  if (parts.empty()) throw UsageError("there are no counts to merge");
  ContactCounts sum = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i)
    merge_into(sum, std::move(parts[i]), allow_duplicates);
  return sum;
}

ContactCounts subtract_counts(ContactCounts all, const ContactCounts& part) {
  require_same_axes(all.axes, part.axes);
  require_one_kind(is_imported(all) || is_imported(part), all.has_margins() || part.has_margins());
  auto taken = find_structures(all, part);
  const bool any_taken = !taken.empty();
  subtract_table(part, all.counts);
  if (all.stream)
    all.stream = std::make_shared<Rest>(std::move(all.stream), std::move(taken));
  else
    take_out(taken, all.structures);
  if (is_imported(all) && any_taken)
    throw UsageError("every structure would be taken out, but counts would be left over");
  return all;
}

CountedTerms subtract_counts(CountedTerms all, const CountedTerms& part) {
  if (all.names != part.names) throw UsageError("the terms differ");
  for (std::size_t k = 0; k < all.counts.size(); ++k)
    all.counts[k] = subtract_counts(std::move(all.counts[k]), part.counts[k]);
  return all;
}

}  // namespace potential
