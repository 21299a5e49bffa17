#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <potential/report/plot.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "report/gnuplot.hpp"

extern char** environ;

namespace potential {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
/// A file without a name, gone when it is closed: no pipe can fill up, and
/// nothing is left behind.
using ScratchFile = std::unique_ptr<std::FILE, CloseFile>;

ScratchFile make_scratch() {
  ScratchFile file(std::tmpfile());
  if (!file) throw Error(std::string("cannot make a temporary file: ") + std::strerror(errno));
  ::fcntl(::fileno(file.get()), F_SETFD, FD_CLOEXEC);
  return file;
}

/// What gnuplot complained about: its last line that is not empty.
std::string last_line(std::FILE* messages) {
  std::rewind(messages);
  std::string last, line;
  for (int c = 0; (c = std::fgetc(messages)) != EOF;) {
    if (c != '\n') {
      line += static_cast<char>(c);
      continue;
    }
    if (line.find_first_not_of(" \t^") != std::string::npos) last = line;
    line.clear();
  }
  return last.empty() ? line : last;
}

/// The redirections of a child's standard streams.
class Streams {
 public:
  Streams(std::FILE* script, const std::string& picture, std::FILE* messages) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, ::fileno(script), STDIN_FILENO);
    ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, picture.c_str(),
                                       O_WRONLY | O_TRUNC, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, ::fileno(messages), STDERR_FILENO);
  }
  ~Streams() { ::posix_spawn_file_actions_destroy(&actions_); }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      throw Error(std::string("cannot wait for gnuplot: ") + std::strerror(errno));
  return status;
}

bool ends_in(const std::string& path, const std::string& ending) {
  return path.size() > ending.size() &&
         path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

void check_picture_name(const std::string& path) {
  for (const char* ending : {".svg", ".png", ".pdf"})
    if (ends_in(path, ending)) return;
  throw UsageError(path + ": a picture's name ends in .svg, .png or .pdf");
}

std::string gnuplot_terminal(const std::string& path, int width, int height) {
  if (ends_in(path, ".svg"))
    return fmt::format(
        "set terminal svg noenhanced size {},{} dynamic font 'sans,14' background 'white'\n", width,
        height);
  if (ends_in(path, ".png"))
    return fmt::format(
        "set terminal pngcairo noenhanced size {},{} font 'sans,22' linewidth 2 background "
        "'white'\n",
        2 * width, 2 * height);
  return fmt::format("set terminal pdfcairo noenhanced size {:.3f}in,{:.3f}in font 'sans,10'\n",
                     width / 96.0, height / 96.0);
}

void run_gnuplot(const std::string& script, const std::string& path) {
  AtomicFile picture(path);
  const ScratchFile input = make_scratch(), messages = make_scratch();
  if (std::fwrite(script.data(), 1, script.size(), input.get()) != script.size() ||
      std::fflush(input.get()) != 0)
    throw FileError(path, std::string("cannot be drawn: no temporary file could be written: ") +
                              std::strerror(errno));
  std::rewind(input.get());
  const Streams streams(input.get(), picture.temporary_path(), messages.get());
  // -d: the settings of a user's own ~/.gnuplot stay out of the picture.
  std::string words[] = {"gnuplot", "-d", "-"};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t child = 0;
  const int failure = ::posix_spawnp(&child, "gnuplot", streams.get(), nullptr, arguments, environ);
  if (failure == ENOENT)
    throw Error("gnuplot, which draws the pictures, is not installed: apt-get install gnuplot-nox");
  if (failure != 0) throw Error(std::string("cannot run gnuplot: ") + std::strerror(failure));
  const int status = wait_for(child);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw Error("gnuplot failed: " + last_line(messages.get()));
  picture.commit();
}

std::string gnuplot_quote(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '\'') quoted += '\'';
    quoted += code < 0x20 || code == 0x7f ? ' ' : c;
  }
  return quoted + "'";
}

}  // namespace potential
