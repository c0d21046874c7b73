// The runs of an attribution: every coalition of measures with the same random numbers.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "attribution.hpp"
#include "luohu/core/error.hpp"

namespace luohu {
namespace {

/// The package's measures without those of players who stay out.
std::vector<Measure> measures_of(const Scenario& package, const std::vector<Player>& players, Coalition coalition) {
  std::vector<bool> out(package.measures.size());
  for (std::size_t i = 0; i < players.size(); ++i) {
    for (const std::size_t m : players[i].measures) out[m] = (coalition >> i & 1U) == 0;
  }
  std::vector<Measure> measures;
  for (std::size_t m = 0; m < out.size(); ++m) {
    if (!out[m]) measures.push_back(package.measures[m]);
  }
  return measures;
}

/// One replicate: values of every subject by coalition, and who differs.
struct Replicate {
  std::map<Coalition, std::vector<double>> values;
  std::vector<WhoRow> who;
};

class Runs {
 public:
  Runs(const LoadedExperiment& experiment, const AttributionPlan& plan, const FollowedShare& share,
       const std::function<void(const std::string&)>& step)
      : experiment_{experiment},
        plan_{plan},
        share_{share},
        step_{step},
        layout_{results_layout(experiment.tables->places)} {}

  [[nodiscard]] Replicate replicate(std::size_t index) const {
    const Coalition all = everyone_of(plan_.players.size());
    Replicate found;
    std::vector<Followed> base;
    EndOfRun without;
    EndOfRun with;
    for (const Coalition coalition : coalitions_to_play(plan_.players.size(), plan_.shapley)) {
      if (plan_.who && coalition == 0) {
        found.values[0] = run(index, 0, [&](const Simulation& now) { keep(now, &base, without); });
      } else if (plan_.who && coalition == all) {
        found.values[all] = run(index, all, [&](const Simulation& now) { keep(now, nullptr, with); });
        found.who = who_differs(experiment_.tables->places, package().last_year, base, without, with);
        base = without.people = with.people = {};
      } else {
        found.values[coalition] = run(index, coalition, {});
      }
    }
    return found;
  }

 private:
  [[nodiscard]] const Scenario& package() const { return experiment_.scenarios[1]; }

  /// Remembers the followed people of the base year, if asked to, and of the last.
  void keep(const Simulation& now, std::vector<Followed>* base, EndOfRun& end) const {
    if (base != nullptr && now.year() == package().first_year) *base = follow(now.people(), share_);
    if (now.year() == package().last_year) end = {follow(now.people(), share_), now.settings()};
  }

  [[nodiscard]] std::vector<double> run(std::size_t replicate, Coalition coalition,
                                        const std::function<void(const Simulation&)>& observe) const {
    const std::vector<Measure> measures = measures_of(package(), plan_.players, coalition);
    Model model = experiment_.model(1);
    model.measures = measures;
    RunOptions options;
    options.seed = seed_of_replicate(Seed{plan_.seed}, replicate);
    options.scale = plan_.scale;
    const auto keep_going = [&](Year year) {
      step_(fmt::format("replicate {} coalition {} year {}", replicate, coalition, year));
      return true;
    };
    const ReplicateResult result =
        run_replicate(model, options, experiment_.population(1, options.seed, plan_.scale), keep_going, observe);
    std::vector<double> values;
    for (const Subject& s : plan_.subjects) values.push_back(s.outcome->of(layout_, result.years, s.prefecture));
    return values;
  }

  const LoadedExperiment& experiment_;
  const AttributionPlan& plan_;
  FollowedShare share_;
  const std::function<void(const std::string&)>& step_;
  Layout layout_;
};

/// Intervals of [replicate][player] shares, by player.
std::vector<MeanInterval> intervals(const std::vector<std::vector<double>>& shares) {
  std::vector<MeanInterval> result;
  for (std::size_t player = 0; player < shares.front().size(); ++player) {
    std::vector<double> samples;
    for (const auto& replicate : shares) samples.push_back(replicate[player]);
    result.push_back(mean_interval(samples, interval_level));
  }
  return result;
}

SubjectEffects effects_of(const AttributionPlan& plan, const std::vector<Replicate>& replicates, std::size_t subject) {
  std::vector<double> together;
  std::vector<std::vector<double>> leave_one_out, first_in, shapley;
  for (const Replicate& replicate : replicates) {
    const Shares shares =
        shares_of(plan.players.size(), plan.shapley, [&](Coalition c) { return replicate.values.at(c)[subject]; });
    together.push_back(shares.together);
    leave_one_out.push_back(shares.leave_one_out);
    first_in.push_back(shares.first_in);
    shapley.push_back(shares.shapley);
  }
  return {mean_interval(together, interval_level), intervals(leave_one_out), intervals(first_in), intervals(shapley)};
}

WhoEffects who_effects(const std::vector<Replicate>& replicates, std::size_t row, std::int64_t weight) {
  const WhoRow& first = replicates.front().who[row];
  WhoEffects effects{first.margin, first.category, 0, {}, {}};
  const auto over_replicates = [&](const std::function<std::int64_t(const WhoRow&)>& of) {
    std::vector<double> samples;
    for (const Replicate& replicate : replicates) {
      samples.push_back(static_cast<double>(of(replicate.who[row]) * weight));
    }
    return mean_interval(samples, interval_level);
  };
  effects.compared = over_replicates([](const WhoRow& r) { return r.compared; }).mean;
  for (std::size_t k = 0; k < aspects; ++k) {
    effects.differ[k] = over_replicates([k](const WhoRow& r) { return r.counts[k].differ; });
    effects.least[k] = over_replicates([k](const WhoRow& r) { return r.counts[k].least; });
  }
  return effects;
}

}  // namespace

Attribution attribute(const LoadedExperiment& experiment, const AttributionPlan& plan,
                      const std::function<void(const std::string&)>& step) {
  LUOHU_EXPECT(experiment.scenarios.size() == 2 && plan.replicates > 0);
  const auto share = FollowedShare::of(expected_agents(experiment.tables->census, plan.scale), most_followed);
  const Runs runs{experiment, plan, share, step};
  std::vector<Replicate> replicates;
  for (std::size_t r = 0; r < plan.replicates; ++r) replicates.push_back(runs.replicate(r));
  Attribution found;
  found.one_in = share.one_in;
  for (std::size_t s = 0; s < plan.subjects.size(); ++s) found.effects.push_back(effects_of(plan, replicates, s));
  const std::int64_t weight = plan.scale * static_cast<std::int64_t>(share.one_in);
  for (std::size_t row = 0; row < replicates.front().who.size(); ++row) {
    WhoEffects effects = who_effects(replicates, row, weight);
    if (effects.compared > 0) found.who.push_back(effects);
  }
  return found;
}

}  // namespace luohu
