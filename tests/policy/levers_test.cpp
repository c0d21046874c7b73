#include "luohu/policy/levers.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace luohu;

TEST_CASE("every setting is set by exactly one lever", "[levers]") {
  const PlaceSettings settings;
  std::set<const double*> fields;
  std::set<std::string_view> names;
  for (const Lever& lever : levers()) {
    INFO(lever.name);
    REQUIRE(lever.field != nullptr);
    CHECK(fields.insert(&(settings.*lever.field)).second);
    CHECK(names.insert(lever.name).second);
    CHECK(find_lever(lever.name) == &lever);
  }
  CHECK(fields.size() == sizeof(PlaceSettings) / sizeof(double));
  CHECK(find_lever("registration.qouta") == nullptr);
}

TEST_CASE("every lever has a range that holds its default, a unit, titles and an effect", "[levers]") {
  const PlaceSettings defaults;
  for (const Lever& lever : levers()) {
    INFO(lever.name);
    CHECK(lever.minimum < lever.maximum);
    CHECK(lever.minimum <= defaults.*lever.field);
    CHECK(defaults.*lever.field <= lever.maximum);
    for (const std::string_view text : {lever.unit, lever.base, lever.title_zh, lever.title_en, lever.effect}) {
      CHECK_FALSE(text.empty());
    }
  }
}

TEST_CASE("requirements and the wedge loosen downward, everything else upward", "[levers]") {
  const std::set<std::string_view> downward{"housing.rent_growth_cap",
                                            "land.village_reserve",
                                            "travel.between_factor",
                                            "travel.within_factor",
                                            "registration.required_residence_years",
                                            "registration.required_insurance_years",
                                            "registration.minimum_education",
                                            "registration.income_wedge"};
  for (const Lever& lever : levers()) CHECK(lever.loosens_downward == downward.contains(lever.name));
}
