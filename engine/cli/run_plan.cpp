#include "run_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <utility>

#include "luohu/core/error.hpp"
#include "luohu/projection/projection.hpp"
#include "machine.hpp"
#include "summary.hpp"

namespace luohu {
namespace {

/// The order in which replicates are simulated, which does not show in the file: scenario, draw, replicate; or, if
/// their number is not known yet, all scenarios of a replicate before the next.
std::vector<Task> tasks_of(const Experiment& about, bool replicate_by_replicate) {
  std::vector<Task> tasks;
  for (std::size_t s = 0; s < about.scenarios.size(); ++s) {
    for (std::size_t d = 0; d < about.draws; ++d) {
      for (std::size_t r = 0; r < about.replicates; ++r) tasks.push_back({s, d, r});
    }
  }
  if (replicate_by_replicate) std::ranges::stable_sort(tasks, {}, &Task::replicate);
  return tasks;
}

/// The answer's numbers of every task, in the order of tasks of a scenario whatever the order in which they come.
class Answers {
 public:
  explicit Answers(const RunPlan& plan) : about_{plan.about} {
    for (const ScenarioEntry& scenario : about_.scenarios) {
      answers_.push_back({scenario.id, scenario.title_en, {}, {}, {}});
    }
  }
  void add(const Task& task, const std::vector<YearRecord>& years) {
    ScenarioAnswer& of = answers_[task.scenario];
    of.base.push_back(summarise(about_.layout, years.front()));
    of.first.push_back(summarise(about_.layout, years[1]));
    of.last.push_back(summarise(about_.layout, years.back()));
  }
  [[nodiscard]] std::string text(std::size_t baseline) const {
    return answer_table(answers_, baseline, about_.first_year, about_.last_year);
  }

 private:
  const Experiment& about_;
  std::vector<ScenarioAnswer> answers_;
};

class Run {
 public:
  Run(const RunPlan& plan, ResultsWriter& writer)
      : plan_{plan},
        about_{plan.about},
        writer_{writer},
        experiments_{plan.inputs, plan.draws},
        checkpointing_{plan.output, plan.checkpoints},
        fingerprint_{fingerprint(about_)},
        answers_{plan},
        until_{plan.until, about_},
        tasks_{tasks_of(about_, !until_.empty())},
        look_for_checkpoint_{plan.resumed} {
    if (!plan.resumed) checkpointing_.forget();
  }

  /// Returns the number of replicates that suffice. Throws Interrupted.
  std::size_t simulate() {
    Progress progress{plan_.progress, steps()};
    const std::size_t of_a_replicate = about_.scenarios.size() * about_.draws;
    for (std::size_t t = 0; t < tasks_.size(); ++t) {
      take(tasks_[t], progress);
      const std::size_t replicates = (t + 1) / of_a_replicate;
      const bool all_scenarios = (t + 1) % of_a_replicate == 0;
      if (!until_.empty() && all_scenarios && until_.reached()) return replicates;
    }
    return about_.replicates;
  }

  void finish(std::size_t replicates) {
    figures_.phases.begin("writing");
    writer_.finish(replicates);
    figures_.phases.end();
    write_sidecar(plan_, figures_);
    std::cout << answers_.text(plan_.inputs.baseline);
    closing_lines(plan_, figures_);
  }

  [[nodiscard]] ExitCode verdict() const {
    std::cerr << until_.report();
    return until_.reached() ? ExitCode::done : ExitCode::threshold;
  }

 private:
  /// One replicate's records, simulated or taken over, to where they belong.
  void take(const Task& task, Progress& progress) {
    if (writer_.has(task.scenario, task.draw, task.replicate)) {
      ++figures_.taken_over;
      collect(task, writer_.years(task.scenario, task.draw, task.replicate));
      return;
    }
    if (stop_requested()) throw Interrupted{};
    const ReplicateResult result = about_.expectation ? projected(task, progress) : simulated(task, progress);
    figures_.phases.begin("writing");
    writer_.add(task.scenario, task.draw, task.replicate, result.years);
    checkpointing_.forget();
    figures_.phases.end();
    figures_.person_years += result.person_years;
    figures_.agents = std::max(figures_.agents, result.peak_agents);
    collect(task, result.years);
  }

  void collect(const Task& task, const std::vector<YearRecord>& years) {
    answers_.add(task, years);
    until_.add(task.scenario, years);
  }

  [[nodiscard]] Seed seed(const Task& task) const { return seed_of_replicate(Seed{about_.seed}, task.replicate); }

  Population population(const Task& task) {
    figures_.phases.begin("synthesis");
    return experiments_[task.draw].population(task.scenario, seed(task), about_.scale);
  }

  /// Its tables stay until a replicate of another draw begins.
  Model model_of(const Task& task) {
    figures_.phases.begin("synthesis");
    return experiments_[task.draw].model(task.scenario);
  }

