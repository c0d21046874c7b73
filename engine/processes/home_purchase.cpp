#include "luohu/processes/home_purchase.hpp"

namespace luohu {
namespace {

bool at_risk(const Places& places, ZoneId home, Status status, int age) {
  return status != Status::home && places.town(home) && age >= HomePurchase::youngest && age <= HomePurchase::oldest;
}

}  // namespace

HomePurchase::HomePurchase(const YearContext& now, const Cells& cells)
    : purchase_{threshold_of(probability_within_year(now.parameters.home_purchase))},
      bounds_{bounds_of(cells, [&](ZoneId zone, Status status, Sex, int age) {
        return at_risk(now.places, zone, status, age) ? purchase_ : 0;
      })} {}

std::uint64_t HomePurchase::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  if (people.gone(row) || people.traits[row].owner()) return 0;
  const Status status = status_of(now.places, people.home[row], people.registered[row]);
  return at_risk(now.places, people.home[row], status, age_at_start(people, row, now.year)) ? purchase_ : 0;
}

void HomePurchase::happens(const YearContext&, Population& people, std::size_t row, const Words&, Ledger&,
                           Requests&) const {
  people.traits[row].set_owner(true);
}

}  // namespace luohu
