#include "storage/structure_stream.hpp"

#include "storage/row_cursor.hpp"

namespace potential::storage {
namespace {

constexpr std::size_t most_chains = std::size_t{1} << 32;

/// All columns of /structures side by side.
class Columns {
 public:
  Columns(const Reader& reader, const TableAxes& axes, hsize_t size)
      : chain_total_(reader.length("/structures/chain_length")),
        ids_(reader, "/structures/id", size),
        digests_(reader, "/structures/sha256", size),
        sites_(reader, "/structures/sites", {size}),
        residues_(reader, "/structures/residues", {size}),
        radii_(reader, "/structures/radius_of_gyration", {size}),
        chains_(reader, "/structures/chains", {size}),
        lengths_(reader, "/structures/chain_length", {chain_total_}),
        compositions_(reader, "/structures/composition",
                      {size, static_cast<hsize_t>(axes.scheme.size())}),
        histograms_(
            reader, "/structures/pair_histogram",
            {size, static_cast<hsize_t>(axes.classes()), static_cast<hsize_t>(axes.columns())}) {
    if (chain_total_ > most_chains) throw Error("/structures/chain_length is too long");
  }

  void next(StructureRecord& record) {
    record.id = std::string(ids_.next());
    record.sha256 = digest_from_hex(std::string(digests_.next()));
    record.sites = sites_.next();
    record.residues = residues_.next();
    record.radius_of_gyration = radii_.next();
    const std::uint32_t chains = chains_.next();
    if (chains > chain_total_ - chains_read_) disagree();
    chains_read_ += chains;
    record.chain_lengths.clear();
    for (std::uint32_t i = 0; i < chains; ++i) record.chain_lengths.push_back(lengths_.next());
    compositions_.next(record.composition);
    histograms_.next(record.pair_histogram);
  }
  void finish() const {
    if (chains_read_ != chain_total_) disagree();
  }

 private:
  [[noreturn]] static void disagree() {
    throw Error("/structures/chains disagrees with the other columns of /structures");
  }

  std::size_t chain_total_, chains_read_ = 0;
  TextCursor ids_, digests_;
  NumberCursor<std::uint32_t> sites_, residues_;
  NumberCursor<double> radii_;
  NumberCursor<std::uint32_t> chains_, lengths_, compositions_;
  NumberCursor<std::uint64_t> histograms_;
};

class FileStream : public StructureStream {
 public:
  FileStream(std::shared_ptr<const Image> image, std::string group, const TableAxes& axes,
             std::string path)
      : image_(std::move(image)),
        group_(std::move(group)),
        axes_(axes),
        path_(std::move(path)),
        size_(open().length("/structures/id")) {}

  std::size_t size() const override { return size_; }
  void each(const std::function<void(const StructureRecord&)>& visit) const override {
    const Session session;
    with_path(path_, [&] { read(visit); });
  }

  void read(const std::function<void(const StructureRecord&)>& visit) const {
    const Reader reader = open();
    Columns columns(reader, axes_, size_);
    StructureRecord record;
    for (std::size_t i = 0; i < size_; ++i) {
      columns.next(record);
      visit(record);
    }
    columns.finish();
  }

 private:
  Reader open() const {
    Reader reader(image_->bytes.get(), image_->size);
    reader.enter(group_);
    return reader;
  }

  std::shared_ptr<const Image> image_;
  std::string group_;
  TableAxes axes_;
  std::string path_;
  std::size_t size_;
};

}  // namespace

std::shared_ptr<const StructureStream> stream_structures(std::shared_ptr<const Image> image,
                                                         const std::string& group,
                                                         const TableAxes& axes,
                                                         const std::string& path) {
  return std::make_shared<FileStream>(std::move(image), group, axes, path);
}

}  // namespace potential::storage
