#include "structure/sites.hpp"
#include <algorithm>
#include <set>

#include "structure/copies.hpp"
#include "structure/decimal.hpp"

namespace potential {
namespace {

/// Places the sites of one residue after the other.
class SitePlacer {
 public:
  SitePlacer(Model& model, const SiteOptions& options, const SourceText& source)
      : model_(model),
        placement_(options.rules->placement()),
        origins_(options.origins),
        source_(source) {}

  /// Adds the sites of a residue, which is the last of model.residues.
  void place(const Conformer& conformer) {
    const ResidueRule& rule = *conformer.residue->rule;
    conformer_ = &conformer;
    switch (placement_) {
      case SitePlacement::atom:
        for (const auto& site : rule.sites) place_atom(site, rule);
        return;
      case SitePlacement::ca:
        return place_on(find("CA"), rule.type);
      case SitePlacement::cb:
        return rule.glycine ? place_on(find("CA"), rule.type) : place_cb();
      case SitePlacement::centroid:
        return place_side_chain(rule, rule.type);
    }
  }

 private:
  const AtomRow* find(const char* name) const { return conformer_->find(pack_atom(name)); }

  MilliPoint at(const AtomRow& row) const {
    require_position(row, *conformer_->residue, source_);
    return {row.x, row.y, row.z};
  }

  void add(MilliPoint p, std::uint16_t type) {
    model_.x.push_back(p.x);
    model_.y.push_back(p.y);
    model_.z.push_back(p.z);
    model_.type.push_back(type);
    model_.residue.push_back(static_cast<std::uint32_t>(model_.residues.size() - 1));
  }

  void place_on(const AtomRow* row, std::uint16_t type) {
    if (row == nullptr) return;
    add(at(*row), type);
    if (origins_ != nullptr) origins_->add(SiteRule::atom, {row});
  }

  void place_atom(const ResidueRule::Site& site, const ResidueRule& rule) {
    if (site.atom.names.empty())
      place_side_chain(rule, site.type);
    else
      place_on(conformer_->find(site.atom), site.type);
  }

  void place_side_chain(const ResidueRule& rule, std::uint16_t type) {
    if (rule.glycine)
      place_on(find("CA"), type);
    else
      place_centroid(rule, type);
  }

  void place_cb() {
    const AtomRow* cb = find("CB");
    const AtomRow* n = find("N");
    const AtomRow* ca = find("CA");
    const AtomRow* c = find("C");
    if (cb != nullptr)
      place_on(cb, conformer_->residue->rule->type);
    else if (n != nullptr && ca != nullptr && c != nullptr) {
      add(ideal_cb(at(*n), at(*ca), at(*c)), conformer_->residue->rule->type);
      if (origins_ != nullptr) origins_->add(SiteRule::ideal_cb, {n, ca, c});
    }
  }

  void place_centroid(const ResidueRule& rule, std::uint16_t type) {
    MilliMean mean;
    const auto take = [&](const AtomRow& row) {
      mean.add(at(row));
      if (origins_ != nullptr) origins_->rows.push_back(&row);
    };
    for (const AtomNames& atom : rule.side_chain)
      if (const AtomRow* row = conformer_->find(atom)) take(*row);
    if (rule.any_side_chain)
      for (const AtomRow* row = conformer_->begin; row != conformer_->end; ++row)
        if (is_side_chain(*row)) take(*row);
    if (mean.empty()) return;
    add(mean.point(), type);
    if (origins_ != nullptr) origins_->end(SiteRule::centroid);
  }

  /// A heavy atom off the backbone, not the duplicate of an earlier one.
  bool is_side_chain(const AtomRow& row) const {
    if (row.hydrogen || !conformer_->holds(row)) return false;
    for (const char* name : {"N", "CA", "C", "O", "OXT", "OT1", "OT2", "OC1", "OC2"})
      if (row.atom == pack_atom(name)) return false;
    return row.atom == 0 || conformer_->find(row.atom) == &row;
  }

  Model& model_;
  SitePlacement placement_;
  SiteOrigins* const origins_;
  const SourceText& source_;
  const Conformer* conformer_ = nullptr;
};

/// Residues that were skipped, for a note.
class PassedOver {
 public:
  explicit PassedOver(std::string what) : what_(std::move(what)) {}

  void add(const ResidueRows& residue, const std::string& chain) {
    if (++count_ > 5) return;
    examples_ += examples_.empty() ? "" : ", ";
    examples_ += residue.name + " " + std::to_string(residue.number);
    if (residue.insertion_code != ' ') examples_ += residue.insertion_code;
    if (!chain.empty()) examples_ += " (chain " + chain + ")";
  }
  void note(std::vector<std::string>& notes) const {
    if (count_ == 0) return;
    notes.push_back(std::to_string(count_) + (count_ == 1 ? " residue " : " residues ") + what_ +
                    " skipped: " + examples_ + (count_ > 5 ? ", ..." : ""));
  }

