// The reference workload: the same bytes however it is run, and the numbers demography demands.

#include "w1.hpp"

#include <catch2/catch.hpp>

#include "golden/digests.hpp"
#include "luohu/core/vector_path.hpp"
#include "w1_expectation.hpp"
#include "w1_plain.hpp"

namespace luohu::bench {
namespace {

constexpr std::size_t people = golden::w1_people;

struct Outcome {
  std::vector<W1Year> years;
  std::uint64_t digest = 0;
  bool tables_hold = true;  ///< the tables kept up to date equal a recount, every year
};

Outcome simulate(const W1Parameters& w1, int with_threads) {
  const int before = threads();
  set_threads(with_threads);
  Outcome outcome;
  W1 model{w1, people, Seed{1}};
  for (int year = 0; year < w1.years; ++year) {
    outcome.years.push_back(model.advance());
    outcome.tables_hold = outcome.tables_hold && outcome.years.back().people == model.recount();
  }
  outcome.digest = digest(outcome.years) ^ digest(model.people());
  set_threads(before);
  return outcome;
}

}  // namespace

TEST_CASE("W1 gives the pinned result for any number of threads and any vector instructions") {
  const W1Parameters w1 = w1_parameters();
  const VectorPath before = vector_path();
  for (const VectorPath path : {VectorPath::baseline, VectorPath::avx2, VectorPath::avx512}) {
    set_vector_path(path);
    for (const int with_threads : {1, 2, 3}) {
      const Outcome outcome = simulate(w1, with_threads);
      INFO(name_of(vector_path()) << ", " << with_threads << " threads");
      CHECK(outcome.digest == golden::w1);
      CHECK(outcome.tables_hold);
    }
  }
  set_vector_path(before);
}

// With the seeds fixed nothing is left to chance; the limits are what one seed in a million exceeds.
TEST_CASE("W1 and its plain counterpart agree with the multistate projection") {
  const W1Parameters w1 = w1_parameters();
  const W1Expectation expected = expect_w1(w1, w1.years);
  PlainW1 plain{w1, people, 1};
  std::vector<W1Year> plain_years;
  for (int year = 0; year < w1.years; ++year) plain_years.push_back(plain.advance());

  for (const std::vector<W1Year>& years : {simulate(w1, 1).years, plain_years}) {
    const W1Agreement agreement = compare(expected, years, people);
    CHECK(agreement.worst_z() < 5);
    CHECK(agreement.chi2_moves == Approx(1).margin(0.3));
    CHECK(agreement.chi2_people == Approx(1).margin(0.3));
  }
}

TEST_CASE("the projection notices a probability that is 5 % off") {
  const W1Parameters w1 = w1_parameters();
  W1Parameters wrong = w1;
  SECTION("of death") {
    for (std::vector<double>& q : wrong.death) {
      for (std::size_t age = 0; age + 1 < q.size(); ++age) q[age] *= 1.05;
    }
  }
  SECTION("of birth") {
    for (double& probability : wrong.birth) probability *= 1.05;
  }
  SECTION("of a move") {
    for (double& probability : wrong.move) probability *= 1.05;
  }
  CHECK(compare(expect_w1(w1, w1.years), simulate(wrong, 1).years, people).worst_z() > 5);
}

}  // namespace luohu::bench
