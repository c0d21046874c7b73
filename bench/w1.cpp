#include "w1.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "luohu/core/error.hpp"
#include "luohu/random/batch.hpp"

namespace luohu::bench {
namespace {

constexpr Stream events = stream_named("w1");

/// Upper bound in 256ths of a threshold; 255 lets everyone pass.
constexpr std::uint8_t byte_bound(std::uint64_t threshold) {
  return static_cast<std::uint8_t>(std::min<std::uint64_t>((threshold + 0xFFFFFFU) >> 24U, 255));
}

}  // namespace

/// Some of the people who pass the screen, few enough that their draws stay in the first-level cache.
struct W1::Batch {
  static constexpr std::size_t most = 512;
  std::size_t first = 0;                ///< row of the chunk's first person
  std::span<const std::uint32_t> rows;  ///< of the chunk
  std::array<std::uint64_t, most> id;
  std::array<Words, most> words;  ///< own: decision, destination, registration, sex of a child
  // Positions in the batch, in order.
  std::array<std::uint16_t, most> dying, bearing, moving;
  std::size_t deaths = 0, births = 0, moves = 0;
};

W1::W1(const W1Parameters& parameters, std::size_t people, Seed seed)
    : places_{parameters.places},
      seed_{seed},
      people_{start_population(parameters, people, seed)},
      alive_{static_cast<std::int64_t>(people)},
      counts_(places_ * 2 * w1_cohorts),
      workers_(static_cast<std::size_t>(threads())) {
  set_tables(parameters);
  for (Worker& worker : workers_) {
    worker.change.resize(counts_.size());
    worker.moves.resize(places_ * places_);
    worker.bytes.resize(chunk_rows);
    worker.rows.resize(chunk_rows);
  }
  for (std::size_t row = 0; row < people; ++row) {
    ++counts_[cell(people_.home[row], people_.life[row])];
  }
}

void W1::set_tables(const W1Parameters& parameters) {
  for (std::size_t sex = 0; sex < sexes; ++sex) {
    for (std::size_t age = 0; age < w1_ages; ++age) {
      const double death = parameters.death[sex][age];
      const double birth = static_cast<Sex>(sex) == Sex::female ? parameters.birth[age] : 0.0;
      const double move = parameters.move[age];
      const std::array<double, nothing> probability{death, (1 - death) * birth * (1 - move), (1 - death) * birth * move,
                                                    (1 - death) * (1 - birth) * move};
      double sum = 0;
      for (std::size_t o = 0; o < nothing; ++o) thresholds_of_age_[sex][age][o] = threshold_of(sum += probability[o]);
    }
  }
  const std::span shares{parameters.destination.values()};
  for (std::size_t o = 0; o < places_; ++o) destination_.emplace_back(shares.subspan(o * places_, places_));
  male_ = threshold_of(parameters.male_births);
  registers_ = threshold_of(parameters.registers_on_move);
}

std::size_t W1::cell(Home home, Life life) const {
  return (std::size_t{home.place} * 2 + (home.place == home.registered ? 0U : 1U)) * w1_cohorts + life.cohort();
}

W1Year W1::advance() {
  for (std::size_t bits = 0; bits < thresholds_.size(); ++bits) {
    const Life life = Life::of_bits(static_cast<std::uint8_t>(bits));
    const std::size_t age = life.age(year_);
    thresholds_[bits] = age < w1_ages ? thresholds_of_age_[static_cast<std::size_t>(life.sex())][age] : Thresholds{};
    bounds_[bits] = byte_bound(thresholds_[bits].back());
  }
  const std::size_t rows = people_.size();
  children_.resize(chunks_of(rows));
  for_each_chunk(rows, [&](const Chunk& chunk, std::size_t thread) {
    live_a_year(chunk, workers_[thread], children_[chunk.index]);
  });
  append_children();
  W1Year year = gather();
  year.screened = static_cast<std::int64_t>(rows);
  ++year_;
  year.people = by_age_group();
  // A row of the dead costs a byte and a comparison a year: much less than moving everyone up.
  const auto dead = people_.size() - static_cast<std::size_t>(alive_);
  if (dead > people_.size() / 16) compact(people_);
  return year;
}

void W1::live_a_year(const Chunk& chunk, Worker& worker, std::vector<Child>& children) {
  const std::size_t count = chunk.last - chunk.first;
  const std::span bytes{worker.bytes.data(), count};
  draw_screen_bytes({seed_, events, year_}, people_.id.rows(chunk.first, chunk.last), bytes);
  const std::span lives{reinterpret_cast<const std::uint8_t*>(people_.life.data() + chunk.first), count};
  const std::size_t passed = screen_by_cell(bytes, lives, bounds_, worker.rows);
  worker.passed += static_cast<std::int64_t>(passed);

  children.clear();
  for (std::size_t done = 0; done < passed; done += Batch::most) {
    Batch batch;
    batch.first = chunk.first;
    batch.rows = std::span{worker.rows}.subspan(done, std::min(Batch::most, passed - done));
    decide(batch, worker);
    die(batch, worker);
    bear(batch, worker, children);
    move(batch, worker);
  }
}

/// What happens to whom, at the full resolution of 32 bits. Written without branches: which of the
/// outcomes it is cannot be predicted.
void W1::decide(Batch& batch, const Worker& worker) const {
  const std::size_t count = batch.rows.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = batch.first + batch.rows[i];
    batch.id[i] = people_.id[row];
    __builtin_prefetch(&people_.home[row], 1);
  }
  draw_own_words({seed_, events, year_}, std::span{batch.id}.first(count), batch.words);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = batch.first + batch.rows[i];
    const std::uint64_t u = compose(worker.bytes[batch.rows[i]], batch.words[i]);
    const Thresholds& ends = thresholds_[people_.life[row].bits()];
    unsigned outcome = 0;
    for (const std::uint64_t end : ends) outcome += static_cast<unsigned>(u >= end);
    const bool alive = people_.home[row].place != Home::gone;
    batch.dying[batch.deaths] = static_cast<std::uint16_t>(i);
    batch.bearing[batch.births] = static_cast<std::uint16_t>(i);
    batch.moving[batch.moves] = static_cast<std::uint16_t>(i);
    batch.deaths += static_cast<std::size_t>(alive & (outcome == dies));
    batch.births += static_cast<std::size_t>(alive & ((outcome == bears) | (outcome == bears_and_moves)));
    batch.moves += static_cast<std::size_t>(alive & ((outcome == bears_and_moves) | (outcome == moves)));
  }
}

