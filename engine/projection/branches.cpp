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

void Branches::apply(const Births& births, const YearContext& now, Ledger&) {
  for (std::size_t row = 0; row < people_.size(); ++row) {
    share_[row].mothers = portion(share_[row].weight, births.threshold(now, people_, row));
  }
}

void Branches::apply(const Migration& migration, const YearContext& now, Ledger& ledger) {
  const std::size_t rows = people_.size();
  for (std::size_t row = 0; row < rows; ++row) {
    const Share movers = part_of(share_[row], migration.threshold(now, people_, row));
    if (movers.weight == 0) continue;
    // Everyone up to a destination, less everyone up to the one before: nobody is lost to rounding.
    double below = 0;
    Share given;
    for (std::size_t zone = 0; zone < now.places.zones(); ++zone) {
      const ZoneId target{static_cast<ZoneId::Value>(zone)};
      if (target == people_.home[row]) continue;
      below += migration.share(now, people_, row, target);
      const Share upto = part_of(movers, static_cast<std::uint64_t>(below * 0x1p32));
      const Share part{upto.weight - given.weight, upto.mothers - given.mothers};
      if (part.weight == 0) continue;
      given = upto;
      const std::size_t branch = split(row, part);
      ledger.weight = part.weight;
      move_to(now, people_, branch, target, ledger);
      if (branch == row) break;
    }
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
