// The page: a template whose marks {{NAME}} stand for files of the program and for the data.

#include <fmt/format.h>

#include <algorithm>

#include "assets.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/hash.hpp"
#include "luohu/report/report.hpp"

namespace luohu {
namespace {

std::string_view asset(std::string_view name) {
  const auto all = report::assets();
  const auto found = std::ranges::find(all, name, &report::Asset::name);
  if (found == all.end()) throw InternalError{fmt::format("the program has no file '{}'", name)};
  return found->text;
}

/// Scripts run only with this mark, which whoever wrote a title cannot know, for it depends on the title.
std::string mark_of(std::string_view data) {
  std::uint64_t mark = 0;
  for (const char byte : data) mark = hash_words(mark, byte);
  return fmt::format("{:016x}", mark);
}

}  // namespace

std::string report_page(const ReportRequest& request) {
  const std::string data = report_data(request);
  const std::string mark = mark_of(data);
  std::string page;
  std::string_view rest = asset("assets/page.html");
  for (;;) {
    const std::size_t begin = rest.find("{{");
    page += rest.substr(0, begin);
    if (begin == std::string_view::npos) return page;
    const std::size_t end = rest.find("}}", begin);
    const std::string_view name = rest.substr(begin + 2, end - begin - 2);
    page += name == "data"   ? std::string_view{data}
            : name == "mark" ? std::string_view{mark}
                             : asset(fmt::format("assets/{}", name));
    rest.remove_prefix(end + 2);
  }
}

}  // namespace luohu
