#pragma once

#include <span>

#include "luohu/population/population.hpp"
#include "luohu/synthesis/synthesis.hpp"

namespace luohu {

/// Give every child under 16 a mother, where the population has a woman who may be: registered alike, of
/// an age at its birth in proportion to fertility, living with the child or, for a share of the children
/// living where they are registered, outside the province. `first`: rows at which the people of each
/// prefecture begin, residents of all prefectures first, then those outside; its last is the end.
void find_mothers(const SynthesisInputs& in, std::span<const std::size_t> first, Population& people);

}  // namespace luohu
