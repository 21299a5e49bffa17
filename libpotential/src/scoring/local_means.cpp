#include "scoring/local_means.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace potential {
namespace {

ResiduePlace place_of(const Model& model, std::size_t begin, std::size_t end,
                      const std::vector<bool>& is_ca) {
  std::size_t first = begin, last = end;
  for (std::size_t site = begin; site < end; ++site)
    if (is_ca[model.type[site]]) {
      first = site;
      last = site + 1;
      break;
    }
  const auto mean = [&](const std::vector<std::int32_t>& at) {
    double sum = 0;
    for (std::size_t site = first; site < last; ++site) sum += at[site];
    return sum / (1000 * static_cast<double>(last - first));
  };
  return {model.residue[begin], mean(model.x), mean(model.y), mean(model.z)};
}

}  // namespace

std::vector<ResiduePlace> residue_places(const Model& model, const std::vector<bool>& is_ca) {
  std::vector<ResiduePlace> places;
  for (std::size_t begin = 0, end = 0; begin < model.size(); begin = end) {
    while (end < model.size() && model.residue[end] == model.residue[begin]) ++end;
    places.push_back(place_of(model, begin, end, is_ca));
  }
  return places;
}

std::vector<double> local_means(const std::vector<ResiduePlace>& places,
                                const std::vector<double>& score, double radius) {
  // Along x, so that only a slab of the model is looked at for each place.
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return places[a].x < places[b].x; });
  std::vector<double> sum, weights(places.size(), 1);
  for (const ResiduePlace& place : places) sum.push_back(score[place.residue]);
  for (std::size_t a = 0; a < order.size(); ++a) {
    const std::size_t i = order[a];
    const ResiduePlace& here = places[i];
    for (std::size_t b = a + 1; b < order.size(); ++b) {
      const std::size_t j = order[b];
      const ResiduePlace& there = places[j];
      const double x = there.x - here.x, y = there.y - here.y, z = there.z - here.z;
      if (x >= radius) break;
      const double square = x * x + y * y + z * z;
      if (square >= radius * radius) continue;
      const double weight = 1 - std::sqrt(square) / radius;
      sum[i] += weight * score[there.residue];
      sum[j] += weight * score[here.residue];
      weights[i] += weight;
      weights[j] += weight;
    }
  }
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] /= weights[i];
  return sum;
}

}  // namespace potential
