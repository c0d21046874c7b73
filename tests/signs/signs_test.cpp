// What measures do to Hunan, in the direction that theory or evidence says. Where the model does not do what was
// expected of it, the test holds what it does and says so.

#include <catch2/catch.hpp>

#include "signs/numbers.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

bool on_registration(std::string_view lever) {
  return lever.starts_with("registration.");
}
bool on_a_line(std::size_t prefecture) {
  return prefecture != yongzhou && prefecture != xiangxi;
}
bool outside_changsha(std::size_t prefecture) {
  return prefecture != changsha;
}

}  // namespace

TEST_CASE("rules and services act on settling against each other", "[signs]") {
  const Runs runs{{hunan("baseline.toml"), hunan("measure-01.toml"), hunan("measure-02.toml")}};
  const auto effect = [&](std::size_t scenario, auto number) {
    return Sample{runs[scenario], number} - Sample{runs[0], number};
  };
  // Services for the unregistered narrow the income wedge of living elsewhere: more move (38 standard errors), to
  // Changsha above all (83), where places are built too. What is served already gives less reason to register (-23).
  const Sample moved = effect(2, moves_between_prefectures), fewer = effect(2, settled_everywhere);
  const Sample to_changsha = effect(2, [](const History& history) {
    return moves(history, [](std::size_t, std::size_t to) { return to == changsha; });
  });
  INFO("measure 2: moves " << moved.text() << ", to Changsha " << to_changsha.text() << ", settled " << fewer.text());
  CHECK(positive(moved));
  CHECK(positive(to_changsha));
  CHECK(negative(fewer));

  // Lower thresholds admit people who wished to register and could not (66).
  const Sample more = effect(1, settled_everywhere);
  INFO("measure 1: settled " << more.text());
  CHECK(positive(more));
}

TEST_CASE("limits and services together let fewer settle than the sum of the two", "[signs]") {
  // Whoever is served has less to gain by registering, so that lifting a limit lets fewer of them in (-28). The upper
  // bound is cut into its rules and the rest; measures 1 and 2 differ from their sum by a tenth of it, and less
  // clearly.
  const Runs runs{{hunan("baseline.toml"), hunan("abolish-all.toml"), hunan_only("abolish-all.toml", on_registration),
                   hunan_only("abolish-all.toml", [](std::string_view lever) { return !on_registration(lever); })}};
  const auto settlers = [&](std::size_t scenario) { return Sample{runs[scenario], settled_everywhere}; };
  const Sample limits = settlers(2) - settlers(0), coverage = settlers(3) - settlers(0);
  const Sample together = settlers(1) - settlers(0) - (limits + coverage);
  INFO("limits " << limits.text() << ", coverage " << coverage.text() << ", joint " << together.text());
  CHECK(positive(limits));
  CHECK(negative(coverage));
  CHECK(negative(together));
}

TEST_CASE("measure 1 changes almost nothing outside Changsha", "[signs]") {
  // Limits there were up to a year of residence, over when people first decide. Left is the one-stop service: 1.1 %
  // more settle (47 standard errors), and without it nobody more or less, to within 0.2 % (22).
  const Runs runs{{hunan("baseline.toml"), hunan("measure-01.toml"),
                   hunan_only("measure-01.toml",
                              [](std::string_view lever) { return lever != "registration.application_factor"; })}};
  const auto outside = [](const History& history) { return settled(history, outside_changsha); };
  const auto inside = [&](const History& history) { return settled_everywhere(history) - outside(history); };
  const Sample before{runs[0], outside};
  const Sample with_service = Sample{runs[1], outside} - before, rules = Sample{runs[2], outside} - before;
  INFO("settled outside Changsha " << before.text() << ", measure 1 " << with_service.text() << ", its rules alone "
                                   << rules.text());
  CHECK(positive(with_service));
  CHECK(positive(0.02 * before - with_service));
  CHECK(positive(0.002 * before - rules));
  CHECK(positive(0.002 * before - -1 * rules));
  CHECK(positive(Sample{runs[2], inside} - Sample{runs[0], inside}));
}

TEST_CASE("land rights kept after settling let more settle", "[signs]") {
  // Registering in a town puts rural land at stake; the less is lost, the more wish to (127).
  const Runs runs{{hunan("baseline.toml"),
                   hunan_only("measure-04.toml", [](std::string_view lever) { return lever == "land.rights_kept"; })}};
  const Sample more = Sample{runs[1], settled_everywhere} - Sample{runs[0], settled_everywhere};
  INFO(more.text());
  CHECK(positive(more));
}

TEST_CASE("new seats in Changsha leave fewer children behind", "[signs]") {
  // A mother takes her child along where it finds a school (-29); what policy lets in without places helps half as
  // much.
  const Runs runs{{hunan("measure-02.toml"),
                   hunan_only("measure-02.toml", [](std::string_view lever) { return lever != "school.seats"; })}};
  const auto without_place = [](const History& history) { return total(history.over_years("unmet_seats")); };
  const Sample children = Sample{runs[0], left_behind} - Sample{runs[1], left_behind};
  const Sample unmet = Sample{runs[0], without_place} - Sample{runs[1], without_place};
  INFO("left behind " << children.text() << ", without a place " << unmet.text());
  CHECK(negative(children));
  CHECK(negative(unmet));
}

