// A checkpoint made to do harm: the input is a list of changes to a sound one, and the file that results has the
// digests of what it holds, those of its blocks and that of all persons. It is refused, or what it holds can be
// gone on with to the last year.
//
//   set BLOCK INDEX VALUE   value number INDEX of all blocks of this name; INDEX - is all of them
//   people COUNT            so many rows in every column, those there are over and over
//   claim BLOCK COUNT       its head says so many values
//   width BLOCK BYTES       its head says so many bytes a value
//   resize BLOCK COUNT      so many values
//   drop BLOCK, twice BLOCK
//   byte AT VALUE           of the file, its digest as it was
//   cut LENGTH              of the file

#include <array>
#include <iomanip>
#include <random>
#include <sstream>

#include "folder.hpp"
#include "luohu/core/text.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/restart/checkpoint.hpp"
#include "support/checkpoint_blocks.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* bytes, std::size_t size, std::size_t most);

namespace {

constexpr std::size_t most_values = 4096;  // of a block that is made longer

/// A block by itself, with what its head claims.
struct Piece {
  std::string name;
  std::string values;
  std::size_t width = 0;  ///< bytes of a value
  std::uint64_t claimed_width = 0, claimed_count = 0;
};
using Pieces = std::vector<Piece>;

Pieces pieces_of(const std::string& bytes) {
  Pieces pieces;
  for (const Block& block : blocks_of(bytes)) {
    pieces.push_back(
        {block.name, bytes.substr(block.values, block.size), block.width, block.width, block.size / block.width});
  }
  return pieces;
}

std::string bytes_of(const Pieces& pieces) {
  std::string bytes;
  for (const Piece& piece : pieces) {
    const Block block{piece.name, bytes.size(), bytes.size() + block_head_bytes, piece.values.size(), piece.width};
    bytes.append(block_head_bytes, '\0').append(piece.values);
    piece.name.copy(bytes.data() + block.head, 23);
    std::memcpy(bytes.data() + block.head + 24, &piece.claimed_width, 8);
    std::memcpy(bytes.data() + block.head + 32, &piece.claimed_count, 8);
    mend(bytes, block);
  }
  return bytes;
}

/// The replicate that checkpoints are of, two of four years old, and what is read them with.
struct Saved {
  ToyRun run{300};
  Model model;
  Layout layout;
  CheckpointOf of{7, 1, 0, 2};
  Checkpoints files{fuzz::province() / "run.h5"};
  std::filesystem::path path = fuzz::province() / "run.h5.checkpoint";
  Pieces sound;
  std::vector<std::string> names;  ///< of blocks, each once