  void step(const Task& task, Year year, Progress& progress) const {
    const auto agents = static_cast<double>(expected_agents(plan_.inputs.tables->census, about_.scale));
    const std::string draw = about_.draws > 1 ? fmt::format(" draw {}", task.draw) : "";
    progress.step(
        fmt::format("{}{} replicate {} year {}", about_.scenarios[task.scenario].id, draw, task.replicate, year),
        agents);
  }

  ReplicateResult projected(const Task& task, Progress& progress) {
    const Model model = model_of(task);
    ProjectionOptions options;
    options.scale = about_.scale;
    options.most_states = available_memory().value_or(std::size_t{4} << 30U) / bytes_per_state;
    options.on_phase = [&](std::string_view name) { figures_.phases.begin(name); };
    return project(model, options, population(task), [&](Year year) {
      step(task, year, progress);
      return !stop_requested();
    });
  }

  ReplicateResult simulated(const Task& task, Progress& progress) {
    const Model model = model_of(task);
    const RunOptions options{seed(task), about_.scale, plan_.screening,
                             [&](std::string_view name) { figures_.phases.begin(name); }};
    const CheckpointOf of{fingerprint_, task.scenario, task.draw, task.replicate};
    std::optional<ReplicateState> left = left_behind(task, {of, model, about_.layout, about_.scale});
    const std::int64_t counted = left ? left->so_far.person_years : 0;  // by the process that was killed
    RunningReplicate replicate =
        left ? RunningReplicate{model, options, std::move(*left)} : RunningReplicate{model, options, population(task)};
    while (!replicate.finished()) {
      const bool begun = replicate.so_far().years.size() > 1;
      if (stop_requested()) {
        if (begun) save(of, replicate);
        throw Interrupted{};
      }
      if (begun && checkpointing_.due(replicate)) save(of, replicate);
      step(task, replicate.simulation().year() + 1, progress);
      replicate.advance();
    }
    replicate.so_far().person_years -= counted;
    return std::move(replicate.so_far());
  }

  /// Only the first replicate that is not finished can have been running when the run was killed.
  std::optional<ReplicateState> left_behind(const Task& task, const CheckpointContext& context) {
    if (!std::exchange(look_for_checkpoint_, false)) return std::nullopt;
    figures_.phases.begin("checkpoints");
    auto state = checkpointing_.left_behind(context, [](const std::string& why) { std::cerr << why << '\n'; });
    const std::string& id = about_.scenarios[task.scenario].id;
    std::cerr << fmt::format("resuming: {} of {} replicates were finished; replicate {} of '{}' {}\n",
                             figures_.taken_over, tasks_.size(), task.replicate, id,
                             state ? fmt::format("goes on after {}", state->simulation.year)
                                   : "begins anew, for there is no checkpoint of it");
    return state;
  }

  /// A checkpoint that cannot be written costs the run nothing but itself.
  void save(const CheckpointOf& of, const RunningReplicate& replicate) {
    figures_.phases.begin("checkpoints");
    try {
      checkpointing_.save(of, replicate);
      writer_.keep();
      ++figures_.checkpoints;
    } catch (const Error& why) {
      std::cerr << fmt::format("{}; the run goes on without\n", why.what());
    }
  }

  [[nodiscard]] std::size_t steps() const {
    const auto years = static_cast<std::size_t>(about_.last_year - about_.first_year);
    return years * static_cast<std::size_t>(std::ranges::count_if(tasks_, [&](const Task& task) {
             return !writer_.has(task.scenario, task.draw, task.replicate);
           }));
  }

  const RunPlan& plan_;
  const Experiment& about_;
  ResultsWriter& writer_;
  DrawnExperiments experiments_;
  Checkpointing checkpointing_;
  std::uint64_t fingerprint_;
  RunFigures figures_;
  Answers answers_;
  Until until_;
  std::vector<Task> tasks_;
  bool look_for_checkpoint_;
};

}  // namespace

Experiment described(const LoadedExperiment& inputs, std::uint64_t seed, std::int64_t scale, std::size_t replicates,
                     bool expectation) {
  Experiment about = inputs.describe(seed, scale, replicates);
  about.expectation = expectation;
  if (expectation) about.layout = expectation_layout(std::move(about.layout));
  return about;
}

void require_memory(const RunPlan& plan) {
  require_memory(memory_needed(plan.inputs, plan.about.scale), fmt::format("a run at scale 1:{}", plan.about.scale));
}

ExitCode carry_out(const RunPlan& plan, ResultsWriter& writer) {
  Run run{plan, writer};
  try {
    run.finish(run.simulate());
  } catch (const Interrupted&) {
    std::cerr << (writer.kept() ? fmt::format("luohu: interrupted; finished replicates are kept in {}.part\n"
                                              "the same command with --resume goes on from there\n",
                                              plan.output.string())
                                : "luohu: interrupted before anything was finished\n");
    return ExitCode::interrupted;
  }
  return run.verdict();
}

}  // namespace luohu