TEST_CASE("more elastic housing lowers rents and what opening adds to them", "[signs]") {
  // More dwellings are built where incomes rise: rents fall (-138), real incomes rise (76), and opening drives rents up
  // less (-30). Those who lived in towns before lose 0.07 % of real income by opening; a tenth less of it here, at 5
  // standard errors. Published gains of opening double with elastic land (Wu & You 2025); a fifth of spending is rent.
  Scenario elastic = hunan("measure-16.toml");
  REQUIRE(elastic.measures.size() == 1);
  elastic.measures[0].amount = 0.336;  // no land regulation: from 0.750 to 1.086
  Scenario both = hunan("abolish-all.toml");
  both.measures.push_back(elastic.measures[0]);
  const Runs runs{{hunan("baseline.toml"), elastic, hunan("abolish-all.toml"), both}};
  const auto effect = [&](std::size_t scenario, std::size_t against, auto number) {
    return Sample{runs[scenario], number} - Sample{runs[against], number};
  };
  const Sample rents = effect(1, 0, rent), incomes = effect(1, 0, real_income);
  const Sample rents_opening = effect(3, 1, rent) - effect(2, 0, rent);
  const Sample gain = effect(3, 1, real_income) - effect(2, 0, real_income);
  INFO("rents " << rents.text() << ", log real income " << incomes.text() << "; of opening: rents "
                << effect(2, 0, rent).text() << " and " << rents_opening.text() << " more, income "
                << effect(2, 0, real_income).text() << " and " << gain.text() << " more");
  CHECK(negative(rents));
  CHECK(positive(incomes));
  CHECK(negative(rents_opening));
  CHECK(gain.mean() > 0);
}

TEST_CASE("wages do not damp the response to opening", "[signs]") {
  // Expected was that the response is several times larger if wages stand still (Gai, Guo, Li, Shi & Zhu). The model
  // says otherwise: a town produces at constant returns and gains by agglomeration, so that a balanced inflow lowers no
  // wage; damping would take a fixed factor in towns. And the registered count as locals in the labour market: opening
  // makes migrants scarcer there, whose wages rise and draw more, and locals more plentiful, whose wages fall.
  // Evidence on the reform of 2014 has it the other way round (An, Qin, Wu & You 2024). Both are reasons to read wage
  // effects with care, and not errors of this test.
  const auto without_wages = [](const std::string& file) {
    Scenario scenario = hunan(file);
    scenario.feedbacks.wages = false;
    return scenario;
  };
  const Runs runs{{hunan("baseline.toml"), hunan("abolish-all.toml"), without_wages("baseline.toml"),
                   without_wages("abolish-all.toml")}};
  const auto response = [&](std::size_t pair, auto number) {
    return Sample{runs[pair + 1], number} - Sample{runs[pair], number};
  };
  const Sample with = response(0, residents_of_changsha_town), without = response(2, residents_of_changsha_town);
  const Sample migrants = response(0, [](const History& h) { return wage_in_changsha(h, Standing::migrant); });
  const Sample locals = response(0, [](const History& h) { return wage_in_changsha(h, Standing::local); });
  INFO("Changsha's town with wages " << with.text() << ", without " << without.text() << "; wage of migrants "
                                     << migrants.text() << ", of locals " << locals.text());
  CHECK(positive(with));
  CHECK(positive(1.1 * with - without));
  CHECK(positive(migrants));
  CHECK(negative(locals));
}

TEST_CASE("shorter travel along the high-speed lines raises the moves along them", "[signs]") {
  // Moves fall with travel time: a fifth less time is 17 % more attraction, 0.8 to the power -0.7. Moves along the
  // lines rise by a tenth (109); from and to the two prefectures on no line they change by less than 10 % (27).
  const Runs runs{{hunan("baseline.toml"), hunan_only("measure-05.toml", [](std::string_view lever) {
                     return lever == "travel.between_factor";
                   })}};
  const auto along = [](const History& history) {
    return moves(history, [](std::size_t from, std::size_t to) { return on_a_line(from) && on_a_line(to); });
  };
  const auto aside = [&](const History& history) { return moves_between_prefectures(history) - along(history); };
  const Sample on_lines = Sample{runs[1], along} - Sample{runs[0], along};
  const Sample off_lines = Sample{runs[1], aside} - Sample{runs[0], aside}, before{runs[0], aside};
  INFO("along " << on_lines.text() << ", aside " << off_lines.text() << " of " << before.text());
  CHECK(positive(on_lines));
  CHECK(positive(0.1 * before - off_lines));
  CHECK(positive(0.1 * before - -1 * off_lines));
}

TEST_CASE("a measure without effect of its own gives the baseline's numbers", "[signs]") {
  // 12 has no size; 13 adds beds where beds do not bind; 21 and 22 scale other measures.
  const Runs runs{{hunan("baseline.toml"), hunan("measure-12-optional.toml"), hunan("measure-13.toml"),
                   hunan("measure-21.toml"), hunan("measure-22.toml")},
                  1};
  for (std::size_t scenario = 1; scenario <= 4; ++scenario) {
    INFO(scenario);
    const auto digest = [&](std::size_t s) { return runs[s][0].at_end("person_digest"); };
    CHECK(digest(scenario) == digest(0));
  }
}

TEST_CASE("in the upper bound everybody served has a place", "[signs]") {
  const Runs runs{{hunan("abolish-all.toml")}, 1};
  for (std::size_t year = 1; year < runs[0][0].years().size(); ++year) {
    INFO(year);
    for (const double coverage : runs[0][0].at(year, "coverage")) CHECK(coverage == 1);
  }
}
