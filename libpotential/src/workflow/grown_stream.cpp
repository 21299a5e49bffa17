#include "workflow/grown_stream.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

namespace potential {
namespace {

auto key_of(const StructureRecord& record) { return std::tie(record.id, record.sha256); }

class GrownStream : public StructureStream {
 public:
  GrownStream(std::shared_ptr<const StructureStream> earlier, std::vector<StructureRecord> added,
              const ReplaceRecord& replace)
      : earlier_(std::move(earlier)), added_(std::move(added)) {
    if (replace)
      earlier_->each([&](const StructureRecord& record) {
        auto other = replace(record);
        if (!other) return;
        replaced_.insert(key_of(record));
        added_.push_back(std::move(*other));
      });
    std::sort(added_.begin(), added_.end(),
              [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  }

  std::size_t size() const override { return earlier_->size() - replaced_.size() + added_.size(); }

  void each(const std::function<void(const StructureRecord&)>& visit) const override {
    auto next = added_.begin();
    earlier_->each([&](const StructureRecord& record) {
      for (; next != added_.end() && key_of(*next) < key_of(record); ++next) visit(*next);
      if (replaced_.empty() || replaced_.count(key_of(record)) == 0) visit(record);
    });
    std::for_each(next, added_.end(), visit);
  }

 private:
  std::shared_ptr<const StructureStream> earlier_;
  std::vector<StructureRecord> added_;  // sorted
  std::set<std::tuple<std::string, Digest>, std::less<>> replaced_;
};

}  // namespace

std::shared_ptr<const StructureStream> grown_stream(std::shared_ptr<const StructureStream> earlier,
                                                    std::vector<StructureRecord> added,
                                                    const ReplaceRecord& replace) {
  return std::make_shared<GrownStream>(std::move(earlier), std::move(added), replace);
}

}  // namespace potential
