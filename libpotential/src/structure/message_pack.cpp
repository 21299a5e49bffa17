#include "structure/message_pack.hpp"
#include <array>
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

/// The first bytes of values: how many more bytes hold the size, and what that is a size of.
/// Most of a document is stepped over, which takes no more than this.
struct Step {
  std::uint8_t fixed = 1;       ///< bytes of the value but for those below
  std::uint8_t size_bytes = 0;  ///< that hold a size
  std::uint8_t values = 0;      ///< values for each item of the size; 0: it is one of bytes
  std::uint8_t own_size = 0;    ///< within the first byte
};

constexpr std::array<Step, 256> make_steps() {
  std::array<Step, 256> steps{};
  for (unsigned byte = 0x80; byte < 0xc0; ++byte)
    steps[byte] = byte < 0x90   ? Step{1, 0, 2, static_cast<std::uint8_t>(byte & 15U)}
                  : byte < 0xa0 ? Step{1, 0, 1, static_cast<std::uint8_t>(byte & 15U)}
                                : Step{1, 0, 0, static_cast<std::uint8_t>(byte & 31U)};
  for (unsigned i = 0; i < 3; ++i) {
    const auto bytes = static_cast<std::uint8_t>(1U << i);
    steps[0xc4 + i] = steps[0xd9 + i] = {1, bytes, 0, 0};
    steps[0xc7 + i] = {2, bytes, 0, 0};
  }
  steps[0xca].fixed = 5;
  steps[0xcb].fixed = 9;
  for (unsigned i = 0; i < 4; ++i)
    steps[0xcc + i].fixed = steps[0xd0 + i].fixed = static_cast<std::uint8_t>(1 + (1U << i));
  for (unsigned i = 0; i < 5; ++i) steps[0xd4 + i].fixed = static_cast<std::uint8_t>(2 + (1U << i));
  for (unsigned i = 0; i < 2; ++i) {
    const auto bytes = static_cast<std::uint8_t>(2U << i);
    steps[0xdc + i] = {1, bytes, 1, 0};
    steps[0xde + i] = {1, bytes, 2, 0};
  }
  steps[0xc1].fixed = 0;  // MessagePack does not have it
  return steps;
}
constexpr auto steps = make_steps();

/// The number in the first 0 to 4 of the eight bytes at `at`, the highest first; without a
/// branch, which could not be foretold.
std::uint64_t first_bytes(const char* at, unsigned bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) word = __builtin_bswap64(word);
  return (word >> 1) >> (63 - 8 * bytes);
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
  const char* const end = this->end();
  for (std::uint64_t open = 1; open > 0; --open) {
    if (at == end) source_->fail("not BinaryCIF: it is cut short");
    const Step step = steps[static_cast<unsigned char>(*at)];
    if (step.fixed == 0) source_->fail("not BinaryCIF: a byte that MessagePack does not have");
    const std::uint64_t size = step.own_size + (end - at > 8 ? first_bytes(at + 1, step.size_bytes)
                                                             : read(at + 1, step.size_bytes));
    const auto left = static_cast<std::uint64_t>(end - at);  // a value takes a byte or more
    const std::uint64_t own = std::uint64_t{step.fixed} + step.size_bytes;
    const std::uint64_t bytes = own + (step.values == 0 ? size : 0);
    open += step.values * size;
    if (bytes > left || open - 1 > left - bytes) source_->fail("not BinaryCIF: it is cut short");
    at += bytes;
  }
  return at;
}

void PackedValue::require_end(const char* end) const {
  if (end != this->end()) source_->fail("damaged BinaryCIF: something follows its end");
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
    const std::string_view name = PackedValue(next, source_).text();
    const PackedValue value(name.data() + name.size(), source_);
    if (name == key) return value;
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
