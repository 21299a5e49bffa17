#include "structure/bcif_column.hpp"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>

#include "structure/cif_value.hpp"
#include "structure/decimal.hpp"

namespace potential {
namespace {

constexpr std::size_t text_block = 1 << 16;

/// The decimals that a fixed point of this factor has; -1 when it is no power of ten.
int decimals_of(double factor) {
  int decimals = 0;
  for (double power = 1; power <= 1e9; power *= 10, ++decimals)
    if (power == factor) return decimals;
  return -1;
}

/// A raw text as mmCIF would have it: in quotes where it means something else without.
bool needs_quotes(std::string_view text) {
  return is_null(text) || text.front() == '\'' || text.front() == '"' || text.front() == ';';
}

using Buffer = char[64];

std::string_view write(std::int64_t whole, Buffer& buffer) {
  return {buffer, static_cast<std::size_t>(
                      std::to_chars(buffer, buffer + sizeof buffer, whole).ptr - buffer)};
}

/// `whole` with a point before its last `decimals` digits.
std::string_view write_decimal(std::int64_t whole, int decimals, Buffer& buffer) {
  char* at = buffer;
  if (whole < 0) *at++ = '-';
  char* end = std::to_chars(at, buffer + sizeof buffer, std::abs(whole)).ptr;
  if (decimals > 0) {
    const std::ptrdiff_t missing = std::max<std::ptrdiff_t>(decimals + 1 - (end - at), 0);
    std::memmove(at + missing, at, static_cast<std::size_t>(end - at));
    std::memset(at, '0', static_cast<std::size_t>(missing));
    end += missing;
    std::memmove(end - decimals + 1, end - decimals, static_cast<std::size_t>(decimals));
    end[-decimals] = '.';
    ++end;
  }
  return {buffer, static_cast<std::size_t>(end - buffer)};
}

/// The shortest decimal that is read as this number again: the one that was written.
template <class Real>
std::string_view write_shortest(Real value, Buffer& buffer) {
  if (!std::isfinite(value)) return "?";
  return {buffer, static_cast<std::size_t>(
                      std::to_chars(buffer, buffer + sizeof buffer, value).ptr - buffer)};
}

}  // namespace

std::string_view TextStore::keep(std::string_view text) {
  if (used_ + text.size() > size_) {
    size_ = std::max(text_block, text.size());
    used_ = 0;
    blocks_.emplace_back(new char[size_]);
  }
  char* const place = blocks_.back().get() + used_;
  std::memcpy(place, text.data(), text.size());
  used_ += text.size();
  return {place, text.size()};
}

BcifColumn::BcifColumn(const PackedValue& column, std::size_t rows, TextStore& texts,
                       const SourceText& source)
    : values_(decode_bcif(column.at("data"), source)), texts_(texts), last_row_(rows) {
  const auto require_rows = [&](std::size_t size) {
    if (size != rows)
      source.fail("damaged BinaryCIF: the column " + std::string(column.at("name").text()) +
                  " has " + std::to_string(size) + " values in " + std::to_string(rows) + " rows");
  };
  require_rows(values_.size());
  const auto mask = column.find("mask");
  if (mask && !mask->is_nil()) {
    BcifValues decoded = decode_bcif(*mask, source);
    if (decoded.kind != BcifValues::Kind::whole)
      source.fail("damaged BinaryCIF: a mask of something else than whole numbers");
    mask_ = std::move(decoded.whole);
    require_rows(mask_.size());
  }
  is_milli_ = mask_.empty() && values_.kind == BcifValues::Kind::scaled && values_.factor == 1000;
  for (std::string_view& name : values_.names)
    if (needs_quotes(name)) name = texts_.keep("\"" + std::string(name) + "\"");
}

std::string_view BcifColumn::text(std::size_t row) {
  if (is_masked(row)) return mask_[row] == 1 ? "." : "?";
  if (values_.kind == BcifValues::Kind::text)
    return values_.whole[row] < 0 ? "."
                                  : values_.names[static_cast<std::size_t>(values_.whole[row])];
  const auto same = [&](const auto& numbers) { return numbers[row] == numbers[last_row_]; };
  const bool known = last_row_ < values_.size() &&
                     (values_.has_reals() ? same(values_.real) : same(values_.whole));
  if (!known) {
    last_ = render(row);
    last_row_ = row;
  }
  return last_;
}

std::string_view BcifColumn::render(std::size_t row) {
  Buffer buffer;
  switch (values_.kind) {
    case BcifValues::Kind::real:
      return texts_.keep(write_shortest(values_.real[row], buffer));
    case BcifValues::Kind::single:
      return texts_.keep(write_shortest(static_cast<float>(values_.real[row]), buffer));
    case BcifValues::Kind::scaled: {
      const int decimals = decimals_of(values_.factor);
      const std::int32_t whole = values_.whole[row];
      if (decimals >= 0) return texts_.keep(write_decimal(whole, decimals, buffer));
      return texts_.keep(write_shortest(static_cast<double>(whole) / values_.factor, buffer));
    }
    default:
      return texts_.keep(write(values_.whole[row], buffer));
  }
}

std::int32_t BcifColumn::milli_of_other(std::size_t row) {
  if (!is_masked(row) && values_.kind == BcifValues::Kind::scaled && values_.factor == 1000 &&
      std::abs(std::int64_t{values_.whole[row]}) < max_milli)
    return values_.whole[row];
  // Of a double that is a decimal of three places but for its last bits.
  constexpr double last_bits = 1e-4;
  if (!is_masked(row) && values_.kind == BcifValues::Kind::real) {
    const double exact = values_.real[row] * 1000;
    if (std::abs(exact) < static_cast<double>(max_milli)) {
      const auto nearest = static_cast<std::int32_t>(exact + (exact < 0 ? -0.5 : 0.5));
      if (std::abs(exact - nearest) < last_bits) return nearest;
    }
  }
  return parse_milli(text(row));
}

void BcifColumn::mark_changes(std::uint32_t bit, std::vector<std::uint32_t>& rows) const {
  const auto mark = [&](const auto& numbers) {
    for (std::size_t row = 1; row < std::min(rows.size(), numbers.size()); ++row)
      rows[row] |= numbers[row] != numbers[row - 1] ? bit : 0;
  };
  if (rows.empty()) return;
  rows.front() |= bit;
  if (values_.has_reals())
    mark(values_.real);
  else
    mark(values_.whole);
  mark(mask_);
}

}  // namespace potential