 private:
  std::string what_, examples_;
  std::size_t count_ = 0;
};

double mean_b_factor(const Conformer& conformer) {
  double sum = 0;
  int n = 0;
  for (const AtomRow* row = conformer.begin; row != conformer.end; ++row)
    if (!row->hydrogen && conformer.holds(*row)) sum += parse_number(row->b_factor), ++n;
  return n == 0 ? 0 : sum / n;
}

bool is_taken(const std::vector<std::string>& wanted, const std::string& chain) {
  return wanted.empty() ||
         std::find(wanted.begin(), wanted.end(), chain.empty() ? "_" : chain) != wanted.end();
}

void check_chains(const std::vector<std::string>& wanted, const std::vector<std::string>& names,
                  const SourceText& source) {
  if (wanted.empty()) return;
  std::string present;
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (!seen.insert(name).second) continue;
    present += (present.empty() ? "" : ", ") + (name.empty() ? "_" : name);
  }
  for (const std::string& want : wanted)
    if (seen.count(want == "_" ? "" : want) == 0)
      source.fail("chain " + want + " not found; the file has " +
                  (present.empty() ? "no protein chain" : present));
}

std::string number_text(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

/// Goes along the chains and fills the model.
class ModelFiller {
 public:
  ModelFiller(const ChainLayout& layout, const SiteOptions& options, const SourceText& source)
      : layout_(layout),
        options_(options),
        placer_(model_, options, source),
        low_("below pLDDT " + number_text(options.min_plddt)) {
    model_.residues.reserve(layout.residues.size());
    const std::size_t sites = layout.residues.size() * 10;
    for (auto* values : {&model_.x, &model_.y, &model_.z}) values->reserve(sites);
    model_.type.reserve(sites);
    model_.residue.reserve(sites);
  }

  void add(const ChainResidue& residue) {
    const std::string& name = layout_.names[residue.chain];
    if (!is_taken(*options_.chains, name)) return;
    if (model_.chains.empty() || residue.chain != last_) model_.chains.push_back({name, 0});
    last_ = residue.chain;
    ++model_.chains.back().residues;
    const ResidueRows& rows = *residue.conformer.residue;
    const bool low =
        options_.min_plddt > 0 && mean_b_factor(residue.conformer) < options_.min_plddt;
    if (options_.heavy_atoms && !low) add_atoms(residue.conformer);
    model_.residues.push_back({rows.name, rows.number, rows.insertion_code,
                               static_cast<std::uint32_t>(model_.chains.size() - 1),
                               residue.position});
    if (rows.rule->kind == ResidueKind::unknown)
      unknown_.add(rows, name);
    else if (rows.rule->kind == ResidueKind::mirror)
      mirror_.add(rows, name);
    else if (low)
      low_.add(rows, name);
    else if (rows.rule->kind == ResidueKind::untyped && rows.rule->nucleotide)
      untyped_.add(rows, name);
    else if (rows.rule->kind == ResidueKind::typed)
      place(residue.conformer, rows.rule->sites.size());
  }

  Model finish() {
    if (model_.chains.size() > 1 && options_.heavy_atoms)
      model_.heavy_atoms = std::make_shared<const HeavyAtoms>(std::move(atoms_));
    for (const PassedOver* passed : {&unknown_, &mirror_, &untyped_, &low_})
      passed->note(model_.notes);
    if (2 * sparse_ > placed_)
      model_.notes.push_back(std::to_string(sparse_) + " of " + std::to_string(placed_) +
                             " residues lack most of their atoms");
    return std::move(model_);
  }

 private:
  /// Of the residue that comes next; one without readable coordinates is left out.
  void add_atoms(const Conformer& conformer) {
    for (const AtomRow* row = conformer.begin; row != conformer.end; ++row) {
      if (row->hydrogen || !conformer.holds(*row)) continue;
      if (!is_usable(std::min({row->x, row->y, row->z}))) continue;
      atoms_.x.push_back(row->x);
      atoms_.y.push_back(row->y);
      atoms_.z.push_back(row->z);
      atoms_.residue.push_back(static_cast<std::uint32_t>(model_.residues.size()));
    }
  }

  /// @param full  sites of a residue that lacks nothing; 0 in residue schemes
  void place(const Conformer& conformer, std::size_t full) {
    const std::size_t before = model_.size();
    placer_.place(conformer);
    ++placed_;
    if (2 * (model_.size() - before) < full) ++sparse_;
  }

  const ChainLayout& layout_;
  const SiteOptions& options_;
  std::size_t placed_ = 0, sparse_ = 0;
  Model model_;
  HeavyAtoms atoms_;
  SitePlacer placer_;
  std::uint32_t last_ = 0;
  PassedOver unknown_{"of unknown type"}, mirror_{"of D-amino acids"},
      untyped_{"without a type in the scheme"}, low_;
};

}  // namespace

Model place_sites(const AtomTable& table, const SiteOptions& options, const SourceText& source) {
  if (!table.problem.empty()) source.fail(table.problem);
  const ChainLayout layout = lay_out_chains(table, choose_conformers(table), source);
  check_chains(*options.chains, layout.names, source);
  ModelFiller filler(layout, options, source);
  for (const ChainResidue& residue : layout.residues) filler.add(residue);
  Model model = filler.finish();
  model.notes.insert(model.notes.end(), table.notes.begin(), table.notes.end());
  const std::string copies = find_copies(model);
  if (!copies.empty()) source.fail(copies);
  if (model.size() > 0) model.sha256 = identity_of(model);
  return model;
}

}  // namespace potential
