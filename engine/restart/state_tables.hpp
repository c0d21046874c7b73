#pragma once
// The tables of a simulation's state by name: writing, reading and checking walk the same lists.

#include <string_view>

#include "luohu/markets/markets.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu::restart {

template <class Self, class Visit>
void for_each_count(Self& stock, Visit&& visit) {
  visit("base.population", stock.population.values()), visit("base.by_origin", stock.by_origin.values());
  visit("base.registered", stock.registered), visit("base.workers", stock.workers.values());
  visit("base.children", stock.children.values()), visit("base.choosers", stock.choosers.values());
}

template <class Self, class Visit>
void for_each_market_table(Self& state, Visit&& visit) {
  visit("markets.land", state.land), visit("markets.rent", state.rent);
  visit("markets.places", state.places.values()), visit("markets.by_measures", state.places_by_measures.values());
  visit("markets.rental_places", state.rental_places), visit("markets.settled", state.settled_to_date);
}

}  // namespace luohu::restart
