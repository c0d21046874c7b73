#include "luohu/processes/reclassification.hpp"

#include <algorithm>

namespace luohu {
namespace {

std::vector<std::uint64_t> thresholds(std::span<const double> rate) {
  std::vector<std::uint64_t> shares(rate.size());
  std::ranges::transform(rate, shares.begin(), [](double r) { return threshold_of(r); });
  return shares;
}

/// New boundaries reach those who did not move this year.
bool stayed(const YearContext& now, const Population& people, std::size_t row) {
  return !people.gone(row) && people.arrived[row].year() < now.year;
}

void register_in_town(const Places& places, Population& people, std::size_t row, Ledger& ledger) {
  const ZoneId from = people.registered[row];
  const ZoneId to = places.zone(places.place_of(from), ZoneKind::urban);
  ledger.registered_reclassified[from.value()] -= ledger.weight;
  ledger.registered_reclassified[to.value()] += ledger.weight;
  people.registered[row] = to;
}

}  // namespace

Reclassification::Reclassification(const YearContext& now, std::span<const double> rate, const Cells& cells)
    : share_{thresholds(rate)}, bounds_{bounds_of(cells, [&](ZoneId zone, Status, Sex, int) -> std::uint64_t {
        return now.places.countryside(zone) ? share_[now.places.place_of(zone).value()] : 0;
      })} {}

std::uint64_t Reclassification::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  const ZoneId home = people.home[row];
  if (!stayed(now, people, row) || !now.places.countryside(home)) return 0;
  if (dependent(now, people, row) && people.traits[row].with_mother()) return 0;
  return share_[now.places.place_of(home).value()];
}

void Reclassification::happens(const YearContext& now, Population& people, std::size_t row, const Words&,
                               Ledger& ledger, Requests&) const {
  reclassify(now, people, row, ledger);
}

void reclassify(const YearContext& now, Population& people, std::size_t row, Ledger& ledger) {
  const ZoneId from = people.home[row];
  const ZoneId to = now.places.zone(now.places.place_of(from), ZoneKind::urban);
  ledger.reclassified(from.value(), people.traits[row].sex()) -= ledger.weight;
  ledger.reclassified(to.value(), people.traits[row].sex()) += ledger.weight;
  people.home[row] = to;
  if (people.registered[row] == from) register_in_town(now.places, people, row, ledger);
}

ReclassificationAway::ReclassificationAway(const YearContext& now, std::span<const double> rate, const Cells& cells)
    : share_{thresholds(rate)} {
  // The cell does not know the place of registration: anyone away may come from the fastest-growing one.
  const std::uint64_t most = share_.empty() ? 0 : *std::ranges::max_element(share_);
  bounds_ = bounds_of(cells, [&](ZoneId zone, Status status, Sex, int) -> std::uint64_t {
    if (status == Status::away) return most;
    const bool from_countryside = status == Status::same_place && now.places.town(zone);
    return from_countryside ? share_[now.places.place_of(zone).value()] : 0;
  });
}

std::uint64_t ReclassificationAway::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  const ZoneId registered = people.registered[row];
  if (!stayed(now, people, row) || registered == people.home[row] || !now.places.countryside(registered)) return 0;
  return share_[now.places.place_of(registered).value()];
}

void ReclassificationAway::happens(const YearContext& now, Population& people, std::size_t row, const Words&,
                                   Ledger& ledger, Requests&) const {
  register_in_town(now.places, people, row, ledger);
}

}  // namespace luohu
