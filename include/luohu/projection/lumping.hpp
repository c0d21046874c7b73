#pragma once
// Lumping: which differences between two persons can never matter again. Without it every date of
// everyone's past would multiply the number of states.

#include "luohu/population/population.hpp"
#include "luohu/schedule/model.hpp"

namespace luohu {

/// Maps a person at the end of a year to the one whose future has exactly the same chances and is counted
/// in the same tables. What is forgotten:
/// - years beyond the longest that a rule asks for in any year of the run; years since arrival only if the
///   wish to settle does not depend on them (wish_duration = 0);
/// - all dates of people at home or outside the province, who must move before a rule looks at them, and
///   insured work where registration in the same prefecture asks for none; time in the recognition group is
///   kept if any rule recognises it, for it outlasts a move between town and countryside of one place;
/// - the township of people registered in another place, ages above the tables' oldest, and frailty if its
///   variance is 0.
class Lumping {
 public:
  explicit Lumping(const Model& model);
  /// As of the end of `year`. Requires: at home somewhere.
  [[nodiscard]] Person operator()(Person person, Year year) const;
  /// The same of someone who moves in `year`, before the move. Forgotten besides: what the move wipes out.
  [[nodiscard]] Person leaving(Person person, Year year) const;

 private:
  /// What stays with a person wherever they are.
  [[nodiscard]] Person lasting(Person person, Year year) const;
  /// Whoever has been there since then has been there long enough for every rule after `year`.
  [[nodiscard]] ShortYear earliest(Year year) const { return ShortYear{year + 1 - longest_}; }

  const Places& places_;
  bool frailty_;              ///< people differ in it
  bool duration_;             ///< the wish to settle depends on years since arrival
  bool recognition_ = false;  ///< some place recognises years in its group in some year
  int longest_ = 1;           ///< years, at least the one for which nobody counts as arrived
};

}  // namespace luohu
