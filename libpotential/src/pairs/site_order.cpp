#include "pairs/site_order.hpp"
#include <algorithm>

namespace potential {
namespace {

using Site = SiteBlocks::Site;
constexpr std::int32_t Site::*axes[] = {&Site::x, &Site::y, &Site::z};

/// Roughly the value that comes at `rank` of `size` sites: that of a sample.
template <class Value>
Value guess_of(const Site* first, std::size_t size, std::size_t rank, Value Site::*value) {
  constexpr std::size_t taken = 9;
  std::array<Value, taken> sample;
  for (std::size_t k = 0; k < taken; ++k) sample[k] = first[k * (size - 1) / (taken - 1)].*value;
  std::sort(sample.begin(), sample.end());
  return sample[rank * taken / size];
}

/// Moves the sites for which `belongs` holds to the front, without a branch on
/// what no CPU can predict. @returns their end.
template <class Belongs>
Site* to_front(Site* first, Site* last, Belongs belongs) {
  for (Site* site = first; site != last; ++site) {
    const Site moved = *site;
    *site = *first;
    *first = moved;
    first += belongs(moved) ? 1 : 0;
  }
  return first;
}

/// As std::nth_element by one value.
template <class Value>
void select(Site* first, Site* nth, Site* last, Value Site::*value) {
  constexpr std::ptrdiff_t few = 24;
  for (int round = 0; last - first > few && round < 32; ++round) {
    const Value guess = guess_of(first, static_cast<std::size_t>(last - first),
                                 static_cast<std::size_t>(nth - first), value);
    Site* middle = to_front(first, last, [=](const Site& s) { return s.*value < guess; });
    if (middle == first) {  // the guess is the least
      middle = to_front(first, last, [=](const Site& s) { return s.*value == guess; });
      if (nth < middle) return;
    }
    (nth < middle ? last : first) = middle;
  }
  std::nth_element(first, nth, last,
                   [=](const Site& a, const Site& b) { return a.*value < b.*value; });
}

std::size_t longest(const SiteExtent& extent) {
  if (extent.width(0) >= extent.width(1) && extent.width(0) >= extent.width(2)) return 0;
  return extent.width(1) >= extent.width(2) ? 1 : 2;
}

/// Where to halve, so that all parts but the last are whole groups, superblocks or
/// blocks.
std::size_t half_of(std::size_t sites) {
  std::size_t unit = SiteBlocks::lanes;
  if (sites > SiteBlocks::superblock) unit = SiteBlocks::superblock;
  if (sites > SiteBlocks::group) unit = SiteBlocks::group;
  return (sites + unit - 1) / unit / 2 * unit;
}

bool is_block(const Site* first, const Site* last) {
  return last - first <= std::ptrdiff_t{SiteBlocks::lanes};
}

/// Halves the sites across their longest side until a block is left.
/// @param extent  holds the sites, if not as closely as could be
void split_in_space(Site* first, Site* last, SiteExtent extent) {
  while (!is_block(first, last)) {
    Site* const middle = first + half_of(static_cast<std::size_t>(last - first));
    const std::size_t axis = longest(extent);
    select(first, middle, last, axes[axis]);
    SiteExtent lower = extent;
    lower.hi[axis] = extent.lo[axis] = middle->*axes[axis];
    split_in_space(first, middle, lower);
    first = middle;
  }
}

/// Halves the sites, which come chain by chain, until there is one chain or one
/// block, and goes on in space.
void split_by_chain(Site* first, Site* last, const Model& model) {
  const auto chain_of = [&](const Site& site) {
    return model.residues[model.residue[site.index]].chain;
  };
  while (!is_block(first, last)) {
    if (chain_of(*first) == chain_of(last[-1]))
      return split_in_space(first, last, extent_of(first, last));
    Site* const middle = first + half_of(static_cast<std::size_t>(last - first));
    split_by_chain(first, middle, model);
    first = middle;
  }
}

}  // namespace

SiteExtent extent_of(const Site* begin, const Site* end) {
  SiteExtent e{{begin->x, begin->y, begin->z}, {begin->x, begin->y, begin->z}};
  for (const Site* s = begin; s != end; ++s) {
    e.lo = {std::min(e.lo[0], s->x), std::min(e.lo[1], s->y), std::min(e.lo[2], s->z)};
    e.hi = {std::max(e.hi[0], s->x), std::max(e.hi[1], s->y), std::max(e.hi[2], s->z)};
  }
  return e;
}

void arrange(std::vector<Site>& sites, const Model& model, bool by_chain) {
  if (sites.empty()) return;
  Site* const first = sites.data();
  Site* const last = first + sites.size();
  if (by_chain)
    split_by_chain(first, last, model);
  else
    split_in_space(first, last, extent_of(first, last));
}

}  // namespace potential
