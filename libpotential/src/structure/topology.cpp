#include <algorithm>
#include <limits>
#include <potential/structure/input.hpp>
#include <potential/structure/topology.hpp>

#include "structure/decimal.hpp"
#include "structure/model_from_atoms.hpp"
#include "structure/site_plan.hpp"
#include "structure/structure_text.hpp"

namespace potential {

struct Topology::Parts {
  std::shared_ptr<const Model> model;
  Scheme scheme;
  SitePlan plan;
  std::vector<double> coordinates;
};

namespace {

void append(std::vector<double>& coordinates, std::initializer_list<std::int32_t> milli) {
  for (const std::int32_t value : milli)
    coordinates.push_back(is_usable(value) ? value / 1000.0
                                           : std::numeric_limits<double>::quiet_NaN());
}

/// Every atom of the first model of a file, in the order of the file.
std::vector<AtomRow> all_rows(const StructureText& text, const ResidueRules& rules) {
  std::vector<AtomRow> rows =
      text.parse(rules, {ModelChoice::first, RowChoice::all, false}).models.front().rows;
  std::sort(rows.begin(), rows.end(),
            [](const AtomRow& a, const AtomRow& b) { return a.where < b.where; });
  return rows;
}

}  // namespace

Topology Topology::read(const std::string& path, const Scheme& scheme) {
  InputFile file;
  file.id = file.path = path;
  const StructureText text(file);
  const ResidueRules rules(scheme);
  const ParsedFile parsed = text.parse(rules, {ModelChoice::first, RowChoice::polymer, false});
  SiteOrigins origins;
  SiteOptions options;
  options.rules = &rules;
  options.chains = &file.chains;
  options.origins = &origins;
  Model model = place_sites(parsed.models.front(), options, text.source());
  if (model.size() == 0) text.source().fail("holds no site of the scheme");
  model.id = path;
  Parts parts{std::make_shared<const Model>(std::move(model)), scheme, {}, {}};
  std::vector<const char*> wheres;
  for (const AtomRow& row : all_rows(text, rules)) {
    wheres.push_back(row.where);
    append(parts.coordinates, {row.x, row.y, row.z});
  }
  parts.plan = SitePlan::of_origins(origins, wheres);
  return Topology(std::make_shared<const Parts>(std::move(parts)));
}

Topology Topology::from_atoms(const Atoms& atoms, const Coordinates& coordinates,
                              const Scheme& scheme, const std::string& id) {
  Parts parts{nullptr, scheme, {}, {}};
  parts.model = std::make_shared<const Model>(model_from_atoms(
      atoms, coordinates, scheme, id, [&](const SiteOrigins& origins, const char* first) {
        std::vector<const char*> wheres;
        for (std::size_t i = 0; i < coordinates.size(); ++i) wheres.push_back(first + i);
        parts.plan = SitePlan::of_origins(origins, wheres);
      }));
  for (std::size_t i = 0; i < 3 * coordinates.size(); ++i)
    append(parts.coordinates, {coordinates.milli(i)});
  return Topology(std::make_shared<const Parts>(std::move(parts)));
}

Topology::Topology(std::shared_ptr<const Model> model, Scheme scheme) {
  Parts parts{std::move(model), std::move(scheme), {}, {}};
  const Model& sites = *parts.model;
  parts.plan = SitePlan::of_sites(sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i)
    append(parts.coordinates, {sites.x[i], sites.y[i], sites.z[i]});
  parts_ = std::make_shared<const Parts>(std::move(parts));
}

std::size_t Topology::atoms() const { return parts_->plan.atoms_in_frame; }
const std::vector<double>& Topology::coordinates() const { return parts_->coordinates; }
const Model& Topology::model() const { return *parts_->model; }
const Scheme& Topology::scheme() const { return parts_->scheme; }
const SitePlan& Topology::plan() const { return parts_->plan; }

}  // namespace potential
