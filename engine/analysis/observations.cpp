#include "luohu/analysis/observations.hpp"

#include <numeric>

#include "selection.hpp"

namespace luohu {

double Observation::mean() const {
  return std::accumulate(runs.begin(), runs.end(), 0.0) / static_cast<double>(runs.size());
}

Observations observe(const ObservationRequest& request) {
  const analysis::Sources sources{{request.file}};
  const Experiment& experiment = sources.first();
  Observations made;
  made.source = experiment.version;
  made.draws = experiment.draws;
  made.replicates = experiment.replicates;
  const auto years = sources.years(request.years.empty() ? std::vector<std::string>{"all"} : request.years);
  const auto chosen = analysis::chosen_indicators(request.indicators, sources, made.notes);
  const analysis::Split split{sources, request.by, request.groups};
  const auto tasks = analysis::tasks_of(chosen, split, sources, made.notes);
  made.by = split.axes;
  for (const analysis::SourceScenario& of : sources.chosen(request.scenarios)) {
    made.scenarios.push_back(experiment.scenarios[of.index]);
    analysis::Samples samples = sampled(sources, of, tasks, years);
    for (std::size_t t = 0; t < tasks.size(); ++t) {
      for (std::size_t y = 0; y < years.size(); ++y) {
        for (std::size_t c = 0; c < tasks[t].cells; ++c) {
          made.rows.push_back({made.scenarios.size() - 1, tasks[t].indicator, years[y],
                               rows_of_cell(tasks[t], experiment.layout, c), std::move(samples[t][y][c])});
        }
      }
    }
  }
  return made;
}

}  // namespace luohu
