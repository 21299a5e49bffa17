#include <algorithm>
#include <cstdio>
#include <cstring>
#include <gemmi/pdb.hpp>
#include <optional>

#include "structure/residue_values.hpp"

namespace potential {
namespace {

std::string_view trim(std::string_view field) {
  while (!field.empty() && field.front() == ' ') field.remove_prefix(1);
  while (!field.empty() && field.back() == ' ') field.remove_suffix(1);
  return field;
}

/// Walks over the lines with the rules of the parser (see pdb.cpp): where a
/// model ends, what a TER does, how a residue is labelled.
class PdbRewriter {
 public:
  PdbRewriter(const SourceText& source, const std::vector<ModelValues>& models)
      : source_(source), models_(models) {
    out_.reserve(source.text.size() + source.text.size() / 16);
  }

  std::string rewrite() {
    std::string_view rest = source_.text;
    while (!rest.empty()) {
      const auto newline = rest.find('\n');
      const std::string_view whole = rest.substr(0, newline == rest.npos ? newline : newline + 1);
      add_line(whole);
      rest.remove_prefix(whole.size());
    }
    return std::move(out_);
  }

  std::size_t clipped() const { return clipped_; }

 private:
  void add_line(std::string_view whole) {
    std::string_view line = whole;
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    // The text goes on for a byte after a line, so four characters can be read.
    const char* p = line.data();
    if (line.size() >= 27 && (gemmi::pdb_impl::is_record_type(p, "ATOM") ||
                              gemmi::pdb_impl::is_record_type(p, "HETATM"))) {
      add_atom(line);
      out_ += whole.substr(line.size());
      return;
    }
    out_ += whole;
    if (line.size() < 3) return;
    if (gemmi::pdb_impl::is_record_type3(p, "TER")) {
      if (in_chain_) ++ended_[chain_];
      in_chain_ = false;
    } else if (gemmi::pdb_impl::is_record_type(p, "MODEL") ||
               gemmi::pdb_impl::is_record_type(p, "ENDMDL") ||
               gemmi::pdb_impl::is_record_type3(p, "END")) {
      if (values_) ++model_;
      values_.reset();
    }
  }

  void add_atom(std::string_view line) {
    if (!values_) begin_model();
    chain_ = std::string(trim(line.substr(20, 2)));
    in_chain_ = true;
    RowLabel label{chain_, trim(line.substr(17, 3)), 0, line[26]};
    if (!trim(line.substr(22, 4)).empty())
      label.number = gemmi::pdb_impl::read_seq_id(line.data() + 22).num.value;
    const std::string field = column(values_->find(label, std::to_string(ended_[chain_])));
    const std::string_view before = line.substr(0, 60);
    out_ += before;
    out_.append(60 - before.size(), ' ');
    out_ += field;
    if (line.size() > 66) out_ += line.substr(66);
  }

  /// Six characters: as many decimals, of two, as there is room for.
  std::string column(double value) {
    const double held = std::clamp(value, -99999.0, 999999.0);
    if (held != value) ++clipped_;
    char field[16];
    for (int decimals = 2, length = 7; length > 6; --decimals)
      length = std::snprintf(field, sizeof field, "%6.*f", decimals, held);
    return field;
  }

  void begin_model() {
    static const ModelValues none;
    values_.emplace(model_ < models_.size() ? models_[model_] : none);
    ended_.clear();
    in_chain_ = false;
  }

  const SourceText& source_;
  const std::vector<ModelValues>& models_;
  std::string out_;
  std::size_t model_ = 0, clipped_ = 0;
  std::optional<ResidueValues> values_;  ///< of the model the lines are in
  std::map<std::string, int> ended_;     ///< TER records of each chain
  std::string chain_;
  bool in_chain_ = false;
};

}  // namespace

std::string rewrite_pdb(const SourceText& source, const std::vector<ModelValues>& models,
                        std::vector<std::string>& notes) {
  PdbRewriter rewriter(source, models);
  std::string text = rewriter.rewrite();
  if (rewriter.clipped() > 0)
    notes.push_back("the scores of " + std::to_string(rewriter.clipped()) +
                    " atoms are clipped to -99999..999999, what the B-factor column holds");
  return text;
}

}  // namespace potential
