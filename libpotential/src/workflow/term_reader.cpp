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

void OtherMargins::restore(std::vector<ContactCounts>& tables) {
  // All are sorted by id: the same structures stand at the same places.
  std::vector<std::pair<std::string, Digest>> first;
  tables.front().each_structure(
      [&](const StructureRecord& record) { first.emplace_back(record.id, record.sha256); });
  bool alike = std::adjacent_find(first.begin(), first.end(), [](const auto& a, const auto& b) {
                 return a.first == b.first;
               }) == first.end();
  for (std::size_t k = 1; k < tables.size(); ++k) {
    ContactCounts& table = tables[k];
    if (table.stream) streams_.push_back(table.stream);
    std::size_t i = 0;
    table.each_structure([&](const StructureRecord& record) {
      alike = alike && i < first.size() && record.id == first[i].first;
      if (alike && !table.stream) records_[first[i].second].push_back(record);
      ++i;
    });
    alike = alike && i == first.size();
  }
  if (!alike)
    throw UsageError(
        "holds several structures under one id, so there is no going on from it; extract into a "
        "new file");
}

void OtherMargins::report(std::size_t k, const Ledger& ledger, const ContactCounts& first,
                          ContactCounts& table) const {
  table.skipped = first.skipped;
  table.structures.clear();
  for (const auto& [sha256, records] : records_) {
    table.structures.push_back(records[k]);
    table.structures.back().id = ledger.id_of(sha256);
  }
  const auto& renamed = ledger.renamed();
  const auto rename = [&](const StructureRecord& streamed) {
    const auto found = renamed.find(streamed.id);
    std::optional<StructureRecord> record;
    if (found != renamed.end()) {
      record = streamed;
      record->id = found->second;
    }
    return record;
  };
  if (!streams_.empty())
    table.stream = grown_stream(streams_[k], std::move(table.structures),
                                renamed.empty() ? ReplaceRecord() : rename);
  table.sort();
}

}  // namespace potential