void W1::die(const Batch& batch, Worker& worker) {
  for (std::size_t i = 0; i < batch.deaths; ++i) {
    const std::size_t row = batch.first + batch.rows[batch.dying[i]];
    --worker.change[cell(people_.home[row], people_.life[row])];
    people_.home[row].place = Home::gone;
  }
}

void W1::bear(const Batch& batch, Worker& worker, std::vector<Child>& children) const {
  for (std::size_t i = 0; i < batch.births; ++i) {
    const std::size_t k = batch.bearing[i];
    const Sex sex = batch.words[k][3] < male_ ? Sex::male : Sex::female;
    Child child{child_id(PersonId{batch.id[k]}, year_, 0).value(), Life{sex, year_ + 1},
                people_.home[batch.first + batch.rows[k]]};
    child.home.moved = this_year();
    ++worker.change[cell(child.home, child.life)];
    children.push_back(child);
  }
}

void W1::move(const Batch& batch, Worker& worker) {
  for (std::size_t i = 0; i < batch.moves; ++i) {
    const std::size_t k = batch.moving[i];
    const std::size_t row = batch.first + batch.rows[k];
    const Life life = people_.life[row];
    Home& home = people_.home[row];
    const auto target = static_cast<std::uint8_t>(destination_[home.place](batch.words[k][1]));
    ++worker.moves[home.place * places_ + target];
    --worker.change[cell(home, life)];
    const std::uint8_t registered = batch.words[k][2] < registers_ ? target : home.registered;
    home = {target, registered, this_year()};
    ++worker.change[cell(home, life)];
  }
}

void W1::append_children() {
  std::vector<std::size_t> first(children_.size() + 1, people_.size());
  for (std::size_t c = 0; c < children_.size(); ++c) first[c + 1] = first[c] + children_[c].size();
  people_.resize(first.back());
  for_each_task(children_.size(), [&](std::size_t c) {
    std::size_t row = first[c];
    for (const Child& child : children_[c]) {
      people_.id[row] = child.id;
      people_.life[row] = child.life;
      people_.home[row] = child.home;
      ++row;
    }
  });
}

/// Bring the counts up to date with what the threads have counted.
W1Year W1::gather() {
  W1Year year;
  year.moves = Grid<std::int64_t, 2>{{places_, places_}};
  year.at_risk = alive_;
  for (const auto& children : children_) year.births += static_cast<std::int64_t>(children.size());
  for (Worker& worker : workers_) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += worker.change[i];
    for (std::size_t i = 0; i < worker.moves.size(); ++i) year.moves.values()[i] += worker.moves[i];
    year.passed += worker.passed;
    worker.passed = 0;
    std::ranges::fill(worker.change, 0);
    std::ranges::fill(worker.moves, 0);
  }
  alive_ = std::accumulate(counts_.begin(), counts_.end(), std::int64_t{0});
  year.deaths = year.at_risk + year.births - alive_;
  return year;
}

Grid<std::int64_t, 3> W1::by_age_group() const {
  Grid<std::int64_t, 3> people{{places_, w1_age_groups, 2}};
  for (std::size_t place = 0; place < places_; ++place) {
    for (std::size_t elsewhere = 0; elsewhere < 2; ++elsewhere) {
      for (std::size_t age = 0; age < w1_ages; ++age) {
        const std::size_t cohort = Life{Sex::female, year_ - static_cast<Year>(age)}.cohort();
        people(place, w1_age_group(age), elsewhere) += counts_[(place * 2 + elsewhere) * w1_cohorts + cohort];
      }
    }
  }
  return people;
}

Grid<std::int64_t, 3> W1::recount() const {
  Grid<std::int64_t, 3> people{{places_, w1_age_groups, 2}};
  for (std::size_t row = 0; row < people_.size(); ++row) {
    const Home home = people_.home[row];
    if (home.place == Home::gone) continue;
    ++people(home.place, w1_age_group(people_.life[row].age(year_)), home.place != home.registered);
  }
  return people;
}

}  // namespace luohu::bench
