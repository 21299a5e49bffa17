#include <gtest/gtest.h>

#include <potential/support/printable.hpp>

namespace potential {
namespace {

TEST(Printable, LeavesTextOfAnyLanguageAsItIs) {
  for (const char* text :
       {"", "a.pdb", "d/a b%23.pdb#2", "C:\\x1b", "Å é 水 𝛼", "caf\xe9", "\xff\xfe"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(printable("\x1b[31mred\x07"), "\\x1b[31mred\\x07");
  EXPECT_EQ(printable("a\tb\nc\rd\x7f"), "a\\x09b\\x0ac\\x0dd\\x7f");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m \xc2\x85 \xc2\x80\xc2\x9f"),  // U+0080 to U+009F
            "\\xc2\\x9b31m \\xc2\\x85 \\xc2\\x80\\xc2\\x9f");
  EXPECT_EQ(printable("\xc2\xa0"), "\xc2\xa0");
  EXPECT_EQ(printable("\x9b"
                      "31m"),
            "\\x9b31m");  // a terminal of 8 bits
  EXPECT_EQ(printable("\xc2"), "\xc2");
  EXPECT_EQ(printable("\xc3\x9b"), "\xc3\x9b");  // a letter
}

TEST(Printable, FindsControlsInBrokenUtf8) {
  EXPECT_EQ(printable("\xe2\x82\x1b"), "\xe2\\x82\\x1b");
  EXPECT_EQ(printable("\xe0\x80\x9b"), "\xe0\\x80\\x9b");  // longer than need be
  EXPECT_EQ(printable("\xf0\x80\x80\x9b"), "\xf0\\x80\\x80\\x9b");
  EXPECT_EQ(printable("\xf0\x9d"), "\xf0\\x9d");
}

TEST(Printable, ABeginningEndsBetweenTwoCharacters) {
  EXPECT_EQ(beginning("abc", 3), "abc");
  EXPECT_EQ(beginning("abcd", 3), "abc");
  EXPECT_EQ(beginning("ab\xc3\x85", 3), "ab");
  EXPECT_EQ(beginning("\xe6\xb0\xb4x", 2), "");
}

}  // namespace
}  // namespace potential
