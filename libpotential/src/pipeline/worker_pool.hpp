#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace potential {

/// Objects that one thread uses at a time and the next thread takes over:
/// counters, scorers. As many are made as were ever in use at once.
template <class Worker>
class WorkerPool {
 public:
  explicit WorkerPool(std::function<std::unique_ptr<Worker>()> make) : make_(std::move(make)) {}

  /// Runs `use(worker)` with a worker that nobody else has meanwhile.
  template <class Use>
  auto with(Use&& use) {
    struct Lease {
      WorkerPool& pool;
      std::unique_ptr<Worker> worker;
      ~Lease() { pool.give_back(std::move(worker)); }
    } lease{*this, take()};
    return use(*lease.worker);
  }

  /// Every worker; to be called when none is in use.
  std::vector<std::unique_ptr<Worker>>& workers() { return idle_; }

 private:
  std::unique_ptr<Worker> take() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!idle_.empty()) {
        auto worker = std::move(idle_.back());
        idle_.pop_back();
        return worker;
      }
    }
    return make_();
  }

  void give_back(std::unique_ptr<Worker> worker) {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(worker));
  }

  std::function<std::unique_ptr<Worker>()> make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;
};

}  // namespace potential
