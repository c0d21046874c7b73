#include "luohu/scenario/named_groups.hpp"

#include "findings.hpp"
#include "toml_reader.hpp"

namespace luohu {
namespace {

std::string text_of(const reading::Node* node) {
  return node == nullptr ? std::string{} : node->text;
}

}  // namespace

std::vector<NamedGroup> named_groups(const std::string& scenario_text) {
  using reading::Node;
  reading::Findings findings;
  const reading::SourceFile file{.name = "the scenario", .origin = ""};
  const auto root = reading::parse_toml(scenario_text, file, findings);
  const Node* groups = root ? root->find("groups") : nullptr;
  std::vector<NamedGroup> found;
  if (groups == nullptr) return found;
  for (const reading::Entry& entry : groups->entries) {
    const Node *title = entry.value.find("title"), *members = entry.value.find("members");
    if (members == nullptr) continue;
    NamedGroup group{entry.key, {}, {}};
    if (title != nullptr) group.title = {text_of(title->find("zh")), text_of(title->find("en"))};
    for (const Node& member : members->items) group.members.push_back(member.text);
    found.push_back(std::move(group));
  }
  return found;
}

}  // namespace luohu
