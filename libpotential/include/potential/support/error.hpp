#pragma once
#include <stdexcept>
#include <string>
#include <utility>

namespace potential {

/// Base of every error this library throws on purpose. `what()` is one line
/// for a person: what is wrong, where, and what to do about it. It is made of
/// the parts that the error keeps, `file: place: problem`, those that are known.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& problem) : Error("", "", problem) {}

  const std::string& file() const { return file_; }
  /// Where in the file (`line 3`), or which field of the options.
  const std::string& place() const { return place_; }
  const std::string& problem() const { return problem_; }
  /// What there is to say where the file `name` is named beside it.
  std::string reason_for(const std::string& name) const {
    return name == file_ ? joined("", place_, problem_) : what();
  }

 protected:
  Error(const std::string& file, const std::string& place, const std::string& problem)
      : std::runtime_error(joined(file, place, problem)),
        file_(file),
        place_(place),
        problem_(problem) {}

 private:
  static std::string joined(const std::string& file, const std::string& place,
                            const std::string& problem) {
    return (file.empty() ? "" : file + ": ") + (place.empty() ? "" : place + ": ") + problem;
  }
  std::string file_, place_, problem_;
};

/// An argument or option is wrong (the program ends with exit code 2).
class UsageError : public Error {
 public:
  using Error::Error;
  /// @param field  of the options, as their struct calls it
  UsageError(const std::string& field, const std::string& problem) : Error("", field, problem) {}
  UsageError(const std::string& file, const std::string& field, const std::string& problem)
      : Error(file, field, problem) {}
};

/// A file cannot be opened, read, written or replaced.
class FileError : public Error {
 public:
  FileError(const std::string& path, const std::string& problem) : Error(path, "", problem) {}
  FileError(const std::string& path, const std::string& place, const std::string& problem)
      : Error(path, place, problem) {}
  const std::string& path() const { return file(); }
};

/// A file was read but its content is not what it should be.
class FormatError : public FileError {
 public:
  using FileError::FileError;
};

/// The run was asked to stop (a signal, or a caller's cancel()).
class Cancelled : public Error {
 public:
  Cancelled() : Cancelled("nothing was written") {}
  /// @param kept  what there is of the result
  /// @param kept_in  the file that holds it
  explicit Cancelled(const std::string& kept, std::string kept_in = "")
      : Error("stopped before the end; " + kept), kept_in_(std::move(kept_in)) {}
  /// A file that the run can go on from; empty when there is none.
  const std::string& kept_in() const { return kept_in_; }

 private:
  std::string kept_in_;
};

}  // namespace potential