  Saved() : model{prepared().model()}, layout{results_layout(run.toy.places)} {
    set_threads(1);
    RunningReplicate replicate{model, run.options(), run.population()};
    replicate.advance();
    replicate.advance();
    files.save(of, replicate);
    sound = pieces_of(read_file(path).value());
    for (const Piece& piece : sound) {
      if (std::ranges::find(names, piece.name) == names.end()) names.push_back(piece.name);
    }
  }
  ToyRun& prepared() {
    run.feedbacks = {};
    run.last_year = run.toy.base_year + 4;
    run.measures = {measure_of("registration.habitual_route", 1, run.toy.base_year + 1),
                    measure_of("school.seats", 400, run.toy.base_year + 3)};
    return run;
  }
};

Saved& saved() {
  static Saved it;
  return it;
}

/// The blocks of a name.
std::vector<Piece*> named(Pieces& pieces, const std::string& name) {
  std::vector<Piece*> found;
  for (Piece& piece : pieces) {
    if (piece.name == name) found.push_back(&piece);
  }
  return found;
}

void resize(Piece& piece, std::size_t count) {
  const std::string before = piece.values.empty() ? std::string(piece.width, '\0') : piece.values;
  piece.values.resize(count * piece.width);
  for (std::size_t i = 0; i < piece.values.size(); ++i) piece.values[i] = before[i % before.size()];
  piece.claimed_count = count;
}

void set(Pieces& pieces, const std::string& name, const std::string& index, std::uint64_t value) {
  std::vector<char*> places;
  std::size_t width = 0;
  for (Piece* piece : named(pieces, name)) {
    width = std::min(piece->width, sizeof value);
    for (std::size_t at = 0; at + width <= piece->values.size(); at += width) places.push_back(&piece->values[at]);
  }
  if (places.empty()) return;
  if (index != "-") {
    std::uint64_t number = 0;
    std::istringstream{index} >> number;
    places = {places[number % places.size()]};
  }
  for (char* place : places) std::memcpy(place, &value, width);
}

Pieces::iterator columns_of(Pieces& pieces) {
  return std::ranges::find(pieces, "id", &Piece::name);
}

void repeat_people(Pieces& pieces, std::size_t count) {
  for (auto column = columns_of(pieces); column != pieces.end(); ++column) resize(*column, count);
  set(pieces, "luohu checkpoint", "6", count);
}

/// The digest of all persons that are in the file, for the last year's record; if the columns fit one another.
void mend_digest_of_persons(Pieces& pieces) {
  Population people;
  const auto id = columns_of(pieces);
  if (id == pieces.end()) return;
  people.resize(id->values.size() / sizeof(PersonId));
  bool whole = true;
  Population::for_each_column(people, [&](std::string_view name, auto& column, auto) {
    const auto piece = std::ranges::find(pieces, name, &Piece::name);
    const std::size_t size = column.size() * sizeof(column[0]);
    whole = whole && piece != pieces.end() && piece->values.size() == size;
    if (whole && size > 0) std::memcpy(column.data(), piece->values.data(), size);
  });
  const auto digests = named(pieces, "years.digest");
  if (whole && !digests.empty() && digests.back()->values.size() == sizeof(std::uint64_t)) {
    const std::uint64_t of_all = digest(people);
    std::memcpy(digests.back()->values.data(), &of_all, sizeof of_all);
  }
}

/// A line without the name of the change, which may be two words for a block.
struct Change {
  std::string what, block, index;
  std::uint64_t value = 0;
};

Change change_of(const std::string& line) {
  Change change;
  std::istringstream words{line};
  words >> change.what;
  if (change.what != "people" && change.what != "byte" && change.what != "cut") words >> change.block;
  if (change.block == "luohu") words >> change.index, change.block += " " + std::exchange(change.index, "");
  if (change.what == "set" || change.what == "byte") words >> change.index;
  words >> std::setbase(0) >> change.value;
  return change;
}

void alter(Pieces& pieces, const Change& change) {
  const std::size_t few = change.value % most_values;
  if (change.what == "set") set(pieces, change.block, change.index, change.value);
  if (change.what == "people") repeat_people(pieces, few);
  for (Piece* piece : named(pieces, change.block)) {
    if (change.what == "claim") piece->claimed_count = change.value;
    if (change.what == "width") piece->claimed_width = change.value;
    if (change.what == "resize") resize(*piece, few);
  }
  const auto first = std::ranges::find(pieces, change.block, &Piece::name);
  if (first == pieces.end()) return;
  if (change.what == "drop") pieces.erase(first);
  if (change.what == "twice" && pieces.size() < 2 * saved().sound.size()) pieces.insert(first, Piece{*first});
}

void alter(std::string& bytes, const Change& change) {
  if (bytes.empty()) return;
  if (change.what == "cut") bytes.resize(std::min<std::size_t>(change.value, bytes.size()));
  if (change.what == "byte") {
    std::uint64_t at = 0;
    std::istringstream{change.index} >> at;
    bytes[at % bytes.size()] = static_cast<char>(change.value);
  }
}

std::string altered_by(std::string_view text) {
  Pieces pieces = saved().sound;
  const std::vector<std::string> lines = lines_of(text);
  for (const std::string& line : lines) alter(pieces, change_of(line));
  mend_digest_of_persons(pieces);
  std::string bytes = bytes_of(pieces);
  for (const std::string& line : lines) alter(bytes, change_of(line));
  return bytes;
}

/// A change that means something.
std::string any_change(std::mt19937_64& dice) {
  const Saved& of = saved();
  const auto below = [&](std::size_t limit) { return dice() % limit; };
  constexpr std::array<std::uint64_t, 20> telling{0,
                                                  1,
                                                  ~std::uint64_t{0},
                                                  0x7f,
                                                  0x80,
                                                  0x7fff,
                                                  0x8000,
                                                  0x7fffffff,
                                                  0x80000000,
                                                  0x100000000,
                                                  std::uint64_t{1} << 43U,
                                                  std::uint64_t{1} << 44U,
                                                  std::uint64_t{1} << 48U,
                                                  std::uint64_t{1} << 62U,
                                                  std::uint64_t{1} << 63U,
                                                  0x7ff8000000000000,   // not a number
                                                  0xfff0000000000000,   // minus infinity
                                                  0x7fefffffffffffff,   // the largest
                                                  0x42b0000000000000,   // 2^44
                                                  0x0000000000000001};  // the smallest
  const auto value = [&] { return below(2) == 0 ? telling.at(below(telling.size())) : below(300); };
  const std::string& name = of.names.at(below(of.names.size()));
  std::ostringstream line;
  switch (below(16)) {
    case 0:
      line << "people " << below(600);
      break;
    case 1:
      line << (below(2) == 0 ? "claim " : "width ") << name << ' ' << value();
      break;
    case 2:
      line << "resize " << name << ' ' << below(400);
      break;
    case 3:
      line << (below(2) == 0 ? "drop " : "twice ") << name;
      break;
    case 4:
      line << "byte " << below(1U << 20U) << ' ' << below(256);
      break;
    case 5:
      line << "cut " << below(1U << 17U);
      break;
    case 6:
    case 7:
    case 8:
      line << "set " << name << " - " << value();
      break;
    default:
      line << "set " << name << ' ' << below(2000) << ' ' << value();
      break;
  }
  return line.str();
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t most,
                                               unsigned int seed) {
  if (seed % 4 == 0) return LLVMFuzzerMutate(bytes, size, most);
  std::mt19937_64 dice{seed};
  std::vector<std::string> lines = lines_of(fuzz::text_of(bytes, size));
  if (dice() % 4 == 0) lines.clear();  // one change by itself is the likeliest to be believed
  const std::size_t at = dice() % (lines.size() + 1);
  if (at < lines.size() && dice() % 2 == 0) lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(std::min(at, lines.size())), any_change(dice));
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text.copy(reinterpret_cast<char*>(bytes), most);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  Saved& of = saved();
  const CheckpointContext context{of.of, of.model, of.layout, of.run.scale};
  fuzz::write(of.path, altered_by(fuzz::text_of(bytes, size)));
  fuzz::may_be_refused([&] {
    auto state = of.files.load(context, [](const std::string& why) {
      if (why.empty()) std::abort();
    });
    if (!state) return;
    RunningReplicate replicate{of.model, of.run.options(), std::move(*state)};
    while (!replicate.finished()) replicate.advance();
  });
  return 0;
}
