#include "structure/message_pack.hpp"
#include <cstring>
#include <string>

namespace potential {
namespace {

template <class Real, class Bits>
double real_of(Bits bits) {
  Real value = 0;
  static_assert(sizeof value == sizeof bits);
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace

/// A number of so many bytes, the highest first.
std::uint64_t PackedValue::read(const char* at, int bytes) const {
  if (end() - at < bytes) source_->fail("not BinaryCIF: it is cut short");
  std::uint64_t value = 0;
  for (int i = 0; i < bytes; ++i) value = value << 8 | static_cast<unsigned char>(at[i]);
  return value;
}

PackedValue::Head PackedValue::sized(Kind kind, int bytes, std::uint64_t more) const {
  return {kind, at_ + 1 + bytes, read(at_ + 1, bytes) + more};
}

PackedValue::Head PackedValue::whole(std::int64_t value, int bytes) const {
  return {Kind::integer, at_ + 1 + bytes, 0, value};
}

/// https://github.com/msgpack/msgpack/blob/master/spec.md
PackedValue::Head PackedValue::head() const {
  const auto byte = static_cast<unsigned>(read(at_, 1));
  if (byte < 0x80) return whole(byte, 0);
  if (byte < 0x90) return {Kind::map, at_ + 1, byte & 15U};
  if (byte < 0xa0) return {Kind::list, at_ + 1, byte & 15U};
  if (byte < 0xc0) return {Kind::text, at_ + 1, byte & 31U};
  if (byte >= 0xe0) return whole(static_cast<std::int64_t>(byte) - 256, 0);
  switch (byte) {
    case 0xc0:
      return {Kind::nil, at_ + 1};
    case 0xc2:
    case 0xc3:
      return {Kind::boolean, at_ + 1, 0, byte & 1U};
    case 0xc4:
    case 0xc5:
    case 0xc6:
      return sized(Kind::bytes, 1 << (byte - 0xc4));
    case 0xc7:
    case 0xc8:
    case 0xc9:
      return sized(Kind::extension, 1 << (byte - 0xc7), 1);
    case 0xca:
      return {Kind::number, at_ + 5, 0, 0,
              real_of<float>(static_cast<std::uint32_t>(read(at_ + 1, 4)))};
    case 0xcb:
      return {Kind::number, at_ + 9, 0, 0, real_of<double>(read(at_ + 1, 8))};
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf: {
      const int bytes = 1 << (byte - 0xcc);
      return whole(static_cast<std::int64_t>(read(at_ + 1, bytes)), bytes);
    }
    case 0xd0:
      return whole(static_cast<std::int8_t>(read(at_ + 1, 1)), 1);
    case 0xd1:
      return whole(static_cast<std::int16_t>(read(at_ + 1, 2)), 2);
    case 0xd2:
      return whole(static_cast<std::int32_t>(read(at_ + 1, 4)), 4);
    case 0xd3:
      return whole(static_cast<std::int64_t>(read(at_ + 1, 8)), 8);
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return {Kind::extension, at_ + 1, 1 + (std::uint64_t{1} << (byte - 0xd4))};
    case 0xd9:
    case 0xda:
    case 0xdb:
      return sized(Kind::text, 1 << (byte - 0xd9));
    case 0xdc:
    case 0xdd:
      return sized(Kind::list, 2 << (byte - 0xdc));
    case 0xde:
    case 0xdf:
      return sized(Kind::map, 2 << (byte - 0xde));
    default:
      source_->fail("not BinaryCIF: a byte that MessagePack does not have");
  }
}

/// Values are counted, not nested calls: a document may be as deep as it likes.
const char* PackedValue::behind() const {
  const char* at = at_;
  for (std::uint64_t open = 1; open > 0;) {
    const Head head = PackedValue(at, source_).head();
    --open;
    at = head.body;
    const auto left = static_cast<std::uint64_t>(end() - at);  // a value takes a byte or more
    const bool nested = head.kind == Kind::list || head.kind == Kind::map;
    if (head.size > left) source_->fail("not BinaryCIF: it is cut short");
    if (nested)
      open += head.kind == Kind::map ? 2 * head.size : head.size;
    else
      at += head.size;
    if (open > left) source_->fail("not BinaryCIF: it is cut short");
  }
  return at;
}

void PackedValue::require_whole() const {
  if (behind() != end()) source_->fail("damaged BinaryCIF: something follows its end");
}

PackedValue::Head PackedValue::expect(Kind kind, const char* what) const {
  Head head = this->head();
  if (head.kind != kind)
    source_->fail(std::string("not BinaryCIF: something else where ") + what + " should be");
  return head;
}

std::string_view PackedValue::payload(Kind kind, const char* what) const {
  const Head head = expect(kind, what);
  if (head.size > static_cast<std::uint64_t>(end() - head.body))
    source_->fail("not BinaryCIF: it is cut short");
  return {head.body, static_cast<std::size_t>(head.size)};
}

double PackedValue::number() const {
  const Head head = this->head();
  if (head.kind == Kind::integer) return static_cast<double>(head.integer);
  return expect(Kind::number, "a number").number;
}

std::optional<PackedValue> PackedValue::find(std::string_view key) const {
  const Head map = expect(Kind::map, "a map");
  const char* next = map.body;
  for (std::uint64_t i = 0; i < map.size; ++i) {
    const PackedValue name(next, source_);
    const PackedValue value(name.behind(), source_);
    if (name.text() == key) return value;
    next = value.behind();
  }
  return std::nullopt;
}

PackedValue PackedValue::at(std::string_view key) const {
  const auto value = find(key);
  if (!value) source_->fail("not BinaryCIF: there is no '" + std::string(key) + "'");
  return *value;
}

}  // namespace potential
