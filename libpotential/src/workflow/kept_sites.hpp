#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <potential/core/model.hpp>
#include <string>

namespace potential {

/// What the pair search needs of a model, and no more, in some eight bytes a site.
std::string pack_sites(const Model& model);
/// The model again: sites, chains, and residues but for their names.
Model unpack_sites(const std::string& packed);

/// Models that are searched again when all have been seen: packed in memory, those there
/// is no room for in a nameless temporary file, which vanishes with the process.
class KeptSites {
 public:
  /// @param memory  bytes to hold
  explicit KeptSites(std::size_t memory) : memory_(memory) {}
  ~KeptSites();
  KeptSites(const KeptSites&) = delete;
  KeptSites& operator=(const KeptSites&) = delete;

  /// Where a packed model is kept; moved between threads, read by any number of them.
  class Place {
   public:
    bool empty() const { return !here_ && size_ == 0; }

   private:
    friend class KeptSites;
    std::shared_ptr<const std::string> here_;
    std::uint64_t offset_ = 0;
    std::size_t size_ = 0;
  };

  /// By one thread at a time. @throws FileError when the temporary file cannot be written.
  Place keep(std::string packed);
  /// @throws FileError.
  Model read(const Place& place) const;

 private:
  void open();

  std::size_t memory_, held_ = 0;
  std::string folder_;
  int descriptor_ = -1;
  std::uint64_t end_ = 0;
};

}  // namespace potential
