#include "drawn_experiment.hpp"

#include <fmt/format.h>

#include "luohu/scenario/calibration_plan.hpp"

namespace luohu {

DrawnExperiments::DrawnExperiments(const LoadedExperiment& base, const std::optional<Draws>& draws)
    : base_{base}, draws_{draws}, amenities_(size()) {
  if (!draws_) return;
  known_ = read_net_migration(base_.scenarios[base_.baseline].tables, base_.tables->places);
}

const LoadedExperiment& DrawnExperiments::operator[](std::size_t draw) {
  if (!draws_) return base_;
  if (current_ == draw) return drawn_;
  drawn_ = base_;
  for (Scenario& scenario : drawn_.scenarios) scenario.parameters = draws_->parameters(scenario.parameters, draw);
  if (amenities_[draw].values().empty()) {
    amenities_[draw] = amenity_for(drawn_.model(drawn_.baseline), *known_, draws_->amenity());
  }
  Tables tables = *base_.tables;
  tables.economy.amenity = amenities_[draw];
  drawn_.tables = std::make_shared<const Tables>(std::move(tables));
  current_ = draw;
  return drawn_;
}

void describe_draws(const Draws& draws, Experiment& about) {
  const Posterior& posterior = draws.posterior();
  const std::string name = draws.path().filename().string();
  about.draws = draws.size();
  about.inputs.push_back(
      {fmt::format("{}, {} draws", name, draws.size()), file_sha256(draws.path()), posterior.method});
  for (std::size_t d = 0; d < draws.size(); ++d) {
    for (std::size_t i = 0; i < posterior.parameters.size(); ++i) {
      const ParameterInfo& parameter = *posterior.parameters[i].parameter;
      about.provenance.push_back({fmt::format("draw {}", d), fmt::format("parameters.{}", parameter.name),
                                  posterior.draws[draws.number(d)][i], std::string{parameter.unit},
                                  std::string{name_of(Tag::computed)}, fmt::format("{}:{}", name, draws.number(d)),
                                  posterior.method});
    }
  }
}

}  // namespace luohu
