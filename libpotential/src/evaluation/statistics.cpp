#include <algorithm>
#include <cmath>
#include <iterator>
#include <potential/evaluation/statistics.hpp>

namespace potential {
namespace {

/// The models by falling belief: lower score first, then by id.
std::vector<const RankedModel*> by_score(const std::vector<RankedModel>& models) {
  std::vector<const RankedModel*> order;
  for (const RankedModel& model : models) order.push_back(&model);
  std::sort(order.begin(), order.end(), [](const RankedModel* a, const RankedModel* b) {
    return a->score != b->score ? a->score < b->score : a->id < b->id;
  });
  return order;
}

/// True when label a is better than label b.
bool better(double a, double b, bool lower_is_better) { return lower_is_better ? a < b : a > b; }

std::vector<const RankedModel*> by_label(const std::vector<RankedModel>& models,
                                         bool lower_is_better) {
  std::vector<const RankedModel*> order;
  for (const RankedModel& model : models) order.push_back(&model);
  std::sort(order.begin(), order.end(), [&](const RankedModel* a, const RankedModel* b) {
    return a->label != b->label ? better(a->label, b->label, lower_is_better) : a->id < b->id;
  });
  return order;
}

}  // namespace

std::optional<double> roc_auc(const std::vector<RankedModel>& models, bool lower_is_better,
                              double good) {
  const std::vector<const RankedModel*> order = by_score(models);
  // Pairs of a good and a bad model in the right order, in halves.
  double right = 0, good_before = 0, bad_before = 0;
  for (std::size_t first = 0; first < order.size();) {
    double good_here = 0, bad_here = 0;
    std::size_t next = first;
    for (; next < order.size() && order[next]->score == order[first]->score; ++next)
      ++(better(good, order[next]->label, lower_is_better) ? bad_here : good_here);
    right += bad_here * (2 * good_before + good_here);
    good_before += good_here;
    bad_before += bad_here;
    first = next;
  }
  if (good_before == 0 || bad_before == 0) return std::nullopt;
  return right / (2 * good_before * bad_before);
}

std::optional<double> enrichment(const std::vector<RankedModel>& models, bool lower_is_better) {
  const std::size_t n = models.size();
  if (15 * n < 100) return std::nullopt;  // 15 % is less than one model
  const std::size_t k = (15 * n + 50) / 100;
  std::vector<const RankedModel*> scored = by_score(models);
  std::vector<const RankedModel*> labelled = by_label(models, lower_is_better);
  scored.resize(k);
  labelled.resize(k);
  std::sort(scored.begin(), scored.end());
  std::sort(labelled.begin(), labelled.end());
  std::vector<const RankedModel*> both;
  std::set_intersection(scored.begin(), scored.end(), labelled.begin(), labelled.end(),
                        std::back_inserter(both));
  return static_cast<double>(both.size()) / (0.15 * 0.15 * static_cast<double>(n));
}

std::optional<double> log_pb(const std::vector<RankedModel>& models, bool lower_is_better,
                             std::size_t best) {
  if (models.size() < 2 || best == 0) return std::nullopt;
  const std::vector<const RankedModel*> order = by_score(models);
  double found = order[0]->label;
  for (std::size_t k = 1; k < std::min(best, order.size()); ++k)
    if (better(order[k]->label, found, lower_is_better)) found = order[k]->label;
  const auto ahead = std::count_if(models.begin(), models.end(), [&](const RankedModel& model) {
    return better(model.label, found, lower_is_better);
  });
  return std::log10(static_cast<double>(1 + ahead) / static_cast<double>(models.size()));
}

std::optional<double> top1_loss(const std::vector<RankedModel>& models, bool lower_is_better) {
  if (models.size() < 2) return std::nullopt;
  const double chosen = by_score(models).front()->label;
  double best = chosen;
  for (const RankedModel& model : models)
    if (better(model.label, best, lower_is_better)) best = model.label;
  return std::abs(best - chosen);
}

std::optional<double> success(const std::vector<RankedModel>& models, bool lower_is_better,
                              double good, std::size_t best) {
  if (models.empty()) return std::nullopt;
  const std::vector<const RankedModel*> order = by_score(models);
  return std::any_of(
      order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::min(best, order.size())),
      [&](const RankedModel* model) { return !better(good, model->label, lower_is_better); });
}

}  // namespace potential
