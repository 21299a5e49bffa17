#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <potential/support/error.hpp>
#include <random>

#include "support/external_sort.hpp"

namespace potential {
namespace {

std::vector<std::string> walk(ExternalSort& sort) {
  std::vector<std::string> records;
  sort.rewind();
  for (std::uint64_t i = 0; i < sort.size(); ++i) records.emplace_back(sort.next());
  EXPECT_THROW(sort.next(), Error);
  return records;
}

std::vector<std::string> random_records(std::size_t number, std::size_t longest) {
  std::mt19937 random(7);
  std::vector<std::string> records(number);
  for (std::string& record : records) {
    record.resize(random() % (longest + 1));
    for (char& c : record) c = static_cast<char>(random());
  }
  return records;
}

TEST(ExternalSort, SortsBytewiseInAnyAmountOfMemory) {
  const std::string folder = testing::TempDir();
  auto records = random_records(5000, 40);
  records.emplace_back();
  records.emplace_back("same");
  records.emplace_back("same");
  auto expected = records;
  std::sort(expected.begin(), expected.end());
  for (const std::size_t memory : {std::size_t{1} << 20, std::size_t{20000}, std::size_t{700}}) {
    ExternalSort sort(folder, memory);
    for (const std::string& record : records) sort.add(record);
    sort.finish();
    EXPECT_EQ(sort.spilled(), memory < 100000);
    EXPECT_EQ(walk(sort), expected) << memory;  // 700 bytes: more runs than are merged at once
    EXPECT_EQ(walk(sort), expected) << memory;
  }
}

TEST(ExternalSort, NeedsFewOpenFilesHoweverLittleMemory) {
  auto records = random_records(5000, 40);
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  const rlimit few{400, limit.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &few);
  ExternalSort sort(testing::TempDir(), 70);  // more than two thousand runs
  for (const std::string& record : records) sort.add(record);
  sort.finish();
  ::setrlimit(RLIMIT_NOFILE, &limit);
  std::sort(records.begin(), records.end());
  EXPECT_EQ(walk(sort), records);
}

TEST(ExternalSort, TakesRecordsLargerThanItsMemoryAndItsBlocks) {
  ExternalSort sort(testing::TempDir(), 1000);
  const std::string large(3'000'000, 'b');
  for (const auto& record : {large, std::string("c"), std::string("a"), large}) sort.add(record);
  sort.finish();
  EXPECT_EQ(walk(sort), (std::vector<std::string>{"a", large, large, "c"}));
}

TEST(ExternalSort, NothingIsNothing) {
  ExternalSort sort(testing::TempDir(), 1000);
  sort.finish();
  EXPECT_TRUE(walk(sort).empty());
}

TEST(ExternalSort, SaysWhereItCannotWrite) {
  ExternalSort sort("/nowhere", 10);
  sort.add("a");
  EXPECT_THROW(sort.add("long enough to spill"), FileError);
}

}  // namespace
}  // namespace potential
