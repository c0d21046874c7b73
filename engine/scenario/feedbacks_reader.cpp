#include "feedbacks_reader.hpp"

#include <fmt/format.h>

#include "fields.hpp"

namespace luohu::reading {

FeedbacksReader::FeedbacksReader(Findings& findings) : findings_{findings} {
  for (const FeedbackInfo& f : feedback_table) {
    resolved_.push_back({fmt::format("feedbacks.{}", f.name), feedbacks_.*f.field ? 1.0 : 0.0, "1", Tag::assumption,
                         "default", std::string{f.meaning}});
  }
}

void FeedbacksReader::add(const Node& feedbacks) {
  if (!is_kind(feedbacks, "feedbacks", Node::Kind::table, findings_)) return;
  std::vector<std::string_view> names;
  for (const FeedbackInfo& f : feedback_table) names.push_back(f.name);
  const Fields fields{feedbacks, "feedbacks", names, findings_};
  for (std::size_t i = 0; i < feedback_table.size(); ++i) {
    const Node* node = fields.optional(names[i]);
    if (node == nullptr || !is_kind(*node, names[i], Node::Kind::boolean, findings_)) continue;
    feedbacks_.*feedback_table[i].field = node->flag;
    resolved_[i].value = node->flag ? 1.0 : 0.0;
    resolved_[i].origin = node->at.origin();
  }
}

}  // namespace luohu::reading
