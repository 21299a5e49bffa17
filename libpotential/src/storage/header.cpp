#include <nlohmann/json.hpp>
#include <potential/support/version.hpp>

#include "storage/parts.hpp"

namespace potential::storage {
namespace {

std::string to_json(const Options& options) {
  // File names in it may be in any encoding; JSON is UTF-8.
  return nlohmann::json(options).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Options options_from_json(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) throw Error("the attribute options is not a JSON object");
  Options options;
  for (const auto& [name, value] : json.items()) {
    if (!value.is_string()) throw Error("the option " + name + " is not a text");
    options[name] = value.get<std::string>();
  }
  return options;
}

}  // namespace

void write_options(Writer& writer, const Options& options) {
  writer.attribute("/", "options", to_json(options));
}

Options read_options(const Reader& reader) {
  return options_from_json(reader.text_attribute("/", "options"));
}

void write_header(Writer& writer, FileKind kind, const Options& options, int version) {
  writer.attribute("/", "format", format_name(kind));
  writer.attribute("/", "format-version", std::int32_t{version});
  writer.attribute("/", "library-version", library_version());
  write_options(writer, options);
}

Header read_header(const Reader& reader, FileKind kind) {
  const std::string format = reader.text_attribute("/", "format");
  if (format != format_name(kind))
    throw Error("says its format is '" + format + "' where '" + format_name(kind) +
                "' is expected");
  const auto version = reader.number_attribute<std::int32_t>("/", "format-version");
  if (version < 1 || version > newest_version(kind))
    throw Error("has the format version " + std::to_string(version) + "; this one reads " +
                std::to_string(newest_version(kind)));
  return {reader.text_attribute("/", "library-version"), read_options(reader), version};
}

}  // namespace potential::storage
