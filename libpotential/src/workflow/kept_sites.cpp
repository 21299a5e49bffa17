#include "workflow/kept_sites.hpp"
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <potential/support/error.hpp>

namespace potential {
namespace {

[[noreturn]] void fail(const std::string& folder, const char* doing) {
  throw FileError(folder, std::string("cannot ") + doing +
                              " temporary files here (TMPDIR): " + std::strerror(errno));
}

class Packer {
 public:
  /// @param most  bytes that may come
  explicit Packer(std::size_t most) : text_(most, '\0') {}
  template <class Number>
  void add(Number number) {
    std::memcpy(&text_[size_], &number, sizeof number);
    size_ += sizeof number;
  }
  void add(const std::string& text) {
    add(static_cast<std::uint32_t>(text.size()));
    size_ += text.copy(&text_[size_], text.size());
  }
  /// Sites stand near the one before: steps of two bytes, or an escape and the number.
  void add_step(std::int32_t from, std::int32_t to) {
    const std::int64_t step = std::int64_t{to} - from;
    const bool is_short = -INT16_MAX <= step && step <= INT16_MAX;
    add(is_short ? static_cast<std::int16_t>(step) : std::int16_t{INT16_MIN});
    if (!is_short) add(to);
  }
  std::string take() {
    text_.resize(size_);
    return std::move(text_);
  }

 private:
  std::string text_;
  std::size_t size_ = 0;
};

class Unpacker {
 public:
  explicit Unpacker(const std::string& text) : at_(text.data()) {}
  template <class Number>
  Number next() {
    Number number;
    std::memcpy(&number, at_, sizeof number);
    at_ += sizeof number;
    return number;
  }
  std::string next_text() {
    const auto size = next<std::uint32_t>();
    std::string text(at_, size);
    at_ += size;
    return text;
  }
  std::int32_t next_step(std::int32_t from) {
    const auto step = next<std::int16_t>();
    return step == INT16_MIN ? next<std::int32_t>() : from + step;
  }

 private:
  const char* at_;
};

}  // namespace

std::string pack_sites(const Model& model) {
  std::size_t most = 12 + 13 * model.residues.size() + 26 * model.size();
  for (const Chain& chain : model.chains) most += 4 + chain.name.size();
  Packer packed(most);
  packed.add(static_cast<std::uint32_t>(model.chains.size()));
  for (const Chain& chain : model.chains) packed.add(chain.name);
  packed.add(static_cast<std::uint32_t>(model.residues.size()));
  for (const Residue& residue : model.residues) {
    packed.add(residue.chain);
    packed.add(residue.position);
    packed.add(residue.number);
    packed.add(residue.insertion_code);
  }
  packed.add(static_cast<std::uint32_t>(model.size()));
  std::int32_t x = 0, y = 0, z = 0, residue = 0;
  for (std::size_t i = 0; i < model.size(); ++i) {
    packed.add_step(std::exchange(x, model.x[i]), model.x[i]);
    packed.add_step(std::exchange(y, model.y[i]), model.y[i]);
    packed.add_step(std::exchange(z, model.z[i]), model.z[i]);
    const auto own = static_cast<std::int32_t>(model.residue[i]);
    packed.add_step(std::exchange(residue, own), own);
    packed.add(model.type[i]);
  }
  return packed.take();
}

Model unpack_sites(const std::string& packed) {
  Unpacker from(packed);
  Model model;
  model.chains.resize(from.next<std::uint32_t>());
  for (Chain& chain : model.chains) chain.name = from.next_text();
  model.residues.resize(from.next<std::uint32_t>());
  for (Residue& residue : model.residues) {
    residue.chain = from.next<std::uint32_t>();
    residue.position = from.next<std::int32_t>();
    residue.number = from.next<std::int32_t>();
    residue.insertion_code = from.next<char>();
  }
  const auto size = from.next<std::uint32_t>();
  std::int32_t x = 0, y = 0, z = 0, residue = 0;
  for (auto* column : {&model.x, &model.y, &model.z}) column->reserve(size);
  model.residue.reserve(size);
  model.type.reserve(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    model.x.push_back(x = from.next_step(x));
    model.y.push_back(y = from.next_step(y));
    model.z.push_back(z = from.next_step(z));
    model.residue.push_back(static_cast<std::uint32_t>(residue = from.next_step(residue)));
    model.type.push_back(from.next<std::uint16_t>());
  }
  return model;
}

KeptSites::~KeptSites() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void KeptSites::open() {
  folder_ = std::filesystem::temp_directory_path().string();
  std::string name = folder_ + "/potential.XXXXXX";
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail(folder_, "make");
  ::unlink(name.c_str());
}

KeptSites::Place KeptSites::keep(std::string packed) {
  Place place;
  place.size_ = packed.size();
  if (held_ + packed.size() <= memory_) {
    held_ += packed.size();
    packed.shrink_to_fit();
    place.here_ = std::make_shared<const std::string>(std::move(packed));
    return place;
  }
  if (descriptor_ < 0) open();
  place.offset_ = end_;
  for (std::size_t done = 0; done < packed.size();) {
    const ssize_t written = ::write(descriptor_, packed.data() + done, packed.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(folder_, "write");
    done += static_cast<std::size_t>(written);
  }
  end_ += packed.size();
  return place;
}

Model KeptSites::read(const Place& place) const {
  if (place.here_) return unpack_sites(*place.here_);
  std::string packed(place.size_, '\0');
  for (std::size_t done = 0; done < packed.size();) {
    const ssize_t got = ::pread(descriptor_, packed.data() + done, packed.size() - done,
                                static_cast<off_t>(place.offset_ + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail(folder_, "read");
    done += static_cast<std::size_t>(got);
  }
  return unpack_sites(packed);
}

}  // namespace potential
