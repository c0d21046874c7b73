// Checkpoints are files like any other: cut short, altered, of something else, or made to do harm.

#include "luohu/restart/checkpoint.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <iterator>

#include "support/checkpoint_blocks.hpp"
#include "support/folder.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  REQUIRE(file);
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// A run of three years, saved after the first and the second.
struct Saved {
  Folder folder;
  ToyRun run{3'000};
  Model model;
  Layout layout;
  CheckpointOf of{7, 1, 0, 2};
  Checkpoints files{folder / "run.h5"};
  fs::path newest = folder / "run.h5.checkpoint", before = folder / "run.h5.checkpoint.before";
  std::vector<std::string> said;

  Saved() : model{changed().model()}, layout{results_layout(run.toy.places)} {
    RunningReplicate replicate{model, run.options(), run.population()};
    for (int year = 0; year < 2; ++year) {
      replicate.advance();
      files.save(of, replicate);
    }
  }
  ToyRun& changed() {
    run.feedbacks = {};
    return run;
  }

  std::optional<ReplicateState> load(const CheckpointOf& wanted) {
    said.clear();
    return files.load({wanted, model, layout, run.scale}, [&](const std::string& why) { said.push_back(why); });
  }
  /// The year it goes on after, 0 if there is nothing to go on with.
  Year year() {
    const auto state = load(of);
    return state ? state->simulation.year : 0;
  }
  [[nodiscard]] Year base() const { return run.toy.base_year; }
};

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream{path, std::ios::binary} << bytes;
}

Block block_named(const std::string& bytes, const std::string& name) {
  for (const Block& block : blocks_of(bytes)) {
    if (block.name == name) return block;
  }
  throw std::logic_error{"no block " + name};
}

}  // namespace

TEST_CASE("the last two checkpoints are kept, and the newest is used", "[restart]") {
  Saved s;
  CHECK(s.year() == s.base() + 2);
  CHECK(s.said.empty());
  fs::remove(s.newest);
  CHECK(s.year() == s.base() + 1);
  CHECK(s.said.empty());  // a kill between two renames leaves the older one alone: nothing is wrong
  s.files.remove();
  CHECK(fs::is_empty(s.folder.path));
  CHECK(s.year() == 0);
}

TEST_CASE("one altered byte anywhere is found, and the checkpoint before is used", "[restart]") {
  // Every byte of every head, and 40 bytes of every block's values, or all of a small one's.
  Saved s;
  const std::string whole = bytes_of(s.newest);
  const std::vector<Block> blocks = blocks_of(whole);
  CHECK(blocks.size() > 40);
  std::size_t tried = 0;
  const auto alter = [&](std::size_t at) {
    std::string altered = whole;
    altered[at] = static_cast<char>(altered[at] ^ (1 << (at % 8)));
    write(s.newest, altered);
    INFO("byte " << at);
    REQUIRE(s.year() == s.base() + 1);
    REQUIRE(s.said.size() == 1);
    REQUIRE_THAT(s.said.front(), Catch::Contains("run.h5.checkpoint is not used: "));
    ++tried;
  };
  for (const Block& block : blocks) {
    for (std::size_t i = 0; i < 48; i += 3) alter(block.head + i);
    for (std::size_t i = 0; i < block.size; i += std::max<std::size_t>(1, block.size / 10)) alter(block.values + i);
  }
  CHECK(tried > 1'000);
  write(s.newest, whole);
  CHECK(s.year() == s.base() + 2);
}

TEST_CASE("a checkpoint cut short anywhere, or longer than it was, is not used", "[restart]") {
  Saved s;
  const std::string whole = bytes_of(s.newest);
  for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 200) {
    write(s.newest, whole.substr(0, length));
    INFO("cut to " << length);
    REQUIRE(s.year() == s.base() + 1);
  }
  write(s.newest, whole + "x");
  CHECK(s.year() == s.base() + 1);
  CHECK_THAT(s.said.front(), Catch::Contains("something follows its last block"));
}

TEST_CASE("with both checkpoints damaged there is none", "[restart]") {
  Saved s;
  write(s.newest, "");
  write(s.before, "no checkpoint at all, but some text that is longer than a head");
  CHECK(s.year() == 0);
  REQUIRE(s.said.size() == 2);
  CHECK_THAT(s.said[0], Catch::Contains("cut short"));
  CHECK_THAT(s.said[1], Catch::Contains("no block 'luohu checkpoint'"));
  fs::remove(s.newest);
  fs::create_directory(s.newest);
  CHECK(s.year() == 0);
  CHECK_THAT(s.said[0], Catch::Contains("cannot be read"));
}

