#include "luohu/rates/parameters.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

using namespace luohu;

TEST_CASE("every parameter of the model has exactly one entry", "[parameters]") {
  // All fields are doubles, so as many distinct fields as fit in the struct are all of them.
  std::set<const double*> fields;
  std::set<std::string_view> names;
  const Parameters values;
  for (const ParameterInfo& parameter : parameter_table()) {
    INFO(parameter.name);
    REQUIRE(parameter.field != nullptr);
    CHECK(fields.insert(&(values.*parameter.field)).second);
    CHECK(names.insert(parameter.name).second);
  }
  CHECK(fields.size() == sizeof(Parameters) / sizeof(double));
}

TEST_CASE("every default lies in its range and says where it comes from", "[parameters]") {
  const std::set<std::string> groups{"migration", "age_schedule", "services", "settling", "schooling",
                                     "synthesis", "insurance",    "housing",  "vital",    "boundary",
                                     "inversion", "family",       "labour",   "land",     "fiscal"};
  const Parameters defaults;
  for (const ParameterInfo& parameter : parameter_table()) {
    INFO(parameter.name);
    CHECK(parameter.minimum < parameter.maximum);
    CHECK(parameter.minimum <= defaults.*parameter.field);
    CHECK(defaults.*parameter.field <= parameter.maximum);
    CHECK_FALSE(parameter.unit.empty());
    CHECK_FALSE(parameter.source.empty());
    CHECK_FALSE(parameter.title_zh.empty());
    CHECK_FALSE(parameter.title_en.empty());
    CHECK(groups.contains(std::string{parameter.name.substr(0, parameter.name.find('.'))}));
  }
}

TEST_CASE("a parameter is found by its whole name", "[parameters]") {
  REQUIRE(find_parameter("migration.push_exponent") != nullptr);
  CHECK(find_parameter("migration.push_exponent")->field == &Parameters::push_exponent);
  CHECK(find_parameter("push_exponent") == nullptr);
  CHECK(find_parameter("") == nullptr);
}

TEST_CASE("the weights of the services sum to one", "[parameters]") {
  const Parameters p;
  CHECK(p.weight_school + p.weight_preschool + p.weight_health + p.weight_pension + p.weight_housing == Approx(1));
}
