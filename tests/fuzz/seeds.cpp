// Writes the seeds that are in a format of luohu's own, so that they are always of the present one: seeds FOLDER

#include <iostream>

#include "results/sample.hpp"

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: fuzz_seeds FOLDER\n";
    return 2;
  }
  const std::filesystem::path results = std::filesystem::path{words[1]} / "results";
  std::filesystem::create_directories(results);
  luohu::sample::write(results / "sample.h5", true);
  return 0;
}
