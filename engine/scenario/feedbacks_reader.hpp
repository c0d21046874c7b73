#pragma once
// `[feedbacks]` of a scenario: NAME = true|false; the program's default where no layer names one.

#include <vector>

#include "luohu/scenario/scenario.hpp"
#include "toml_reader.hpp"

namespace luohu::reading {

class FeedbacksReader {
 public:
  explicit FeedbacksReader(Findings& findings);

  /// One layer's `feedbacks`; later layers win.
  void add(const Node& feedbacks);

  [[nodiscard]] const Feedbacks& feedbacks() const { return feedbacks_; }
  [[nodiscard]] const std::vector<Resolved>& resolved() const { return resolved_; }

 private:
  Findings& findings_;
  Feedbacks feedbacks_;
  std::vector<Resolved> resolved_;  ///< in the order of `feedback_table`
};

}  // namespace luohu::reading
