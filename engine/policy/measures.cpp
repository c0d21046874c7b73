#include "luohu/policy/measures.hpp"

#include <algorithm>
#include <cmath>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

/// Mean of two values of which the second holds for `share` of the time. An infinite value (no
/// quota) that holds for part of the time leaves no limit on the whole of it.
double mixed(double before, double after, double share) {
  if (share <= 0) return before;
  if (share >= 1) return after;
  if (std::isinf(before)) return before;
  return before + share * (after - before);
}

/// What a measure in full effect makes of the value it finds.
double target_of(const Measure& measure, double found) {
  switch (measure.change) {
    case Change::add:
      return found + measure.amount;
    case Change::multiply:
      return measure.amount == 0 ? 0 : found * measure.amount;  // no quota times nothing is nothing
    case Change::value:
    case Change::schedule:
      break;
  }
  return measure.amount;
}

/// Mean over the year of a stepwise schedule, with `found` before its first time.
double scheduled(const Measure& measure, Year year, double found) {
  double value = found;  // the one in force from the year's start
  double past = 0;       // the share of the year gone by
  double mean = 0;
  for (const auto& [time, next] : measure.schedule) {
    const double at = time - year;
    if (at >= 1) break;
    if (at > past) {
      mean += (at - past) * value;
      past = at;
    }
    value = next;
  }
  return past > 0 ? mean + (1 - past) * value : value;
}

double applied(const Measure& measure, Year year, double found) {
  if (measure.change == Change::schedule) return scheduled(measure, year, found);
  return mixed(found, target_of(measure, found), mean_effect(measure, year));
}

/// Delivery is what a measure says about the others, and is not itself subject to delivery.
bool about_delivery(const Measure& measure) {
  return measure.lever->field == &PlaceSettings::fidelity;
}

void apply(const Measure& measure, Year year, Settings& settings) {
  const Lever& lever = *measure.lever;
  for (const PlaceId place : measure.places) {
    LUOHU_EXPECT(place.value() < settings.size());
    if (mean_effect(measure, year) <= 0) continue;  // bit for bit what it was
    PlaceSettings& here = settings[place.value()];
    double& value = here.*lever.field;
    const double delivered = about_delivery(measure) ? 1.0 : here.fidelity;
    value = std::clamp(mixed(value, applied(measure, year, value), delivered), lever.minimum, lever.maximum);
  }
}

}  // namespace

double mean_effect(const Measure& measure, Year year) {
  const bool stepwise = measure.change == Change::schedule;
  LUOHU_EXPECT(!stepwise || !measure.schedule.empty());
  const double begin = stepwise ? measure.schedule.begin()->first : measure.start + measure.lag;
  const double ramp = stepwise ? 0 : measure.ramp;
  // The year runs from `from` to `to`, in years since the first effect.
  const double from = year - begin;
  const double to = year + 1 - begin;
  if (to <= 0) return 0;
  if (from >= ramp) return 1;
  const double low = std::max(from, 0.0);
  const double high = std::min(to, ramp);
  const double rising = high > low ? (high - low) * (high + low) / (2 * ramp) : 0;
  const double full = std::max(to - ramp, 0.0);
  return std::min(rising + full, 1.0);
}

Settings settings_of(Year year, const Settings& base, std::span<const Measure> measures) {
  Settings settings = base;
  for (const bool delivery : {true, false}) {
    for (const Measure& measure : measures) {
      LUOHU_EXPECT(measure.lever != nullptr);
      if (measure.enabled && about_delivery(measure) == delivery) apply(measure, year, settings);
    }
  }
  return settings;
}

}  // namespace luohu
