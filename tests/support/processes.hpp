#pragma once
// One process by itself, over people made by hand.

#include <string>
#include <vector>

#include "luohu/processes/process.hpp"
#include "support/toy_province.hpp"

namespace luohu::testing {

inline YearContext context_of(const ToyProvince& toy, Year year, Seed seed = Seed{20}, bool screening = true) {
  return {seed, year, toy.places, toy.parameters, toy.settings, toy.group_of, screening};
}

struct Outcome {
  Ledger ledger;
  std::vector<Requests> requests;  ///< [chunk]
};

/// Run `process` once over everyone; `observer` sees each change.
template <class Process, class Observer = Unobserved>
Outcome run_alone(const Process& process, const YearContext& now, Population& people, const Observer& observer = {}) {
  const Cells cells{now.places};
  Outcome outcome{Ledger{now.places.size(), now.places.zones()}, std::vector<Requests>(chunks_of(people.size()))};
  Scratch scratch;
  const Screens screens{cells, process};
  for (std::size_t index = 0; index < outcome.requests.size(); ++index) {
    const Chunk chunk{index, index * chunk_rows, std::min(people.size(), (index + 1) * chunk_rows)};
    locate(now, cells, people, chunk, scratch,
           {screens.packed(AtRisk::everyone), screens.packed(AtRisk::unregistered)});
    run_on_chunk(process, screens.template position<Process>(), now, people, scratch, outcome.ledger,
                 outcome.requests[index], observer);
  }
  return outcome;
}

inline std::int64_t total(const std::vector<std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const std::int64_t count : counts) sum += count;
  return sum;
}

inline std::size_t mothers_in(const Outcome& outcome) {
  std::size_t count = 0;
  for (const Requests& chunk : outcome.requests) count += chunk.mothers.size();
  return count;
}

inline std::size_t applications_in(const Outcome& outcome) {
  std::size_t count = 0;
  for (const Requests& chunk : outcome.requests) count += chunk.applications.size();
  return count;
}

/// Someone aged `age` at the start of `year`, living in `home` since the year before.
inline Person person_aged(int age, Year year, Sex sex, std::size_t home, std::size_t registered) {
  Person person;
  person.home = zone(home);
  person.registered = zone(registered);
  person.traits = Traits{sex, 3};
  person.born = ShortYear{year - 1 - age};
  person.arrived = person.group_since = ShortYear{year - 1};
  return person;
}

}  // namespace luohu::testing
