#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <potential/support/error.hpp>
#include <potential/training/train.hpp>

namespace potential {
namespace {

using Kind = Smoothing::Kind;

UsageError bad_smoothing(const std::string& text, const std::string& problem) {
  return UsageError("smoothing '" + text + "': " + problem +
                    "; give none, sippl, sippl:SIGMA, shrink or shrink:M, such as shrink:10");
}

double parse_strength(const std::string& number, const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size())
    throw bad_smoothing(text, "'" + number + "' is not a number");
  if (!std::isfinite(value) || value <= 0 || value > 1e9)
    throw bad_smoothing(text, "the number must be above 0 and at most 1e9");
  return value;
}

void require_range(const char* option, double value, double least, double most) {
  if (!(value >= least && value <= most))
    throw UsageError(
        fmt::format("{} is {}; give a number from {} to {}", option, value, least, most));
}

void require_reference(const char* option, const TrainOptions& options, ReferenceState only) {
  if (options.reference != only)
    throw UsageError(fmt::format("{} belongs to the reference state {}, not to {}", option,
                                 to_string(only), to_string(options.reference)));
}

}  // namespace

ReferenceState parse_reference_state(const std::string& word) {
  for (const auto choice : {ReferenceState::rapdf, ReferenceState::kbp, ReferenceState::dfire,
                            ReferenceState::dope, ReferenceState::srs, ReferenceState::rw})
    if (word == to_string(choice)) return choice;
  throw UsageError("reference state '" + word + "': give rapdf, kbp, dfire, dope, srs or rw");
}

const char* to_string(ReferenceState reference) {
  switch (reference) {
    case ReferenceState::rapdf:
      return "rapdf";
    case ReferenceState::kbp:
      return "kbp";
    case ReferenceState::dfire:
      return "dfire";
    case ReferenceState::dope:
      return "dope";
    case ReferenceState::srs:
      return "srs";
    case ReferenceState::rw:
      return "rw";
  }
  return "";
}

Smoothing Smoothing::parse(const std::string& text) {
  const auto colon = text.find(':');
  const std::string word = text.substr(0, colon);
  Smoothing smoothing;
  if (word == "sippl")
    smoothing = {Kind::sippl, 0.02};
  else if (word == "shrink")
    smoothing = {Kind::shrink, 10};
  else if (word != "none")
    throw bad_smoothing(text, "'" + word + "' is not known");
  if (colon == std::string::npos) return smoothing;
  if (smoothing.kind == Kind::none) throw bad_smoothing(text, "none takes no number");
  smoothing.strength = parse_strength(text.substr(colon + 1), text);
  return smoothing;
}

std::string Smoothing::to_string() const {
  if (kind == Kind::none) return "none";
  return fmt::format("{}:{}", kind == Kind::sippl ? "sippl" : "shrink", strength);
}

void TrainOptions::check() const {
  if (pseudocount != 0) require_range("the pseudocount", pseudocount, 1e-100, 1e9);
  require_range("the number of decimals", decimals, -1, 15);
  require_range("alpha", alpha, 0, 10);
  if (smoothing.kind != Kind::none)
    require_range("the strength of smoothing", smoothing.strength, 1e-9, 1e9);
  if (cutoff) require_range("the cut-off in Å", *cutoff, 0.001, 1000);
  if (kuhn_length) {
    require_range("the Kuhn length in Å", *kuhn_length, 0.1, 1000);
    require_reference("the Kuhn length", *this, ReferenceState::rw);
  }
  if (alpha != TrainOptions().alpha) require_reference("alpha", *this, ReferenceState::dfire);
}

}  // namespace potential
