#include "luohu/processes/insurance.hpp"

#include <algorithm>

#include "luohu/policy/eligibility.hpp"

namespace luohu {
namespace {

bool at_risk(const Places& places, ZoneId home, Status status, int age) {
  return status != Status::home && places.town(home) && age >= working_age && age < Insurance::retirement_age;
}

}  // namespace

Insurance::Insurance(const YearContext& now, const Cells& cells) {
  const Parameters& c = now.parameters;
  entry_ = {threshold_of(probability_within_year(c.insurance_entry_basic)),
            threshold_of(probability_within_year(c.insurance_entry_senior)),
            threshold_of(probability_within_year(c.insurance_entry_tertiary))};
  exit_ = threshold_of(probability_within_year(c.insurance_exit));
  const std::uint64_t most = std::max(exit_, *std::ranges::max_element(entry_));
  bounds_ = bounds_of(cells, [&](ZoneId zone, Status status, Sex, int age) {
    return at_risk(now.places, zone, status, age) ? most : 0;
  });
}

std::uint64_t Insurance::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  if (people.gone(row)) return 0;
  const Status status = status_of(now.places, people.home[row], people.registered[row]);
  if (!at_risk(now.places, people.home[row], status, age_at_start(people, row, now.year))) return 0;
  return people.insured_since[row] == ShortYear::never()
             ? entry_[static_cast<std::size_t>(people.traits[row].education())]
             : exit_;
}

void Insurance::happens(const YearContext& now, Population& people, std::size_t row, const Words&, Ledger&,
                        Requests&) const {
  ShortYear& since = people.insured_since[row];
  since = since == ShortYear::never() ? ShortYear{now.year} : ShortYear::never();
}

}  // namespace luohu
