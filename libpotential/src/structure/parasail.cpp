#include "structure/parasail.hpp"
#include <dlfcn.h>

#include <potential/support/error.hpp>
#include <string>

namespace potential {
namespace {

[[noreturn]] void fail(const std::string& problem) {
  const char* reason = ::dlerror();
  throw Error("cannot align sequences: " + problem + " (" +
              (reason == nullptr ? "it is not there" : reason) +
              "): install the library parasail (Debian: libparasail8)");
}

class Library {
 public:
  Library() : handle_(::dlopen(POTENTIAL_PARASAIL, RTLD_LAZY | RTLD_LOCAL)) {
    if (handle_ == nullptr) fail("cannot load " POTENTIAL_PARASAIL);
  }
  template <class Function>
  void find(Function& function, const char* name) const {
    function = reinterpret_cast<Function>(::dlsym(handle_, name));
    if (function == nullptr) fail(std::string(POTENTIAL_PARASAIL " has no ") + name);
  }

 private:
  void* handle_;  ///< never closed: what was made by it may outlive all others
};

Parasail load() {
  const Library library;
  Parasail found{};
  library.find(found.profile_create_16, "parasail_profile_create_16");
  library.find(found.profile_free, "parasail_profile_free");
  library.find(found.sw_striped_profile_16, "parasail_sw_striped_profile_16");
  library.find(found.sw_trace_striped_16, "parasail_sw_trace_striped_16");
  library.find(found.sw_trace_striped_32, "parasail_sw_trace_striped_32");
  library.find(found.result_is_saturated, "parasail_result_is_saturated");
  library.find(found.result_get_score, "parasail_result_get_score");
  library.find(found.result_get_end_query, "parasail_result_get_end_query");
  library.find(found.result_get_end_ref, "parasail_result_get_end_ref");
  library.find(found.result_get_cigar, "parasail_result_get_cigar");
  library.find(found.result_free, "parasail_result_free");
  library.find(found.cigar_decode_op, "parasail_cigar_decode_op");
  library.find(found.cigar_decode_len, "parasail_cigar_decode_len");
  library.find(found.cigar_free, "parasail_cigar_free");
  return found;
}

}  // namespace

const Parasail& parasail() {
  static const Parasail functions = load();
  return functions;
}

}  // namespace potential
