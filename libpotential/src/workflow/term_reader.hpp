#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/structure/reader.hpp>

#include "workflow/ledger.hpp"

namespace potential {

/// The models of one file, with the sites of each of several tables.
class TermModels {
 public:
  std::size_t size() const { return models_.front().size(); }
  const Model& of(std::size_t table, std::size_t i) const {
    return models_[(*scheme_of_)[table]][i];
  }
  /// What is to be said of model i, each once.
  std::vector<std::string> notes(std::size_t i) const;

 private:
  friend class TermReader;
  std::vector<std::vector<Model>> models_;  ///< by scheme
  const std::vector<std::size_t>* scheme_of_ = nullptr;
};

/// Reads files for several tables: each file once, and its sites once for each scheme that
/// tables have. Threads may share one.
class TermReader {
 public:
  TermReader(const std::vector<TableAxes>& tables, const ReadOptions& options);
  /// @throws as StructureReader::read(); FormatError when some scheme has no site of a model
  ///         that another has.
  TermModels read(const InputFile& file) const;

 private:
  std::vector<std::unique_ptr<const StructureReader>> readers_;  ///< by scheme
  std::vector<std::string> schemes_;                             ///< their names
  std::vector<std::size_t> scheme_of_;                           ///< of each table
};

/// The margins of structures in the tables after the first, beside the ledger, which has
/// those in the first.
class OtherMargins {
 public:
  /// @param records  one a table after the first; none when the structure was not counted
  void add(const Digest& sha256, std::vector<StructureRecord> records);
  /// Takes over the tables of an earlier run, the first not yet by the ledger.
  /// @throws UsageError when their structures cannot be told from their ids.
  void restore(std::vector<ContactCounts>& tables);
  /// The structures of the ledger, as table `k` after the first has them, and the skipped
  /// inputs of the first.
  void report(std::size_t k, const Ledger& ledger, const ContactCounts& first,
              ContactCounts& table) const;

 private:
  std::map<Digest, std::vector<StructureRecord>> records_;  ///< by the digest in the first
  /// Of the earlier run, when they come as streams, one a table after the first.
  std::vector<std::shared_ptr<const StructureStream>> streams_;
};

}  // namespace potential