TEST_CASE("a checkpoint of another experiment is refused, of another replicate passed over", "[restart]") {
  Saved s;
  CHECK_FALSE(s.load({8, 1, 0, 2}));
  REQUIRE(s.said.size() == 2);
  CHECK_THAT(s.said[0], Catch::Contains("another experiment"));
  CHECK_FALSE(s.load({7, 1, 0, 3}));
  CHECK(s.said.empty());
}

TEST_CASE("what a checkpoint claims is held against the file and the model before it is believed", "[restart]") {
  // Every file here has the digests of its values: made to do harm, not damaged.
  Saved s;
  const std::string whole = bytes_of(s.newest);
  fs::remove(s.before);
  const auto refused = [&](const std::string& name, std::size_t at, std::uint64_t value, std::size_t width) {
    std::string altered = whole;
    const Block block = block_named(whole, name);
    std::memcpy(altered.data() + block.values + at, &value, width);
    mend(altered, block);
    write(s.newest, altered);
    REQUIRE(s.year() == 0);
    REQUIRE(s.said.size() == 1);
    return s.said.front();
  };
  const auto why = [](const std::string& text) { return Catch::Contains(text); };
  CHECK_THAT(refused("luohu checkpoint", 0, 99, 8), why("format 99"));
  CHECK_THAT(refused("luohu checkpoint", 40, 1999, 8), why("a year 1999"));
  CHECK_THAT(refused("luohu checkpoint", 48, std::uint64_t{1} << 60U, 8), why("cut short"));
  CHECK_THAT(refused("luohu checkpoint", 48, 1, 8), why("block 'id' has"));
  CHECK_THAT(refused("base.workers", 0, std::uint64_t{1} << 62U, 8), why("base.workers"));
  CHECK_THAT(refused("base.population", 0, ~std::uint64_t{0}, 8), why("base.population"));
  CHECK_THAT(refused("flows", 0, std::uint64_t{1} << 62U, 8), why("flows"));
  CHECK_THAT(refused("markets.rent", 0, 0x7ff8000000000000U, 8), why("markets.rent"));
  CHECK_THAT(refused("years.count", 0, std::uint64_t{1} << 62U, 8), why("records"));
  CHECK_THAT(refused("home", 0, 60'000, 2), why("a person"));
  CHECK_THAT(refused("registered", 0, 0xffff, 2), why("a person"));
  CHECK_THAT(refused("traits", 0, 0xffff, 2), why("a person"));
  CHECK_THAT(refused("born", 0, 254, 1), why("a person"));
  CHECK_THAT(refused("arrived", 0, 255, 1), why("a person"));
  CHECK_THAT(refused("mother", 0, 0xfffffff0, 4), why("a person"));
  CHECK_THAT(refused("id", 0, 12'345'678, 8), why("people other than the last year's"));
}

TEST_CASE("where families do not stay together, children may have mothers who are gone", "[restart]") {
  Saved s;
  ToyRun apart{20'000};
  const Model model = apart.model();
  RunningReplicate replicate{model, apart.options(), apart.population()};
  const auto motherless = [&] {
    const Population& people = replicate.simulation().people();
    std::size_t count = 0;
    for (std::size_t row = 0; row < people.size(); ++row) {
      const Slot mother = people.mother[row];
      count += !people.gone(row) && mother && people.gone(mother.value()) ? 1 : 0;
    }
    return count;
  };
  while (motherless() == 0 && !replicate.finished()) replicate.advance();
  REQUIRE(motherless() > 0);
  s.files.save(s.of, replicate);
  const auto say = [&](const std::string& why) { s.said.push_back(why); };
  CHECK(s.files.load({s.of, model, s.layout, apart.scale}, say));
  CHECK(s.said.empty());
}

TEST_CASE("a checkpoint that cannot be written says why and leaves those there are", "[restart]") {
  Saved s;
  const Model model = s.run.model();
  const RunningReplicate replicate{model, s.run.options(), s.run.population()};
  const Checkpoints nowhere{s.folder / "missing/run.h5"};
  CHECK_THROWS_WITH(nowhere.save(s.of, replicate), Catch::Contains("cannot write a checkpoint"));
  fs::create_directory(s.folder / "run.h5.checkpoint.tmp");
  CHECK_THROWS(s.files.save(s.of, replicate));
  CHECK(s.year() == s.base() + 2);
}
