// Counts whose structures come as a stream are trained to the same bits.
#include <gtest/gtest.h>

#include <potential/core/merge.hpp>
#include <potential/training/jackknife.hpp>
#include <potential/training/train.hpp>

#include "synthetic.hpp"

namespace potential {
namespace {

class VectorStream : public StructureStream {
 public:
  explicit VectorStream(std::vector<StructureRecord> records) : records_(std::move(records)) {}
  std::size_t size() const override { return records_.size(); }
  void each(const std::function<void(const StructureRecord&)>& visit) const override {
    for (StructureRecord record : records_) visit(record);  // a copy, gone after the visit
  }

 private:
  std::vector<StructureRecord> records_;
};

ContactCounts streamed(ContactCounts counts) {
  counts.stream = std::make_shared<VectorStream>(std::move(counts.structures));
  counts.structures.clear();
  return counts;
}

TEST(Stream, JackknifesToTheSameBits) {
  synthetic::Random random(6);
  const auto models = synthetic::structures(random, 9, 3);
  std::vector<ContactCounts> groups, streams;
  for (std::size_t g = 0; g < 3; ++g) {
    groups.push_back(synthetic::count({models[g], models[3 + g], models[6 + g]},
                                      synthetic::axes(3, "0:16:2", "1+")));
    streams.push_back(streamed(groups.back()));
  }
  TrainOptions options;
  options.reference = "srs";
  const PotentialTable whole = train_jackknife(groups, options),
                       table = train_jackknife(streamed(merge_counts(groups)), streams, options);
  EXPECT_TRUE((whole.score == table.score).all());
  EXPECT_TRUE((whole.standard_error == table.standard_error).all());
  EXPECT_EQ(table.training.size(), 9U);
}

TEST(Stream, TrainsToTheSameBits) {
  synthetic::Random random(5);
  const ContactCounts counts = synthetic::count(synthetic::structures(random, 600, 4),
                                                synthetic::axes(4, "half", "1,2-4,5+,inter"));
  const ContactCounts stream = streamed(counts);
  ASSERT_GT(counts.structures.size(), 512U);  // blocks, and a part of one
  for (const std::string& state : synthetic::all_states())
    for (const bool coarser : {false, true}) {
      TrainOptions options;
      options.reference = state;
      options.pool = coarser;
      if (coarser) options.bins = DistanceBins::parse("rapdf");
      const PotentialTable a = train(counts, options), b = train(stream, options);
      EXPECT_TRUE((a.score == b.score).all()) << state;
      EXPECT_TRUE((a.standard_error == b.standard_error ||
                   (a.standard_error.isNaN() && b.standard_error.isNaN()))
                      .all())
          << state;
      EXPECT_EQ(a.structures, b.structures);
    }
}

}  // namespace
}  // namespace potential
