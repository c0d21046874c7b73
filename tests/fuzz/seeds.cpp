// Writes the seeds that are in a format of luohu's own, so that they are always of the present one: seeds FOLDER

#include <fstream>
#include <iostream>

#include "luohu/scenario/posterior.hpp"
#include "results/sample.hpp"

namespace {

/// Two parameters, three draws.
luohu::Posterior posterior() {
  luohu::Posterior of;
  of.method = "abc-smc";
  of.version = "luohu";
  of.parameters = {{luohu::find_parameter("migration.mobility_level"), 0.3, 4, true, 1},
                   {luohu::find_parameter("migration.home_premium"), 0.3, 2.5, false, 1}};
  of.correlations = {{1, 0.5}, {0.5, 1}};
  of.draws = {{0.5, 1}, {1.5, 0.75}, {2, 2.25}};
  of.fits = {{"population_change", 12, 3, 1, 1.5}};
  of.inputs = {{"hindcast.toml", std::string(64, 'a')}};
  luohu::summarise_draws(of);
  return of;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: fuzz_seeds FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = words[1];
  for (const char* target : {"results", "calibration"}) std::filesystem::create_directories(folder / target);
  luohu::sample::write(folder / "results/sample.h5", true);
  std::ofstream{folder / "calibration/posterior"} << "f" << luohu::posterior_text(posterior());
  return 0;
}
