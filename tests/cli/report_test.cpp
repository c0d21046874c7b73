// luohu report, end to end: the file it writes, and when it does not.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "capture.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "results/sample.hpp"
#include "support/folder.hpp"

using namespace luohu;

namespace {

struct Desk {
  testing::Folder folder;
  std::string results = folder / "sample.h5", page = folder / "page.html";

  Desk() { sample::write(results, true); }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("report writes a page and says how large it is", "[report]") {
  const Desk desk;
  const Output output = captured(run_report, {desk.results, "-o", desk.page});
  CHECK(output.code == 0);
  CHECK(output.out.empty());
  CHECK(has(output.err, "page.html: "));
  CHECK(has(*read_file(desk.page), "<!DOCTYPE html>"));
  CHECK_FALSE(std::filesystem::exists(desk.page + ".tmp"));
}

TEST_CASE("report keeps an existing page unless forced, and whenever it fails", "[report]") {
  const Desk desk;
  std::ofstream{desk.page} << "mine";
  CHECK(has(refusal_of(run_report, {desk.results, "-o", desk.page}, ExitCode::usage), "exists; --force replaces it"));
  CHECK(*read_file(desk.page) == "mine");
  CHECK(has(refusal_of(run_report, {desk.folder / "none.h5", "-o", desk.page, "--force"}, ExitCode::environment),
            "none.h5"));
  CHECK(*read_file(desk.page) == "mine");
  captured(run_report, {desk.results, "-o", desk.page, "--force"});
  CHECK(has(*read_file(desk.page), "<!DOCTYPE html>"));
}

TEST_CASE("report says what it needs", "[report]") {
  const Desk desk;
  CHECK(has(refusal_of(run_report, {desk.results}, ExitCode::usage), "add -o FILE.html"));
  CHECK(has(refusal_of(run_report, {"-o", desk.page}, ExitCode::usage), "results file"));
  CHECK(has(refusal_of(run_report, {desk.results, "-o", desk.folder.path.string()}, ExitCode::environment),
            "it is a directory"));
  CHECK(has(refusal_of(run_report, {desk.results, "-o", desk.results + "/page.html"}, ExitCode::environment),
            "cannot create its folder"));
  CHECK(has(refusal_of(run_report, {desk.results, "-o", desk.page, "--baseline", "opne"}, ExitCode::usage),
            "did you mean 'open'"));
  CHECK(has(refusal_of(run_report, {desk.results, "-o", desk.page, "--scorecard", desk.folder / "no.json"},
                       ExitCode::environment),
            "no.json: cannot read (No such file or directory)"));
  CHECK(has(refusal_of(run_report, {desk.results, "-o", desk.page, "--confidence", "95"}, ExitCode::usage),
            "--confidence"));
  CHECK_FALSE(std::filesystem::exists(desk.page));
}
