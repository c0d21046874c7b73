// Writes the sample experiment for the readers' tests: write_sample COMPLETE.h5 UNFINISHED.h5
// The second is left as a killed run leaves it: UNFINISHED.h5.part with one of four replicates.

#include <cstdlib>
#include <span>

#include "results/sample.hpp"

int main(int count, char** values) {
  using namespace luohu;
  if (count != 3) return EXIT_FAILURE;
  const std::span<char*> arguments{values, static_cast<std::size_t>(count)};
  sample::write(arguments[1], true);
  const Experiment of = sample::experiment();
  ResultsWriter writer{arguments[2], of, true};
  sample::add(writer, of, 1, 0);
  std::_Exit(EXIT_SUCCESS);  // no destructor runs, as after a kill
}
