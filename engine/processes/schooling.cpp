#include "luohu/processes/schooling.hpp"

namespace luohu {

Schooling::Schooling(const YearContext& now, const Cells& cells)
    : tertiary_{threshold_of(now.parameters.tertiary_transition)},
      bounds_{bounds_of(cells, [&](ZoneId zone, Status status, Sex, int age) -> std::uint64_t {
        if (age == senior_age) return senior(now, zone, status);
        return age == tertiary_age ? tertiary_ : 0;
      })} {}

std::uint64_t Schooling::senior(const YearContext& now, ZoneId home, Status status) const {
  const Parameters& c = now.parameters;
  if (status == Status::away) return threshold_of(c.senior_transition_away);
  return threshold_of(now.places.kind_of(home) == ZoneKind::urban ? c.senior_transition_urban
                                                                  : c.senior_transition_rural);
}

std::uint64_t Schooling::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  if (people.gone(row)) return 0;
  const int age = age_at_start(people, row, now.year);
  const Education education = people.traits[row].education();
  if (age == senior_age && education == Education::basic) {
    return senior(now, people.home[row], status_of(now.places, people.home[row], people.registered[row]));
  }
  return age == tertiary_age && education == Education::senior ? tertiary_ : 0;
}

void Schooling::happens(const YearContext&, Population& people, std::size_t row, const Words&, Ledger&,
                        Requests&) const {
  Traits& traits = people.traits[row];
  traits.set(traits.education() == Education::basic ? Education::senior : Education::tertiary);
}

}  // namespace luohu
