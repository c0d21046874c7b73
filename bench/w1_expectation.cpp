#include "w1_expectation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace luohu::bench {
namespace {

using Map = Grid<double, 2>;  ///< [place][registered]

/// Expected people by age; `by_age[a]` for one sex.
using Sexed = std::vector<Map>;

class Projection {
 public:
  explicit Projection(const W1Parameters& parameters) : p_{parameters}, places_{parameters.places} {
    Map start{{places_, places_}};
    for (std::size_t o = 0; o < places_; ++o) {
      for (std::size_t r = 0; r < places_; ++r) {
        const double here = o == r ? p_.registered_at_start : 0.0;
        start(o, r) = p_.start_place[o] * (here + (1 - p_.registered_at_start) * p_.start_place[r]);
      }
    }
    for (Sexed& sex : people_) {
      for (const double share : p_.start_age) {
        sex.push_back(start);
        for (double& count : sex.back().values()) count *= share / 2;
      }
    }
    expected_.moves = Map{{places_, places_}};
  }

  void advance() {
    std::array<Sexed, sexes> next;
    Map born{{places_, places_}};
    for (std::size_t sex = 0; sex < sexes; ++sex) {
      next[sex].assign(w1_ages, Map{{places_, places_}});
      for (std::size_t age = 0; age < w1_ages; ++age) {
        const Map survivors = survive(people_[sex][age], p_.death[sex][age]);
        if (static_cast<Sex>(sex) == Sex::female) add(born, survivors, p_.birth[age]);
        if (age + 1 < w1_ages) next[sex][age + 1] = move(survivors, p_.move[age]);
      }
    }
    add(next[static_cast<std::size_t>(Sex::male)][0], born, p_.male_births);
    add(next[static_cast<std::size_t>(Sex::female)][0], born, 1 - p_.male_births);
    expected_.births += std::accumulate(born.values().begin(), born.values().end(), 0.0);
    people_ = std::move(next);
  }

  [[nodiscard]] W1Expectation result() {
    expected_.people = Grid<double, 3>{{places_, w1_age_groups, 2}};
    for (const Sexed& sex : people_) {
      for (std::size_t age = 0; age < w1_ages; ++age) {
        for (std::size_t o = 0; o < places_; ++o) {
          for (std::size_t r = 0; r < places_; ++r) expected_.people(o, w1_age_group(age), o != r) += sex[age](o, r);
        }
      }
    }
    return expected_;
  }

 private:
  static void add(Map& to, const Map& from, double factor) {
    for (std::size_t i = 0; i < to.values().size(); ++i) to.values()[i] += factor * from.values()[i];
  }

  Map survive(const Map& people, double q) {
    Map survivors{{places_, places_}};
    add(survivors, people, 1 - q);
    const double all = std::accumulate(people.values().begin(), people.values().end(), 0.0);
    expected_.deaths += all * q;
    expected_.person_years += all;
    return survivors;
  }

  Map move(const Map& people, double m) {
    if (m == 0) return people;
    Map after{{places_, places_}};
    add(after, people, 1 - m);
    for (std::size_t o = 0; o < places_; ++o) {
      for (std::size_t r = 0; r < places_; ++r) {
        for (std::size_t d = 0; d < places_; ++d) {
          const double movers = people(o, r) * m * p_.destination(o, d);
          expected_.moves(o, d) += movers;
          after(d, d) += movers * p_.registers_on_move;
          after(d, r) += movers * (1 - p_.registers_on_move);
        }
      }
    }
    return after;
  }

  const W1Parameters& p_;
  std::size_t places_;
  std::array<Sexed, sexes> people_;
  W1Expectation expected_;
};

struct ChiSquare {
  double sum = 0;
  std::size_t df = 0;
  /// Cells too small for the normal approximation are left out.
  void add(double observed, double expected) {
    if (expected < 10) return;
    sum += (observed - expected) * (observed - expected) / expected;
    ++df;
  }
  [[nodiscard]] double reduced() const { return df == 0 ? 0 : sum / static_cast<double>(df); }
};

template <std::size_t N>
double total_elsewhere(const Grid<double, N>& people) {
  double total = 0;
  for (std::size_t i = 1; i < people.values().size(); i += 2) total += people.values()[i];
  return total;
}

}  // namespace

W1Expectation expect_w1(const W1Parameters& parameters, int years) {
  Projection projection{parameters};
  for (int year = 0; year < years; ++year) projection.advance();
  return projection.result();
}

double W1Agreement::worst_z() const {
  return std::max(
      {std::abs(z_people), std::abs(z_deaths), std::abs(z_births), std::abs(z_moves), std::abs(z_elsewhere)});
}

W1Agreement compare(const W1Expectation& expected, const std::vector<W1Year>& years, std::size_t people) {
  const auto scale = static_cast<double>(people);
  Grid<double, 2> moves{expected.moves.shape()};
  double deaths = 0;
  double births = 0;
  for (const W1Year& year : years) {
    deaths += static_cast<double>(year.deaths);
    births += static_cast<double>(year.births);
    for (std::size_t i = 0; i < moves.values().size(); ++i)
      moves.values()[i] += static_cast<double>(year.moves.values()[i]);
  }
  W1Agreement agreement;
  ChiSquare flows;
  double moved = 0;
  double expected_moves = 0;
  for (std::size_t i = 0; i < moves.values().size(); ++i) {
    flows.add(moves.values()[i], scale * expected.moves.values()[i]);
    moved += moves.values()[i];
    expected_moves += scale * expected.moves.values()[i];
  }
  ChiSquare stocks;
  Grid<double, 3> last{expected.people.shape()};
  for (std::size_t i = 0; i < last.values().size(); ++i) {
    last.values()[i] = static_cast<double>(years.back().people.values()[i]);
    stocks.add(last.values()[i], scale * expected.people.values()[i]);
  }
  // Counts of rare events are nearly Poisson; of a person's moves a little more than that.
  const auto z = [](double observed, double mean) { return (observed - mean) / std::sqrt(mean); };
  agreement.z_deaths = z(deaths, scale * expected.deaths);
  agreement.z_births = z(births, scale * expected.births);
  agreement.z_moves = z(moved, expected_moves);
  const double gains = scale * (expected.births - expected.deaths);
  agreement.z_people = (births - deaths - gains) / std::sqrt(scale * (expected.births + expected.deaths));
  agreement.z_elsewhere = z(total_elsewhere(last), scale * total_elsewhere(expected.people));
  agreement.chi2_moves = flows.reduced();
  agreement.df_moves = flows.df;
  agreement.chi2_people = stocks.reduced();
  agreement.df_people = stocks.df;
  return agreement;
}

}  // namespace luohu::bench
