#pragma once
#include <parasail.h>

namespace potential {

/// The functions of parasail that are used. The library is not linked with but loaded when the
/// first sequence is aligned: most runs align none, and its 80,000 addresses to be set at the
/// start of a program are more than those of all the other libraries together.
struct Parasail {
  decltype(&parasail_profile_create_16) profile_create_16;
  decltype(&parasail_profile_free) profile_free;
  decltype(&parasail_sw_striped_profile_16) sw_striped_profile_16;
  decltype(&parasail_sw_trace_striped_16) sw_trace_striped_16;
  decltype(&parasail_sw_trace_striped_32) sw_trace_striped_32;
  decltype(&parasail_result_is_saturated) result_is_saturated;
  decltype(&parasail_result_get_score) result_get_score;
  decltype(&parasail_result_get_end_query) result_get_end_query;
  decltype(&parasail_result_get_end_ref) result_get_end_ref;
  decltype(&parasail_result_get_cigar) result_get_cigar;
  decltype(&parasail_result_free) result_free;
  decltype(&parasail_cigar_decode_op) cigar_decode_op;
  decltype(&parasail_cigar_decode_len) cigar_decode_len;
  decltype(&parasail_cigar_free) cigar_free;
};

/// Loads the library at the first call. Threads may call it at the same time.
/// @throws Error when it cannot be loaded.
const Parasail& parasail();

}  // namespace potential
