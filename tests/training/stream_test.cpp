// Counts whose structures come as a stream are trained to the same bits.
#include <gtest/gtest.h>

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

TEST(Stream, TrainsToTheSameBits) {
  synthetic::Random random(5);
  const ContactCounts counts = synthetic::count(synthetic::structures(random, 600, 4),
                                                synthetic::axes(4, "half", "1,2-4,5+,inter"));
  ContactCounts streamed = counts;
  streamed.stream = std::make_shared<VectorStream>(std::move(streamed.structures));
  streamed.structures.clear();
  ASSERT_GT(counts.structures.size(), 512U);  // blocks, and a part of one
  for (const std::string& state : synthetic::all_states())
    for (const bool coarser : {false, true}) {
      TrainOptions options;
      options.reference = state;
      options.pool = coarser;
      if (coarser) options.bins = DistanceBins::parse("rapdf");
      const PotentialTable a = train(counts, options), b = train(streamed, options);
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
