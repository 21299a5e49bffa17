#include "structure/mmcif_stream.hpp"
#include <algorithm>
#include <utility>

#include "structure/parsers.hpp"

namespace potential {

MmcifStream::MmcifStream(const std::string& path, std::string id, MmcifLayout layout)
    : stream_(path), layout_(std::move(layout)), lines_(layout_.lines_before) {
  piece_.id = std::move(id);
  piece_.coordinates = coordinate_items;
}

void MmcifStream::hold(std::size_t bytes) {
  while (ahead_.size() < bytes) {
    const std::string_view block = stream_.next();
    if (block.empty()) piece_.fail("the file has changed while it was read");
    ahead_ += block;
  }
}

const SourceText& MmcifStream::next() {
  piece_.text = {};
  const auto& begins = layout_.begins;
  if (model_ + 1 == begins.size()) return piece_;
  if (model_ == 0) {
    const auto before = static_cast<std::size_t>(begins[0]);
    hold(before);
    ahead_.erase(0, before);
  }
  std::size_t end = model_ + 1;
  const auto size = [&] { return static_cast<std::size_t>(begins[end] - begins[model_]); };
  while (size() < piece_bytes && end + 1 < begins.size()) ++end;
  hold(size());
  text_ = layout_.heading;
  text_.append(ahead_, 0, size());
  ahead_.erase(0, size());
  model_ = end;
  const auto lines = [](const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  };
  const std::size_t heading = lines(layout_.heading);
  piece_.text = text_;
  piece_.lines_before = lines_ - heading;
  lines_ += lines(text_) - heading;
  return piece_;
}

}  // namespace potential
