#include "storage/shard_roll.hpp"
#include <cstdio>
#include <potential/support/error.hpp>

namespace potential::storage {
namespace {

/// `3/8` -> 3 when there are 8; 0 for anything else.
int part_of(const std::string& shard, int of) {
  int part = 0, parts = 0, length = 0;
  const bool read = std::sscanf(shard.c_str(), "%d/%d%n", &part, &parts, &length) == 2 &&
                    static_cast<std::size_t>(length) == shard.size();
  return read && parts == of && 0 < part && part <= of ? part : 0;
}

/// Numbers as `3, 5-9`; not more than some twenty pieces.
std::string ranges(const std::vector<int>& numbers) {
  constexpr int most = 20;
  std::string text;
  int pieces = 0;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t end = i + 1;
    while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
    if (++pieces > most) return text + " and " + std::to_string(numbers.size() - i) + " more";
    text += (text.empty() ? "" : ", ") + std::to_string(numbers[i]);
    if (end > i + 1) text += "-" + std::to_string(numbers[end - 1]);
    i = end;
  }
  return text;
}

std::string value_of(const Options& options, const std::string& name) {
  const auto found = options.find(name);
  return found == options.end() ? "without --" + name : "with --" + name + " " + found->second;
}

}  // namespace

void ShardRoll::add(const std::string& path, const Options& options, int expected) {
  const auto shard = options.find("shard");
  if (shard == options.end()) {
    ++others_;
    return;
  }
  const int part = part_of(shard->second, expected);
  if (part == 0)
    throw FormatError(path, "is part " + shard->second + " of its inputs, but " +
                                std::to_string(expected) + " parts are expected");
  const auto [other, fresh] = paths_.emplace(part, path);
  if (!fresh)
    throw FormatError(path, "is part " + shard->second + ", which " + other->second + " is too");
  if (first_path_.empty()) {
    first_path_ = path;
    first_options_ = options;
  }
  Options names = options;
  names.insert(first_options_.begin(), first_options_.end());
  for (const auto& [name, ignored] : names)
    if (name != "shard" && value_of(options, name) != value_of(first_options_, name))
      throw FormatError(path, "was made " + value_of(options, name) + ", but " + first_path_ +
                                  ", another part, " + value_of(first_options_, name));
}

void ShardRoll::require_all(std::size_t files, int expected) const {
  std::vector<int> missing;
  if (!paths_.empty())
    for (int part = 1; part <= expected; ++part)
      if (paths_.count(part) == 0) missing.push_back(part);
  const bool complete = files == static_cast<std::size_t>(expected);
  if (complete && (missing.empty() || others_ > 0)) return;
  std::string message = std::to_string(files) + " files are given, but " +
                        std::to_string(expected) + " were expected";
  if (!missing.empty() && others_ == 0)
    message += std::string("; missing ") + (missing.size() == 1 ? "is part " : "are parts ") +
               ranges(missing) + " of " + std::to_string(expected);
  throw Error(message);
}

}  // namespace potential::storage
