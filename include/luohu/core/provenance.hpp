#pragma once
// Where a number comes from: one vocabulary for scenarios, tables, parameters and results.

#include <optional>
#include <string_view>

namespace luohu {

enum class Tag { text, data, literature, computed, assumption };

[[nodiscard]] constexpr std::string_view name_of(Tag tag) {
  switch (tag) {
    case Tag::text:
      return "text";
    case Tag::data:
      return "data";
    case Tag::literature:
      return "literature";
    case Tag::computed:
      return "computed";
    case Tag::assumption:
      return "assumption";
  }
  return "";
}

[[nodiscard]] constexpr std::optional<Tag> tag_named(std::string_view name) {
  for (const Tag tag : {Tag::text, Tag::data, Tag::literature, Tag::computed, Tag::assumption}) {
    if (name_of(tag) == name) return tag;
  }
  return std::nullopt;
}

}  // namespace luohu
