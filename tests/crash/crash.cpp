// Kills runs at random moments and looks at what is left: luohu_crash KILLS SEED [FOLDER]
//
// Each run is killed once, gone on with, perhaps killed again, and gone on with to its end. After every kill the final
// name does not exist or is the complete file, the .part opens and has every replicate that had ended, with its final
// values, and the end has the bytes of a run that was never killed.

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <span>
#include <thread>

#include "luohu/core/text.hpp"
#include "luohu/results/reader.hpp"
#include "support/program.hpp"

namespace {

using namespace luohu;
using luohu::testing::bytes_of;
using luohu::testing::Program;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t replicates = 3;
constexpr int most_kills = 3;  // of one run

class Failed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

void require(bool condition, const std::string& promise) {
  if (!condition) throw Failed{promise};
}

/// What the kills found.
struct Found {
  int before_part = 0, in_first_replicate = 0, later = 0, after_the_end = 0;
  int with_checkpoint = 0;
};

class Crashes {
 public:
  Crashes(fs::path folder, std::uint64_t seed) : folder_{std::move(folder)}, dice_{seed} {
    fs::create_directories(folder_);
    const Clock::time_point began = Clock::now();
    Program reference{command(folder_ / "reference.h5", {}), folder_ / "log"};
    require(reference.wait() == 0, "the reference run ends well: " + reference.output());
    length_ = std::chrono::duration<double>(Clock::now() - began).count();
    reference_ = bytes_of(folder_ / "reference.h5");
    values_.emplace(folder_ / "reference.h5");
  }

  /// Returns the number of kills.
  int run(int most) {
    const fs::path path = folder_ / "run.h5";
    int kills = 0;
    for (; kills < std::min(most, most_kills) && !fs::exists(path); ++kills) {
      const bool resumed = fs::exists(part());
      Program program{command(path, resumed ? std::vector<std::string>{"--resume"} : std::vector<std::string>{}),
                      folder_ / "log"};
      std::this_thread::sleep_for(std::chrono::duration<double>(moment()));
      program.signal(SIGKILL);
      const int code = program.wait();
      require(code == 0 || code == 128 + SIGKILL, "a run ends well or is killed: " + program.output());
      look(path, program.output());
      if (std::bernoulli_distribution{0.5}(dice_)) {
        ++kills;
        break;
      }
    }
    if (!fs::exists(path)) {
      const bool resumed = fs::exists(part());
      Program last{command(path, resumed ? std::vector<std::string>{"--resume"} : std::vector<std::string>{}),
                   folder_ / "log"};
      require(last.wait() == 0, "what is left can be gone on with: " + last.output());
    }
    require(bytes_of(path) == reference_, "the end has the bytes of a run that was not killed");
    for (const auto& entry : fs::directory_iterator{folder_}) {
      if (entry.path().filename().string().starts_with("run.")) fs::remove(entry);
    }
    return kills;
  }

  [[nodiscard]] const Found& found() const { return found_; }

 private:
  [[nodiscard]] fs::path part() const { return folder_ / "run.h5.part"; }

  [[nodiscard]] static std::vector<std::string> command(const fs::path& path, const std::vector<std::string>& more) {
    const std::string hunan = LUOHU_SOURCE_DIR "/scenarios/hunan/";
    std::vector<std::string> words{LUOHU_EXECUTABLE,
                                   "run",
                                   hunan + "baseline.toml",
                                   hunan + "measures-01-02.toml",
                                   "--scale",
                                   "1:2000",
                                   "--replicates",
                                   std::to_string(replicates),
                                   "--set",
                                   "last_year=2027",
                                   "--checkpoint-every",
                                   "1year",
                                   "--progress",
                                   "json",
                                   "-o",
                                   path};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  double moment() { return std::uniform_real_distribution<double>{0, 1.02 * length_}(dice_); }

  /// Tasks that had ended, by the last one that the progress names.
  [[nodiscard]] static std::size_t ended(const std::string& log) {
    std::size_t tasks = 0;
    for (const std::string& line : lines_of(log)) {
      for (std::size_t task = 0; task < 2 * replicates; ++task) {
        const std::string id = task < replicates ? "baseline" : "measures-01-02";
        const std::string name = "\"" + id + " replicate " + std::to_string(task % replicates) + " year ";
        if (line.find(name) != std::string::npos) tasks = std::max(tasks, task);
      }
    }
    return tasks;
  }

  void look(const fs::path& path, const std::string& log) {
    if (fs::exists(path)) {
      ++found_.after_the_end;
      require(bytes_of(path) == reference_, "the final name does not exist or is the complete file");
      return;
    }
    if (!fs::exists(part())) {
      ++found_.before_part;
      return;
    }
    found_.with_checkpoint += fs::exists(folder_ / "run.h5.checkpoint") ? 1 : 0;
    const ResultsFile kept{part()};
    const std::size_t tasks = ended(log);
    ++(tasks == 0 ? found_.in_first_replicate : found_.later);
    for (std::size_t task = 0; task < 2 * replicates; ++task) {
      const std::size_t scenario = task / replicates, replicate = task % replicates;
      const bool has = kept.has(scenario, 0, replicate);
      require(has || task >= tasks, "the .part has every replicate that had ended");
      if (!has) continue;
      for (const Variable& variable : kept.experiment().layout.variables) {
        require(same(kept.read(variable.name, scenario, 0, replicate),
                     values_->read(variable.name, scenario, 0, replicate)),
                "the .part has the final values of " + variable.name);
      }
    }
  }

  /// Bit for bit, so that a missing value equals another.
  static bool same(const Values& a, const Values& b) {
    return a.index() == b.index() &&
           std::visit(
               [&](const auto& values) {
                 const auto& others = std::get<std::decay_t<decltype(values)>>(b);
                 return std::ranges::equal(std::as_bytes(std::span{values}), std::as_bytes(std::span{others}));
               },
               a);
  }

  fs::path folder_;
  std::mt19937_64 dice_;
  double length_ = 0;  ///< seconds of a run that is not killed
  std::string reference_;
  std::optional<ResultsFile> values_;
  Found found_;
};

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words, words + count);
  const auto kills = arguments.size() > 2 ? parse_integer(arguments[1]) : std::nullopt;
  const auto seed = arguments.size() > 2 ? parse_integer(arguments[2]) : std::nullopt;
  if (!kills || !seed) {
    std::cerr << "usage: luohu_crash KILLS SEED [FOLDER]\n";
    return 2;
  }
  const fs::path folder = arguments.size() > 3
                              ? fs::path{arguments[3]}
                              : fs::temp_directory_path() / ("luohu-crash-" + std::to_string(::getpid()));
  int done = 0, runs = 0;
  try {
    Crashes crashes{folder, static_cast<std::uint64_t>(*seed)};
    for (; done < *kills; ++runs) done += crashes.run(static_cast<int>(*kills) - done);
    const Found& found = crashes.found();
    std::cout << done << " kills in " << runs << " runs survived: " << found.before_part
              << " before anything was written, " << found.in_first_replicate << " in the first replicate, "
              << found.later << " later, " << found.after_the_end << " after the end; " << found.with_checkpoint
              << " left a checkpoint\n";
  } catch (const std::exception& error) {
    std::cerr << "kill " << done + 1 << ", run " << runs + 1 << ": broken promise: " << error.what() << "\nkept in "
              << folder << '\n';
    return 1;
  }
  fs::remove_all(folder);
  return 0;
}
