#pragma once
// Feedbacks: which of the tables that everyone decides on follow the simulated year. Without any, people
// act independently of one another, and the expectation of the model can be computed exactly.

#include <array>
#include <string_view>

namespace luohu {

struct Feedbacks {
  bool networks = true;  ///< people registered alike who live at a destination draw others there
  bool families = true;  ///< children live and register with their mothers, or are left behind

  bool wages = true;     ///< incomes answer the supply of labour
  bool rents = true;     ///< rents answer incomes and land
  bool services = true;  ///< coverage and quality answer the places there are

  friend bool operator==(const Feedbacks&, const Feedbacks&) = default;
};

struct FeedbackInfo {
  std::string_view name;  ///< as in `[feedbacks]` of a scenario
  bool Feedbacks::*field = nullptr;
  std::string_view meaning;
};

/// Every feedback, in the order of the documentation.
inline constexpr std::array<FeedbackInfo, 5> feedback_table{{
    {"networks", &Feedbacks::networks,
     "acquaintances at a destination are counted every year (1) or at the base year (0)"},
    {"wages", &Feedbacks::wages, "wages answer the supply of labour (1) or are the base year's (0)"},
    {"rents", &Feedbacks::rents, "rents answer incomes and land (1) or are the base year's (0)"},
    {"services", &Feedbacks::services,
     "coverage and school quality answer the places there are (1) or are what the settings say (0)"},
    {"families", &Feedbacks::families,
     "children under 16 follow their mothers, stay behind or join them later (1), or act by themselves (0)"},
}};

}  // namespace luohu
