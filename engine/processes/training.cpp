#include "luohu/processes/training.hpp"

namespace luohu {
namespace {

bool of_age(int age) {
  return age >= Training::youngest && age <= Training::oldest;
}

}  // namespace

Training::Training(const YearContext& now, const Cells& cells) {
  for (const PlaceSettings& s : now.settings) share_.push_back(threshold_of(s.training_rate));
  bounds_ = bounds_of(cells, [&](ZoneId zone, Status status, Sex, int age) -> std::uint64_t {
    if (status == Status::home || !now.places.town(zone) || !of_age(age)) return 0;
    return share_[now.places.place_of(zone).value()];
  });
}

std::uint64_t Training::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  if (people.gone(row) || people.traits[row].education() != Education::basic) return 0;
  const ZoneId home = people.home[row];
  const bool from_countryside = now.places.countryside(people.registered[row]);
  if (!now.places.town(home) || !from_countryside || !of_age(age_at_start(people, row, now.year))) return 0;
  return share_[now.places.place_of(home).value()];
}

void Training::happens(const YearContext&, Population& people, std::size_t row, const Words&, Ledger&,
                       Requests&) const {
  people.traits[row].set(Education::senior);
}

}  // namespace luohu
