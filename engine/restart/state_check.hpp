#pragma once

#include "luohu/schedule/run.hpp"

namespace luohu::restart {

/// Throws Damaged if a count is negative or so large that a sum could overflow.
void require_possible(const Stock& base, std::int64_t scale);
/// Throws Damaged if the rest of the state holds what no simulation of this model can: a zone, a row or a code that
/// does not exist, a year to come, a count that could overflow, people other than those of the last record.
void require_possible(const ReplicateState& state, const Model& model, const Layout& layout, std::int64_t scale);

}  // namespace luohu::restart
