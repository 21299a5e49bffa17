#pragma once
#include <stdexcept>
#include <string>

namespace potential {

/// Base of every error this library throws on purpose. `what()` is one line
/// for a person: what is wrong, where, and what to do about it.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An argument or option is wrong (the program ends with exit code 2).
class UsageError : public Error {
 public:
  using Error::Error;
};

/// A file cannot be opened, read, written or replaced. `what()` starts with
/// the path.
class FileError : public Error {
 public:
  FileError(const std::string& path, const std::string& problem)
      : Error(path + ": " + problem), path_(path) {}
  const std::string& path() const { return path_; }

 private:
  std::string path_;
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
  explicit Cancelled(const std::string& kept) : Error("stopped before the end; " + kept) {}
};

}  // namespace potential
