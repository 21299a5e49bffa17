#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "structure/source_text.hpp"

namespace potential {

/// A value of a MessagePack document, looked at where it stands: nothing is copied,
/// and what nobody asks for is stepped over. (nlohmann-json reads every byte into a
/// value of its own; that alone takes as long as the whole .cif.gz of the entry.)
/// All functions throw FormatError on a document that is cut short or a value of
/// another kind.
class PackedValue {
 public:
  /// The value that the text of `source` begins with; `source` must outlive it.
  explicit PackedValue(const SourceText& source) : PackedValue(source.text.data(), &source) {}

  /// @throws FormatError when the text goes on behind `end`, where the one value of it ends.
  void require_end(const char* end) const;

  bool is_nil() const { return head().kind == Kind::nil; }
  std::string_view text() const { return payload(Kind::text, "text"); }
  std::string_view bytes() const { return payload(Kind::bytes, "bytes"); }
  bool truth() const { return expect(Kind::boolean, "true or false").integer != 0; }
  std::int64_t integer() const { return expect(Kind::integer, "a whole number").integer; }
  double number() const;

  /// The value of a key of a map.
  std::optional<PackedValue> find(std::string_view key) const;
  /// @throws FormatError when it is not there.
  PackedValue at(std::string_view key) const;

  /// Where the value ends; all of it is gone through.
  const char* behind() const;

  /// Items of a list, one after another: visit(item). @returns where the list ends, found on
  /// the way when visit() returns where the item ends.
  template <class Visit>
  const char* each(const Visit& visit) const {
    const Head list = expect(Kind::list, "a list");
    const char* next = list.body;
    for (std::uint64_t i = 0; i < list.size; ++i) {
      const PackedValue item(next, source_);
      if constexpr (std::is_void_v<decltype(visit(item))>) {
        visit(item);
        next = item.behind();
      } else {
        next = visit(item);
      }
    }
    return next;
  }
  /// Pairs of a map likewise: visit(key, value) returns where the value ends.
  template <class Visit>
  const char* each_pair(const Visit& visit) const {
    const Head map = expect(Kind::map, "a map");
    const char* next = map.body;
    for (std::uint64_t i = 0; i < map.size; ++i) {
      const std::string_view key = PackedValue(next, source_).text();
      next = visit(key, PackedValue(key.data() + key.size(), source_));
    }
    return next;
  }

 private:
  enum class Kind { nil, boolean, integer, number, text, bytes, list, map, extension };
  struct Head {
    Kind kind = Kind::nil;
    const char* body = nullptr;  ///< behind the first bytes of the value
    std::uint64_t size = 0;      ///< bytes of the body, items of a list, pairs of a map
    std::int64_t integer = 0;
    double number = 0;
  };

  PackedValue(const char* at, const SourceText* source) : at_(at), source_(source) {}
  const char* end() const { return source_->text.data() + source_->text.size(); }
  std::uint64_t read(const char* at, int bytes) const;
  Head head() const;
  Head sized(Kind kind, int bytes, std::uint64_t more = 0) const;
  Head whole(std::int64_t value, int bytes) const;
  Head expect(Kind kind, const char* what) const;
  std::string_view payload(Kind kind, const char* what) const;

  const char* at_;
  const SourceText* source_;
};

}  // namespace potential
