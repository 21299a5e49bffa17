#include "structure/bcif_encoding.hpp"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

namespace potential {
namespace {

/// Takes the encodings of one array back, the last one first.
class Decoder {
 public:
  enum class Of { values, numbers_of_strings };
  Decoder(const SourceText& source, Of of) : source_(source), of_(of) {}

  BcifValues decode(std::string_view bytes, const PackedValue& encodings) {
    std::vector<PackedValue> steps;
    encodings.each([&](const PackedValue& step) { steps.push_back(step); });
    bytes_ = bytes;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) undo(*step);
    if (!has_values_) fail("data without an encoding");
    return std::move(values_);
  }

 private:
  using Kind = BcifValues::Kind;
  using Whole = std::vector<std::int32_t>;

  [[noreturn]] void fail(const std::string& problem) const {
    source_.fail("damaged BinaryCIF: " + problem);
  }

  void undo(const PackedValue& step) {
    const std::string_view kind = step.at("kind").text();
    if (kind == "ByteArray") return undo_bytes(step);
    if (kind == "StringArray") return undo_strings(step);
    if (!has_values_ || values_.kind != Kind::whole)
      fail("the encoding '" + std::string(kind) + "' of something else than whole numbers");
    if (kind == "FixedPoint")
      undo_fixed_point(step);
    else if (kind == "IntervalQuantization")
      undo_interval(step);
    else if (kind == "RunLength")
      undo_run_length(step);
    else if (kind == "Delta")
      undo_delta(step);
    else if (kind == "IntegerPacking")
      undo_packing(step);
    else
      fail("the encoding '" + std::string(kind) + "' is not one of the format");
  }

  void begin_values() {
    if (has_values_) fail("bytes where values should be");
    has_values_ = true;
  }

  template <class Number, class Out>
  void split(Out& out) {
    if (bytes_.size() % sizeof(Number) != 0) fail("a ByteArray that ends within a value");
    out.resize(bytes_.size() / sizeof(Number));
    const char* at = bytes_.data();
    for (auto& value : out) {
      Number number;
      std::memcpy(&number, at, sizeof(Number));
      // The file has the lowest byte first.
      if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
        std::reverse(reinterpret_cast<char*>(&number), reinterpret_cast<char*>(&number + 1));
      value = number;  // NOLINT(bugprone-signed-char-misuse): a small number, not a letter
      at += sizeof(Number);
    }
  }

  void undo_bytes(const PackedValue& step) {
    begin_values();
    values_.kind = Kind::whole;
    switch (step.at("type").integer()) {
      case 1:
        return split<std::int8_t>(values_.whole);
      case 2:
        return split<std::int16_t>(values_.whole);
      case 3:
        return split<std::int32_t>(values_.whole);
      case 4:
        return split<std::uint8_t>(values_.whole);
      case 5:
        return split<std::uint16_t>(values_.whole);
      case 6:
        split<std::uint32_t>(values_.whole);
        for (const std::int32_t value : values_.whole)
          if (value < 0) fail_at_range();
        return;
      case 32:
        values_.kind = Kind::single;
        return split<float>(values_.real);
      case 33:
        values_.kind = Kind::real;
        return split<double>(values_.real);
      default:
        fail("a ByteArray of a type that the format does not have");
    }
  }

  void undo_fixed_point(const PackedValue& step) {
    values_.factor = step.at("factor").number();
    if (!(values_.factor > 0) || !std::isfinite(values_.factor))
      fail("a FixedPoint without a factor above 0");
    values_.kind = Kind::scaled;
  }

  void undo_interval(const PackedValue& step) {
    const double min = step.at("min").number(), max = step.at("max").number();
    const std::int64_t steps = step.at("numSteps").integer();
    if (steps < 2) fail("an IntervalQuantization of fewer than two steps");
    const double width = (max - min) / static_cast<double>(steps - 1);
    values_.real.reserve(values_.whole.size());
    for (const std::int32_t k : values_.whole)
      values_.real.push_back(min + width * static_cast<double>(k));
    values_.whole.clear();
    values_.kind = Kind::single;  // the steps are coarser than either precision
  }

  /// An array is not longer than the file: what claims more is made to fill the memory.
  void check_size(std::uint64_t size) const {
    if (size > source_.text.size()) fail("an array of more values than the file has bytes");
  }

  void require_source_size(const PackedValue& step, std::size_t size) const {
    const auto claimed = step.at("srcSize").integer();
    if (claimed < 0 || static_cast<std::uint64_t>(claimed) != size)
      fail("an array has " + std::to_string(size) + " values, and not " + std::to_string(claimed));
  }

