#include "workflow/term_reader.hpp"

#include <algorithm>
#include <potential/support/error.hpp>

#include "structure/structure_text.hpp"

namespace potential {

std::vector<std::string> TermModels::notes(std::size_t i) const {
  std::vector<std::string> all;
  for (const auto& models : models_)
    for (const std::string& note : models[i].notes)
      if (std::find(all.begin(), all.end(), note) == all.end()) all.push_back(note);
  return all;
}

TermReader::TermReader(const std::vector<TableAxes>& tables, const ReadOptions& options) {
  std::vector<const Scheme*> schemes;
  for (const TableAxes& table : tables) {
    const auto known = std::find_if(schemes.begin(), schemes.end(),
                                    [&](const Scheme* one) { return *one == table.scheme; });
    scheme_of_.push_back(static_cast<std::size_t>(known - schemes.begin()));
    if (known != schemes.end()) continue;
    schemes.push_back(&table.scheme);
    schemes_.push_back(table.scheme.name());
    readers_.push_back(std::make_unique<const StructureReader>(table.scheme, options));
  }
}

TermModels TermReader::read(const InputFile& file) const {
  TermModels models;
  models.scheme_of_ = &scheme_of_;
  if (readers_.size() == 1) {
    models.models_.push_back(readers_.front()->read(file));
    return models;
  }
  const InputFile held = held_in_memory(file);
  for (std::size_t k = 0; k < readers_.size(); ++k) {
    try {
      models.models_.push_back(readers_[k]->read(held));
    } catch (const FormatError& error) {
      throw FormatError(file.id, error.place(),
                        error.problem() + " (" + schemes_[k] + ", which a term has)");
    }
    const auto same = [](const Model& a, const Model& b) { return a.id == b.id; };
    const auto& first = models.models_.front();
    const auto& own = models.models_.back();
    if (!std::equal(first.begin(), first.end(), own.begin(), own.end(), same))
      throw FormatError(file.id, "some of its models have sites of " + schemes_.front() +
                                     " and none of " + schemes_[k] + ", or the other way round");
  }
  return models;
}

void OtherMargins::add(const Digest& sha256, std::vector<StructureRecord> records) {
  if (!records.empty()) records_.emplace(sha256, std::move(records));
}

void OtherMargins::restore(std::vector<StructureRecord> table,
                           const std::vector<StructureRecord>& first) {
  // Both are sorted by id: the same structures stand at the same places.
  const auto same_id = [](const StructureRecord& a, const StructureRecord& b) {
    return a.id == b.id;
  };
  const bool repeated = std::adjacent_find(first.begin(), first.end(), same_id) != first.end();
  if (repeated || !std::equal(first.begin(), first.end(), table.begin(), table.end(), same_id))
    throw UsageError(
        "holds several structures under one id, so there is no going on from it; extract into a "
        "new file");
  for (std::size_t i = 0; i < first.size(); ++i)
    records_[first[i].sha256].push_back(std::move(table[i]));
}

void OtherMargins::report(std::size_t k, const ContactCounts& first, ContactCounts& table) const {
  table.skipped = first.skipped;
  for (const StructureRecord& structure : first.structures) {
    StructureRecord record = records_.at(structure.sha256)[k];
    record.id = structure.id;
    table.structures.push_back(std::move(record));
  }
  table.sort();
}

}  // namespace potential
