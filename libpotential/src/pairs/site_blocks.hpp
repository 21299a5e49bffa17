#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include <potential/core/model.hpp>

#include "pairs/cell_layout.hpp"

namespace potential {

/// Sixteen axis-aligned boxes side by side, so that one vector step compares
/// all with another. Absent boxes are empty (lo = +inf, hi = -inf). The fourth
/// axis is the chain, when only pairs of one chain are looked for: other chains
/// are far away then.
struct alignas(64) BoxSet {
  float lo[4][16];
  float hi[4][16];
};

/// One box, mÅ. Single precision: boxes only decide what is looked at.
struct Box {
  float lo[4], hi[4];
};

/// Sixteen sites that stand close together.
struct alignas(64) SiteBlock {
  std::int16_t xy[32];  ///< x, y in turn, mÅ from centre
  std::int16_t z[32];   ///< z, 0 in turn
  std::uint32_t chain[16];
  std::uint32_t position[16];  ///< along the chain, offset so that order is kept unsigned
  std::uint32_t site[16];      ///< index into the model
  /// What the type adds to the place of a pair's cells, see CellLayout.
  std::uint32_t as_first[16], as_second[16];
  std::uint16_t type[16];
  std::int32_t centre[4];  ///< x, y, z, 0, mÅ
};

/// What there is to know of a block beside its sites. Apart from them, since all heads stay
/// in the nearest cache, which does not hold all blocks.
struct BlockHead {
  std::uint32_t lanes;  ///< bit l: lane l holds a site
  bool wide;            ///< xy, z or position do not hold it: take the sites one by one
  bool mixed;           ///< of several chains
};

/// The sites of a model in blocks of 16, superblocks of 16 blocks and groups of
/// 16 superblocks, each spatially compact (a k-d split, so that sparse or
/// far-flung sites do no harm). A slot is the place of a site in this order.
class SiteBlocks {
 public:
  static constexpr std::size_t lanes = 16;
  static constexpr std::size_t superblock = 256;
  static constexpr std::size_t group = 4096;
  struct Site {
    std::int32_t x, y, z;
    std::uint32_t index;  ///< into the model
  };

  /// Half-widths, mÅ, up to which 16 bits describe a block from its own centre, and all
  /// blocks from one.
  struct Reach {
    std::int32_t block, all;
  };

  /// Arranges the sites; arrays are reused from model to model.
  /// @param by_chain keep chains apart; pays when pairs between them do not count
  /// @param layout of the table that offsets are for
  void build(const Model& model, const Reach& reach, bool by_chain, const CellLayout& layout);

  std::size_t size() const { return sites_.size(); }
  const std::vector<Site>& sites() const { return sites_; }                ///< by slot
  const std::vector<SiteBlock>& blocks() const { return blocks_; }         ///< by slot / 16
  const std::vector<BlockHead>& heads() const { return heads_; }           ///< of the blocks
  const std::vector<BoxSet>& block_boxes() const { return block_boxes_; }  ///< by slot / 256
  const std::vector<BoxSet>& superblock_boxes() const { return superblock_boxes_; }
  const std::vector<BoxSet>& group_boxes() const { return group_boxes_; }
  bool one_centre() const { return one_centre_; }  ///< of all blocks
  bool by_chain() const { return by_chain_; }      ///< the chain is an axis of boxes
  /// What rounding to single precision may shorten a distance by, mÅ.
  float slack() const { return slack_; }
  /// A site as a box.
  Box point(std::size_t slot) const;
  static Box box(const BoxSet& set, std::size_t index);

 private:
  /// Farther apart than any cut-off, and kept exactly by single precision.
  float chain_place(std::uint32_t chain) const {
    return by_chain_ ? static_cast<float>(chain) * 0x1p24F : 0;
  }
  bool has_several_chains(const Model& model) const;
  void find_centre(std::int32_t reach);
  void fill_block(const Model& model, std::size_t begin, std::int32_t reach,
                  const CellLayout& layout);

  std::vector<Site> sites_;
  std::vector<SiteBlock> blocks_;
  std::vector<BlockHead> heads_;
  std::vector<BoxSet> block_boxes_, superblock_boxes_, group_boxes_;
  float slack_ = 0;
  bool by_chain_ = false;
  bool one_centre_ = false;
  std::int32_t centre_[3] = {};
  bool far_positions_ = false;  // differences of positions pass 31 bits
};

}  // namespace potential
