#pragma once

#include <optional>

#include "luohu/policy/eligibility.hpp"
#include "luohu/processes/process.hpp"

namespace luohu {

/// What the rules of the place of residence see of a person.
[[nodiscard]] Candidate candidate(const YearContext& now, const Population& people, std::size_t row);
/// True for residents of a town of the province who are registered elsewhere and did not move this year.
[[nodiscard]] bool at_risk_of_settling(const YearContext& now, const Population& people, std::size_t row);

/// Wish to settle: whoever lives unregistered in a town and satisfies its rules applies with
/// probability 1 − exp(−ρ · logistic(z)) (model equation 10): schooling, years lived there, an own
/// home and the services gained speak for it, rural land rights and a small city against it.
class WishToSettle {
 public:
  static constexpr ProcessInfo info{"wish_to_settle", "", AtRisk::unregistered};

  WishToSettle(const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] double hazard(const YearContext& now, const Population& people, std::size_t row) const;
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

  /// logistic(z): the share of people like this one who would take local registration.
  [[nodiscard]] double willingness(const YearContext& now, const Population& people, std::size_t row) const;

 private:
  std::vector<double> gain_;       ///< [prefecture] value of the services gained, log income
  std::vector<double> land_cost_;  ///< [prefecture registered] log cost of giving up land rights
  std::vector<double> duration_;   ///< [years lived there] what they add to z
  Bounds bounds_;
};

/// The eligible, counted for everyone every year: who is at risk follows from the two zones, and most
/// places admit everyone who has stayed for a year.
class SettlingRisk {
 public:
  explicit SettlingRisk(const YearContext& now);
  /// Add those of the unregistered on the roll whom the rules admit, before any quota, to `eligible`
  /// [prefecture].
  void count_eligible(const YearContext& now, const Population& people, Scratch& scratch,
                      std::span<std::int64_t> eligible) const;

 private:
  /// `admitted`: whatever the person is like; `judged`: by the rules.
  enum class Risk : std::uint8_t { none, admitted, judged };
  std::size_t zones_;
  std::vector<Risk> risk_;            ///< [home, or zones() for the gone][registered]
  std::vector<std::uint16_t> place_;  ///< [home, or zones() for the gone]
};

/// Register one admitted person in the zone of residence.
void register_settler(const YearContext& now, Population& people, const Application& admitted, Ledger& ledger);

/// Register the applicants of places without a quota, and leave the others' applications for `admit`.
template <class Observer>
void settle_without_quota(const YearContext& now, Population& people, Requests& requests, Ledger& ledger,
                          const Observer& observer) {
  std::erase_if(requests.applications, [&](const Application& application) {
    const std::size_t row = application.person.value();
    if (now.settings[now.places.place_of(people.home[row]).value()].quota < no_quota) return false;
    if (people.home[row] == people.registered[row]) return true;  // reclassified this year
    observer.before(row);
    register_settler(now, people, application, ledger);
    observer.after(row);
    return true;
  });
}

/// Who of the applicants is admitted: where a quota binds, those with the smallest draws, ties by id. In
/// the order of places. Whoever has become registered at home in the meantime needs no admission.
[[nodiscard]] std::vector<Application> admit(const YearContext& now, const Population& people,
                                             std::span<const Requests> requests, std::int64_t persons_per_agent);

/// Share of income a resident loses in prefecture p for want of registration: the full-exclusion
/// wedge times the weighted share of services not extended to the unregistered (weights are relative).
[[nodiscard]] double service_wedge(const PlaceSettings& s, const Parameters& c);

/// The wedge as a newcomer of this schooling expects it: shortened by the prospect of registering
/// after the years the rules require. [prefecture][education]
[[nodiscard]] Grid<double, 2> expected_wedge(const Settings& settings, const Parameters& c);

}  // namespace luohu
