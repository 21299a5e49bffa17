#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace potential::test {

/// How numbers are written into BinaryCIF.
enum class Coding { plain, packed_1, packed_2, single };

// Encoders that follow github.com/molstar/BinaryCIF, with MessagePack by nlohmann-json.
using Json = nlohmann::json;
using Numbers = std::vector<std::int64_t>;

template <class Number>
Json byte_array(const std::vector<Number>& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(Number));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return Json::binary(bytes);
}

/// Values that do not fit into one item are written as several.
inline Json encode_packed(const Numbers& values, int bytes, Json& encoding) {
  const std::int64_t upper = bytes == 1 ? 127 : 32767, lower = -upper - 1;
  Numbers items;
  for (std::int64_t value : values) {
    for (; value >= upper; value -= upper) items.push_back(upper);
    for (; value <= lower; value -= lower) items.push_back(lower);
    items.push_back(value);
  }
  encoding.push_back({{"kind", "IntegerPacking"},
                      {"byteCount", bytes},
                      {"isUnsigned", false},
                      {"srcSize", values.size()}});
  encoding.push_back({{"kind", "ByteArray"}, {"type", bytes}});
  return bytes == 1 ? byte_array(std::vector<std::int8_t>(items.begin(), items.end()))
                    : byte_array(std::vector<std::int16_t>(items.begin(), items.end()));
}

/// @param steps  whether the differences of neighbours are written, in runs
inline Json encode_whole(Numbers values, Coding coding, bool steps, Json& encoding) {
  if (coding == Coding::plain || coding == Coding::single) {
    encoding.push_back({{"kind", "ByteArray"}, {"type", 3}});
    return byte_array(std::vector<std::int32_t>(values.begin(), values.end()));
  }
  const std::size_t size = values.size();
  const std::int64_t origin = values.empty() ? 0 : values[0];
  for (std::size_t i = size; i-- > 1;) values[i] -= values[i - 1];
  if (size > 0) values[0] = 0;
  encoding.push_back({{"kind", "Delta"}, {"origin", origin}, {"srcType", 3}});
  if (steps) {
    Numbers runs;
    for (const std::int64_t value : values)
      if (!runs.empty() && runs[runs.size() - 2] == value)
        ++runs.back();
      else
        runs.insert(runs.end(), {value, 1});
    encoding.push_back({{"kind", "RunLength"}, {"srcType", 3}, {"srcSize", size}});
    values = runs;
  }
  return encode_packed(values, coding == Coding::packed_1 ? 1 : 2, encoding);
}

inline Json encode_real(const std::vector<double>& values, Coding coding, Json& encoding) {
  if (coding == Coding::plain) {
    encoding.push_back({{"kind", "ByteArray"}, {"type", 33}});
    return byte_array(values);
  }
  if (coding == Coding::single) {
    encoding.push_back({{"kind", "ByteArray"}, {"type", 32}});
    return byte_array(std::vector<float>(values.begin(), values.end()));
  }
  Numbers scaled;
  for (const double value : values) scaled.push_back(std::llround(value * 1000));
  encoding.push_back({{"kind", "FixedPoint"}, {"factor", 1000}, {"srcType", 33}});
  return encode_whole(scaled, coding, false, encoding);
}

inline Json encode_text(const std::vector<std::string>& values, Coding coding, Json& encoding) {
  std::map<std::string, std::int64_t> known;
  std::string text;
  Numbers indices, offsets{0};
  for (const std::string& value : values) {
    const auto [place, is_new] = known.emplace(value, static_cast<std::int64_t>(known.size()));
    if (is_new) offsets.push_back(static_cast<std::int64_t>((text += value).size()));
    indices.push_back(place->second);
  }
  Json index_encoding = Json::array(), offset_encoding = Json::array();
  const Json data = encode_whole(indices, coding, true, index_encoding);
  const Json offset_data = encode_whole(offsets, coding, false, offset_encoding);
  encoding.push_back({{"kind", "StringArray"},
                      {"dataEncoding", index_encoding},
                      {"stringData", text},
                      {"offsetEncoding", offset_encoding},
                      {"offsets", offset_data}});
  return data;
}

/// A column of the cells of mmCIF, of which `.` and `?` are masked.
inline Json encode_column(const std::string& name, const std::vector<std::string>& cells,
                          Coding coding) {
  const bool whole = name == "auth_seq_id" || name == "label_seq_id" || name == "id" ||
                     name == "pdbx_PDB_model_num";
  const bool real = name.rfind("Cartn_", 0) == 0 || name == "occupancy" ||
                    name == "B_iso_or_equiv" || name == "metric_value";
  Numbers mask, numbers;
  std::vector<double> reals;
  std::vector<std::string> texts;
  bool masked = false;
  for (const std::string& cell : cells) {
    mask.push_back(cell == "." ? 1 : cell == "?" ? 2 : 0);
    const bool null = mask.back() != 0;
    masked = masked || null;
    if (whole) numbers.push_back(null ? 0 : std::stoll(cell));
    if (real) reals.push_back(null ? 0 : std::stod(cell));
    texts.push_back(null ? "" : cell == "''" ? "" : cell);
  }
  Json encoding = Json::array(), mask_encoding = Json::array();
  const Json data = whole  ? encode_whole(numbers, coding, true, encoding)
                    : real ? encode_real(reals, coding, encoding)
                           : encode_text(texts, coding, encoding);
  Json column{
      {"name", name}, {"data", {{"data", data}, {"encoding", encoding}}}, {"mask", nullptr}};
  if (masked) {
    const Json mask_data = encode_whole(mask, coding, true, mask_encoding);
    column["mask"] = {{"data", mask_data}, {"encoding", mask_encoding}};
  }
  return column;
}

/// The document of an mmCIF text of loops without quotes or blanks in values.
inline Json bcif_document(const std::string& cif, Coding coding = Coding::plain) {
  std::istringstream words(cif);
  Json categories = Json::array();
  std::vector<std::string> tags, cells;
  const auto flush = [&] {
    if (tags.empty()) return;
    Json columns = Json::array();
    for (std::size_t k = 0; k < tags.size(); ++k) {
      std::vector<std::string> column;
      for (std::size_t i = k; i < cells.size(); i += tags.size()) column.push_back(cells[i]);
      columns.push_back(encode_column(tags[k].substr(tags[k].find('.') + 1), column, coding));
    }
    categories.push_back({{"name", tags[0].substr(0, tags[0].find('.'))},
                          {"rowCount", cells.size() / tags.size()},
                          {"columns", columns}});
    tags.clear(), cells.clear();
  };
  for (std::string word; words >> word;) {
    if (word == "loop_")
      flush();
    else if (word[0] == '_')
      tags.push_back(word);
    else if (word.rfind("data_", 0) != 0)
      cells.push_back(word);
  }
  flush();
  const Json block{{"header", "X"}, {"categories", categories}};
  return {{"version", "0.3.0"}, {"encoder", "test"}, {"dataBlocks", Json::array({block})}};
}

inline std::string pack(const Json& document) {
  const auto bytes = Json::to_msgpack(document);
  return {bytes.begin(), bytes.end()};
}

inline std::string bcif_text(const std::string& cif, Coding coding = Coding::plain) {
  return pack(bcif_document(cif, coding));
}

}  // namespace potential::test
