// luohu report: one page that shows what results files say.

#include "luohu/report/report.hpp"

#include <fmt/format.h>

#include <iostream>

#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/files.hpp"
#include "luohu/core/text.hpp"
#include "machine.hpp"
#include "output_file.hpp"

namespace luohu {
namespace {

Options options() {
  return Options{"luohu report FILE... -o OUT.html [options]",
                 "Write one page that shows what scenarios change: maps, series, flows, ages, costs, sources.\n"
                 "It is whole in itself, needs no network and opens in any browser."}
      .value("output,o", "FILE", "page to write")
      .value("baseline", "ID", "scenario to compare with (default: the first file's baseline)")
      .value("confidence", "C", "of the intervals (default 0.95)")
      .value("boundaries", "FILE", "GeoJSON with an 'adcode' for every place, for the maps")
      .value("attribution", "FILE", "what 'luohu attribute --format json' wrote, to show it too")
      .value("scorecard", "FILE", "what 'luohu validate --format json' wrote, to show it too")
      .flag("force", "replace an existing page")
      .words("results file", 1);
}

std::optional<NamedText> named_text(const ParsedOptions& parsed, std::string_view option) {
  const auto name = parsed.text(option);
  if (!name) return std::nullopt;
  return NamedText{*name, required_file(*name)};
}

ReportRequest request_of(const ParsedOptions& parsed) {
  ReportRequest request;
  for (const std::string& file : parsed.words()) request.files.emplace_back(file);
  request.baseline = parsed.text("baseline");
  request.confidence = parsed.number("confidence", 0.5, 0.999999).value_or(request.confidence);
  request.boundaries = named_text(parsed, "boundaries");
  request.attribution = named_text(parsed, "attribution");
  request.scorecard = named_text(parsed, "scorecard");
  return request;
}

}  // namespace

int run_report(Arguments arguments) {
  const auto parsed = options().parse(arguments);
  if (!parsed) return static_cast<int>(ExitCode::done);
  if (!parsed->has("output")) throw Error{ExitCode::usage, "no page named; add -o FILE.html"};
  const std::filesystem::path output = *parsed->text("output");
  require_writable(output, parsed->has("force"));
  keep_freed_memory();
  const std::string page = report_page(request_of(*parsed));
  write_file(output, page, parsed->has("force"));
  std::cerr << fmt::format("{}: {} kB\n", visible(output.string()), (page.size() + 999) / 1000);
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
