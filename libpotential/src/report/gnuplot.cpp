#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <potential/report/plot.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include <potential/support/printable.hpp>
#include "report/gnuplot.hpp"

extern char** environ;

namespace potential {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
/// A file without a name, gone when it is closed: only the picture comes through a
/// pipe, so none can fill up while another is read.
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

/// What gnuplot draws comes through it: gnuplot itself does not notice when a
/// file that it writes is cut short.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_, O_CLOEXEC) != 0)
      throw Error(std::string("cannot make a pipe: ") + std::strerror(errno));
  }
  ~Pipe() {
    close_input();
    ::close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int input() const { return ends_[1]; }
  void close_input() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }
  /// All that comes, until the last holder of the input closes it.
  std::string read_all() const {
    std::string bytes;
    std::array<char, 65536> part;
    while (true) {
      const ssize_t got = ::read(ends_[0], part.data(), part.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw Error(std::string("cannot read from gnuplot: ") + std::strerror(errno));
      if (got == 0) return bytes;
      bytes.append(part.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  int ends_[2] = {-1, -1};
};

/// The redirections of a child's standard streams.
class Streams {
 public:
  Streams(std::FILE* script, int picture, std::FILE* messages) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, ::fileno(script), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, picture, STDOUT_FILENO);
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
  Pipe drawn;
  const Streams streams(input.get(), drawn.input(), messages.get());
  // -d: the settings of a user's own ~/.gnuplot stay out of the picture.
  std::string words[] = {"gnuplot", "-d", "-"};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t child = 0;
  const int failure = ::posix_spawnp(&child, "gnuplot", streams.get(), nullptr, arguments, environ);
  if (failure == ENOENT)
    throw Error("gnuplot, which draws the pictures, is not installed: apt-get install gnuplot-nox");
  if (failure != 0) throw Error(std::string("cannot run gnuplot: ") + std::strerror(failure));
  drawn.close_input();
  const std::string bytes = drawn.read_all();
  const int status = wait_for(child);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw Error("gnuplot failed: " + last_line(messages.get()));
  picture.write(bytes);
  picture.commit();
}

std::string gnuplot_quote(const std::string& text) {
  std::string quoted = "'";
  for (const char c : printable(text)) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace potential
