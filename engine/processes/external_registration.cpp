#include "luohu/processes/external_registration.hpp"

namespace luohu {

ExternalRegistration::ExternalRegistration(const YearContext& now, const Cells& cells)
    : registration_{threshold_of(probability_within_year(now.parameters.external_registration))},
      bounds_{bounds_of(
          cells, [&](ZoneId zone, Status, Sex, int) { return now.places.internal(zone) ? 0 : registration_; })} {}

std::uint64_t ExternalRegistration::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  if (people.gone(row) || now.places.internal(people.home[row])) return 0;
  if (dependent(now, people, row) && people.traits[row].with_mother()) return 0;
  return people.arrived[row].year() < now.year ? registration_ : 0;
}

void ExternalRegistration::happens(const YearContext& now, Population& people, std::size_t row, const Words&,
                                   Ledger& ledger, Requests&) const {
  register_outside(now, people, row, ledger);
}

void register_outside(const YearContext& now, Population& people, std::size_t row, Ledger& ledger) {
  ledger.departures(people.home[row].value(), people.traits[row].sex()) += ledger.weight;
  ledger.registered_out[people.registered[row].value()] += ledger.weight;
  people.home[row] = ZoneId{};
  people.arrived[row] = ShortYear{now.year};
}

}  // namespace luohu
