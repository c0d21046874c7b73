// luohu export: the numbers of a results file for other programs.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <iostream>
#include <system_error>

#include "export_output.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/files.hpp"
#include "machine.hpp"
#include "output_file.hpp"
#include "split.hpp"

namespace luohu {
namespace {

constexpr std::array<std::string_view, 3> formats{"csv", "iamc", "omx"};

[[noreturn]] void refuse(const std::string& message) {
  throw Error{ExitCode::usage, message};
}

Options options() {
  return Options{"luohu export FILE --format csv|iamc|omx -o OUT [options]",
                 "Write the numbers of a results file for other programs: a CSV with one row a number, the wide CSV\n"
                 "of the IAMC, or matrices of origin and destination in OMX. Indicators: 'luohu indicators'."}
      .value("format", "csv|iamc|omx", "what to write (default csv)")
      .value("output,o", "OUT", "where to (default for csv and iamc: the terminal)")
      .repeatable("scenario", "ID", "scenario to write (default: all)")
      .repeatable("indicator", "NAME", "indicator to write, or 'all' (default: the headline ones; omx: moves)")
      .repeatable("year", "YEAR", "year to write (default: all)")
      .repeatable("by", "AXIS",
                  "province, place, group, zone, age, sex, registration, route, ...; two axes as A,B\n"
                  "(default: place; omx: origin,destination, and here what splits them)")
      .repeatable("group", "NAME=PLACE,PLACE", "a row of --by group, beside the groups of the baseline")
      .flag("mean", "csv: means over replicates, not one row each (iamc and omx always have means)")
      .flag("bom", "csv, iamc: begin with a byte order mark, by which Excel knows UTF-8")
      .value("region", "NAME", "iamc: what the province is called (default Province)")
      .flag("force", "replace OUT if it exists")
      .words("results file", 1, 1);
}

/// Matrices are split by origin and destination, and by what the user adds: one matrix for each row of that.
std::vector<std::string> matrix_axes(std::vector<std::string> by) {
  std::erase(by, "origin");
  std::erase(by, "destination");
  for (const char* axis : {"place", "group"}) {
    if (std::ranges::find(by, axis) == by.end()) continue;
    refuse(fmt::format("a matrix has places of origin and of destination: leave --by {} out", axis));
  }
  by.insert(by.end(), {"origin", "destination"});
  return by;
}

void require_matrices(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const Indicator* indicator = indicator_named(name);  // what is unknown is refused with a suggestion later
    if (indicator == nullptr || (indicator->splits_by("origin") && indicator->splits_by("destination"))) continue;
    std::string can;
    for (const Indicator& other : indicators()) {
      if (other.splits_by("origin") && other.splits_by("destination")) can += fmt::format(" {}", other.name);
    }
    refuse(fmt::format("'{}' has no origin and destination, and no matrix; these have:{}", name, can));
  }
}

ObservationRequest request_of(const ParsedOptions& parsed, const std::string& format) {
  ObservationRequest request;
  request.file = parsed.words().front();
  request.scenarios = parsed.texts("scenario");
  request.indicators = parsed.texts("indicator");
  request.years = parsed.texts("year");
  request.by = axes_of(parsed.has("by") ? parsed.texts("by") : std::vector<std::string>{"place"});
  request.groups = groups_of(parsed, request.by, request.file);
  if (format != "omx") return request;
  request.by = matrix_axes(parsed.has("by") ? request.by : std::vector<std::string>{});
  if (request.indicators.empty()) request.indicators = {"moves"};
  require_matrices(request.indicators);
  return request;
}

void write_text(std::ostream& out, const Observations& of, const ParsedOptions& parsed, const std::string& format) {
  if (parsed.has("bom")) out << "\xEF\xBB\xBF";
  if (format == "iamc") {
    write_iamc_csv(out, of, parsed.text("region").value_or("Province"));
  } else {
    write_tidy_csv(out, of, parsed.has("mean"));
  }
}

void write(const std::filesystem::path& output, const Observations& of, const ParsedOptions& parsed,
           const std::string& format) {
  NewFile made{output, parsed.has("force")};
  if (format == "omx") {
    write_omx(made.aside(), omx_of(of));
  } else {
    errno = 0;
    std::ofstream out{made.aside(), std::ios::binary};
    write_text(out, of, parsed, format);
    out.close();
    if (!out) {
      const std::error_code why{errno != 0 ? errno : EIO, std::generic_category()};
      throw Error{ExitCode::environment, fmt::format("{}: cannot write ({})", output.string(), why.message())};
    }
  }
  made.publish();
}

/// Refuses an output that cannot be, before anything is read.
std::optional<std::filesystem::path> output_of(const ParsedOptions& parsed, const std::string& format) {
  const auto output = parsed.text("output");
  if (!output) {
    if (format == "omx") refuse("--format omx needs a file: -o OUT");
    return std::nullopt;
  }
  require_writable(*output, parsed.has("force"));
  return *output;
}

}  // namespace

int run_export(Arguments arguments) {
  const auto parsed = options().parse(arguments);
  if (!parsed) return static_cast<int>(ExitCode::done);
  keep_freed_memory();
  const std::string format = parsed->choice("format", formats);
  const std::string chosen = "--format " + format;
  if (format != "csv") parsed->refuse_with(chosen, {"mean"});
  if (format != "iamc") parsed->refuse_with(chosen, {"region"});
  if (format == "omx") parsed->refuse_with(chosen, {"bom"});
  if (parsed->text("region") == "") refuse("--region is empty; name the province");
  const auto output = output_of(*parsed, format);
  const Observations of = observe(request_of(*parsed, format));
  if (output) {
    write(*output, of, *parsed, format);
  } else {
    write_text(std::cout, of, *parsed, format);
  }
  for (const std::string& note : of.notes) std::cerr << "note: " << note << '\n';
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
