#include "luohu/processes/countryside_registration.hpp"

#include "luohu/processes/settling.hpp"

namespace luohu {

CountrysideRegistration::CountrysideRegistration(const YearContext& now, const Cells& cells) {
  for (const PlaceSettings& s : now.settings) {
    registration_.push_back(threshold_of(probability_within_year(s.countryside_registration)));
  }
  bounds_ = bounds_of(cells, [&](ZoneId zone, Status status, Sex, int) -> std::uint64_t {
    if (status == Status::home || !now.places.countryside(zone)) return 0;
    return registration_[now.places.place_of(zone).value()];
  });
}

std::uint64_t CountrysideRegistration::threshold(const YearContext& now, const Population& people,
                                                 std::size_t row) const {
  const ZoneId home = people.home[row];
  if (people.gone(row) || home == people.registered[row] || !now.places.countryside(home)) return 0;
  if (people.arrived[row].year() >= now.year || dependent(now, people, row)) return 0;
  return registration_[now.places.place_of(home).value()];
}

void CountrysideRegistration::happens(const YearContext& now, Population& people, std::size_t row, const Words&,
                                      Ledger& ledger, Requests&) const {
  register_settler(now, people, {0, Slot{static_cast<std::uint32_t>(row)}, Route::countryside}, ledger);
}

}  // namespace luohu
