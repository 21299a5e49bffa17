#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>

#include "pipeline/pipeline.hpp"
#include "pipeline/thread_limit.hpp"

namespace potential {

int thread_count(int requested) {
  return requested > 0 ? requested : std::max(1, tbb::info::default_concurrency());
}

namespace pipeline_detail {
namespace {

void run_on_this_thread(const std::function<Any()>& source, const std::function<Any(Any)>& work,
                        const std::function<void(Any)>& sink) {
  while (Any item = source()) sink(work(std::move(item)));
}

/// Keeps the first exception of any stage. oneTBB is not shown it: it would drop
/// what is on its way between stages, and with it the memory. What the stages did
/// is seen by whoever calls rethrow(), also in the eyes of ThreadSanitizer, which
/// does not know how oneTBB joins.
class FirstError {
 public:
  template <class Function>
  auto guard(Function&& function) -> decltype(function()) {
    const Done done{finished_};
    try {
      if (!caught_) return function();
    } catch (...) {
      if (!caught_.exchange(true)) error_ = std::current_exception();
    }
    return decltype(function())();
  }
  /// After the run.
  void rethrow() const {
    finished_.load(std::memory_order_acquire);
    if (error_) std::rethrow_exception(error_);
  }

 private:
  struct Done {
    std::atomic<std::size_t>& finished;
    ~Done() { finished.fetch_add(1, std::memory_order_release); }
  };
  std::atomic<std::size_t> finished_{0};
  std::atomic<bool> caught_{false};
  std::exception_ptr error_;
};

}  // namespace

void run(int threads, const std::function<Any()>& source, const std::function<Any(Any)>& work,
         const std::function<void(Any)>& sink) {
  if (threads <= 1) return run_on_this_thread(source, work, sink);
  require_threads(threads);
  const auto parallelism = static_cast<std::size_t>(threads);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, parallelism);
  tbb::task_arena arena(threads);
  FirstError error;
  arena.execute([&] {
    tbb::parallel_pipeline(
        4 * parallelism,
        tbb::make_filter<void, Any>(tbb::filter_mode::serial_in_order,
                                    [&](tbb::flow_control& control) -> Any {
                                      Any item = error.guard(source);
                                      if (!item) control.stop();
                                      return item;
                                    }) &
            tbb::make_filter<Any, Any>(
                tbb::filter_mode::parallel,
                [&](Any item) { return error.guard([&] { return work(std::move(item)); }); }) &
            tbb::make_filter<Any, void>(tbb::filter_mode::serial_in_order, [&](Any result) {
              if (result) error.guard([&] { sink(std::move(result)); });
            }));
  });
  error.rethrow();
}

}  // namespace pipeline_detail
}  // namespace potential