  void undo_run_length(const PackedValue& step) {
    const Whole runs = std::move(values_.whole);
    if (runs.size() % 2 != 0) fail("a RunLength that ends within a run");
    std::uint64_t size = 0;
    for (std::size_t i = 1; i < runs.size(); i += 2) {
      if (runs[i] < 0) fail("a run of negative length");
      check_size(size += static_cast<std::uint64_t>(runs[i]));
    }
    require_source_size(step, size);
    values_.whole.resize(size);
    auto at = values_.whole.begin();
    for (std::size_t i = 0; i < runs.size(); i += 2)
      at = std::fill_n(at, static_cast<std::size_t>(runs[i + 1]), runs[i]);
  }

  void undo_delta(const PackedValue& step) {
    std::int64_t sum = in_range(step.at("origin").integer());
    std::int64_t beyond = 0;  // bits that some sum does not share with its 32 bits
    for (std::int32_t& value : values_.whole) {
      sum += value;
      value = static_cast<std::int32_t>(sum);
      beyond |= sum ^ value;
    }
    if (beyond != 0) fail_at_range();
  }

  /// The format has no whole numbers but those of 32 bits.
  std::int32_t in_range(std::int64_t value) const {
    const auto narrow = static_cast<std::int32_t>(value);
    if (narrow != value) fail_at_range();
    return narrow;
  }
  [[noreturn]] void fail_at_range() const { fail("a number out of range"); }

  void undo_packing(const PackedValue& step) {
    const std::int64_t bytes = step.at("byteCount").integer();
    if (bytes != 1 && bytes != 2) fail("an IntegerPacking into neither one byte nor two");
    const bool is_unsigned = step.at("isUnsigned").truth();
    const std::int64_t upper = (bytes == 1 ? 0xff : 0xffff) >> (is_unsigned ? 0 : 1);
    const std::int64_t lower = is_unsigned ? -1 : -upper - 1;
    Whole& whole = values_.whole;
    std::size_t size = 0;
    std::int64_t sum = 0;
    bool goes_on = false;
    for (const std::int32_t value : whole) {
      goes_on = value == upper || value == lower;
      if (goes_on) {
        sum += value;
        continue;
      }
      whole[size++] = sum == 0 ? value : in_range(sum + value);  // never beyond the one being read
      sum = 0;
    }
    if (goes_on) fail("an IntegerPacking that ends within a value");
    whole.resize(size);
    require_source_size(step, size);
  }

  void undo_strings(const PackedValue& step) {
    // They would go on in each other as long as the stack lasts.
    if (of_ == Of::numbers_of_strings) fail("a StringArray within a StringArray");
    begin_values();
    const std::string_view text = step.at("stringData").text();
    if (text.find('\0') != text.npos) fail("a NUL byte in a text");
    const BcifValues offsets =
        numbers_of_strings(step.at("offsets").bytes(), step.at("offsetEncoding"));
    values_ = numbers_of_strings(bytes_, step.at("dataEncoding"));
    if (offsets.kind != Kind::whole || values_.kind != Kind::whole)
      fail("a StringArray counted in something else than whole numbers");
    values_.kind = Kind::text;
    add_names(text, offsets.whole);
    std::int32_t least = -1, most = -1;
    for (const std::int32_t index : values_.whole) {
      least = std::min(least, index);
      most = std::max(most, index);
    }
    if (least < -1 || most >= static_cast<std::int64_t>(values_.names.size()))
      fail("a text that the StringArray does not have");
  }

  BcifValues numbers_of_strings(std::string_view bytes, const PackedValue& encodings) const {
    return Decoder(source_, Of::numbers_of_strings).decode(bytes, encodings);
  }

  /// Offsets count characters; the texts of coordinates are ASCII, where these are bytes.
  void add_names(std::string_view text, const Whole& offsets) {
    if (offsets.empty()) return;
    if (offsets.front() != 0 || offsets.back() != static_cast<std::int64_t>(text.size()))
      fail("a StringArray whose offsets do not span its text (or that is not ASCII)");
    for (std::size_t i = 1; i < offsets.size(); ++i) {
      if (offsets[i] < offsets[i - 1] || offsets[i] > offsets.back())
        fail("a StringArray whose offsets go down");
      values_.names.push_back(text.substr(static_cast<std::size_t>(offsets[i - 1]),
                                          static_cast<std::size_t>(offsets[i] - offsets[i - 1])));
    }
  }

  const SourceText& source_;
  Of of_;
  std::string_view bytes_;
  bool has_values_ = false;
  BcifValues values_;
};

}  // namespace

BcifValues decode_bcif(const PackedValue& encoded, const SourceText& source) {
  return Decoder(source, Decoder::Of::values)
      .decode(encoded.at("data").bytes(), encoded.at("encoding"));
}

}  // namespace potential
