#pragma once
#include <cstddef>
#include <gemmi/cif.hpp>
#include <string_view>

namespace potential {

/// Positions are worked out only for an error.
class CifInput : public tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> {
 public:
  using memory_input::memory_input;
  /// What Gemmi's grammar asks for: 1 at the beginning of a line.
  std::size_t column() const { return current() == begin() || current()[-1] == '\n' ? 1 : 2; }
};

/// The values of a loop, one after the other: Gemmi's rule, but walked over by hand where they
/// are simple, which most are. Events: begin_values(where), whether they are wanted; width() of
/// a row; loop_value(index, value); end_row().
struct LoopValues {
  using rule_t = LoopValues;
  using subs_t = tao::pegtl::empty_list;

  template <tao::pegtl::apply_mode A, tao::pegtl::rewind_mode M,
            template <typename...> class Action, template <typename...> class Control,
            typename Input, typename Events>
  static bool match(Input& in, Events& events) {
    const bool wanted = events.begin_values(in.current());
    const std::size_t width = events.width();
    std::size_t index = 0;
    bool any = false;
    while (true) {
      const char* const begin = in.current();
      if (!skip_simple(in) &&
          !tao::pegtl::match<gemmi::cif::rules::value, tao::pegtl::apply_mode::nothing,
                             tao::pegtl::rewind_mode::required, tao::pegtl::nothing, Control>(in))
        break;
      const std::string_view value(begin, static_cast<std::size_t>(in.current() - begin));
      any = true;
      if (wanted) {
        events.loop_value(index, value);
        if (++index == width) events.end_row(), index = 0;
      }
      if (!skip_blank(in) &&
          !tao::pegtl::match<gemmi::cif::rules::ws_or_eof, tao::pegtl::apply_mode::nothing,
                             tao::pegtl::rewind_mode::required, tao::pegtl::nothing, Control>(in))
        throw tao::pegtl::parse_error("values are not separated", in);
    }
    // Only what is used must be whole: some programs leave out empty values elsewhere.
    if (index != 0) throw tao::pegtl::parse_error("Wrong number of values in the loop", in);
    return any;
  }

 private:
  /// An unquoted value of ordinary characters with white space behind.
  template <typename Input>
  static bool skip_simple(Input& in) {
    const char* p = in.current();
    const char* const end = in.end();
    while (p != end && gemmi::cif::char_table(*p) == 1) ++p;
    if (p == in.current() || p == end || gemmi::cif::char_table(*p) != 2) return false;
    in.bump_in_this_line(static_cast<std::size_t>(p - in.current()));
    return true;
  }

  /// White space without a comment behind.
  template <typename Input>
  static bool skip_blank(Input& in) {
    const char* p = in.current();
    const char* const end = in.end();
    while (p != end && gemmi::cif::char_table(*p) == 2) ++p;
    if (p == in.current() || (p != end && *p == '#')) return false;
    in.bump(static_cast<std::size_t>(p - in.current()));
    return true;
  }
};

}  // namespace potential
