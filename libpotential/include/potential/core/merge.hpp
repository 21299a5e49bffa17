#pragma once
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/counted_terms.hpp>

namespace potential {

/// Adds the counts of another set. The sum of the parts of any split of a set is
/// the single run over it, in any order: counts add up, structures and skipped
/// inputs are gathered and sorted. (Not when a structure stands in two parts,
/// which is refused: the single run would have counted one of them only.)
///
/// An option that differs becomes a sorted list `all; first`, with `none` for a
/// part without it; the option `shard` is dropped.
/// @param sum, part  structures and skipped inputs sorted, as extract() and
///                   read_counts() give them
/// @param allow_duplicates  counts a structure again that is in both
/// @throws UsageError when schemes, bins, separation classes or rows differ, a
///         structure (the same SHA-256) is in both, or an imported contact map
///         would be mixed with structures; `sum` is then as before. Error when
///         a count passes 2^64 − 1; `sum` is then of no more use.
void merge_into(ContactCounts& sum, ContactCounts part, bool allow_duplicates = false);

/// What merge_into() does but for the structures, for callers that gather those
/// elsewhere: adds counts, skipped inputs (not sorted then) and options.
/// @param with_structures  structures were in what `sum` was added up from
/// @throws as merge_into, but for duplicates.
void merge_totals(ContactCounts& sum, ContactCounts& part, bool with_structures);

/// What is said of a structure that two sets hold.
std::string duplicate_message(const std::string& first, const std::string& second);

/// The sum of several sets. @throws UsageError when there is none; as merge_into.
ContactCounts merge_counts(std::vector<ContactCounts> parts, bool allow_duplicates = false);

/// `all` without the structures of `part`: exactly the counts of the others.
/// Skipped inputs and options stay those of `all`, and its structures a stream where they
/// are one.
/// @throws UsageError when axes differ, or `part` holds a structure or a count
///         that is not in `all`.
ContactCounts subtract_counts(ContactCounts all, const ContactCounts& part);

/// The same of each term. @throws also UsageError when the names of the terms differ.
CountedTerms subtract_counts(CountedTerms all, const CountedTerms& part);

}  // namespace potential
