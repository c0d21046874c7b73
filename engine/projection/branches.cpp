#include "branches.hpp"

#include "luohu/core/error.hpp"
#include "luohu/processes/settling.hpp"

namespace luohu {

std::size_t Branches::split(std::size_t row, const Share& part) {
  if (part.weight == share_[row].weight) return row;
  const std::size_t branch = people_.size();
  const Person person = people_.at(row);
  people_.resize(branch + 1);
  people_.put(branch, person);
  share_[row].weight -= part.weight;
  share_[row].mothers -= part.mothers;
  share_.push_back(part);
  // An application was made by everyone of the row.
  for (std::size_t i = 0; i < requests_.applications.size(); ++i) {
    Application application = requests_.applications[i];
    if (application.person.value() != row) continue;
    application.person = Slot{static_cast<std::uint32_t>(branch)};
    requests_.applications.push_back(application);
  }
  return branch;
}

void Branches::apply(const Births& births, const YearContext& now) {
  for (std::size_t row = 0; row < people_.size(); ++row) {
    share_[row].mothers = portion(share_[row].weight, births.threshold(now, people_, row));
  }
}

void Branches::count_eligible(const YearContext& now, std::vector<std::int64_t>& eligible) const {
  for (std::size_t row = 0; row < people_.size(); ++row) {
    if (!at_risk_of_settling(now, people_, row)) continue;
    const std::size_t place = now.places.place_of(people_.home[row]).value();
    if (admitted_by(now.settings[place], candidate(now, people_, row))) eligible[place] += share_[row].weight;
  }
}

void Branches::settle(const YearContext& now, Ledger& ledger) {
  const struct {
    const Branches& branches;
    Ledger& ledger;
    void before(std::size_t row) const { ledger.weight = branches.share_[row].weight; }
    void after(std::size_t) const {}
  } weigh{*this, ledger};
  settle_without_quota(now, people_, requests_, ledger, weigh);
  LUOHU_EXPECT(requests_.applications.empty());
}

}  // namespace luohu
