#include "supplements.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "assets.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/tabulate/outcomes.hpp"

namespace luohu::report {
namespace {

[[noreturn]] void refuse(const NamedText& file, const std::string& why) {
  throw Error{ExitCode::input, fmt::format("{}: {}", file.name, why)};
}

Json parsed(const NamedText& file) {
  const Json json = Json::parse(file.text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) refuse(file, "is not JSON, or was cut off");
  return json;
}

/// Runs `read`; a value that is missing or of another kind is the file's mistake, not ours.
template <class Read>
Json read_or_refuse(const NamedText& file, const std::string& expected, const Read& read) {
  try {
    return read(parsed(file));
  } catch (const Json::exception& wrong) {
    refuse(file, fmt::format("is not {} ({})", expected, wrong.what()));
  }
}

std::optional<std::int32_t> code_of(const Json& feature) {
  const Json properties = feature.value("properties", Json::object());
  if (!properties.is_object() || !properties.contains("adcode")) return std::nullopt;
  const Json& code = properties["adcode"];
  if (code.is_number_integer()) return code.get<std::int32_t>();
  const auto number = code.is_string() ? parse_integer(code.get<std::string>()) : std::nullopt;
  return number ? std::optional{static_cast<std::int32_t>(*number)} : std::nullopt;
}

/// [longitude, latitude, longitude, …]; a page needs no more than three decimals, some 100 m.
Json ring_json(const NamedText& file, const Json& ring) {
  Json flat = Json::array();
  for (const Json& point : ring) {
    const double longitude = point.at(0).get<double>(), latitude = point.at(1).get<double>();
    if (!(std::abs(longitude) <= 180 && std::abs(latitude) <= 90)) {
      refuse(file,
             fmt::format("has a point at {}, {} (must be degrees of longitude and latitude)", longitude, latitude));
    }
    flat.push_back(std::round(1000 * longitude) / 1000);
    flat.push_back(std::round(1000 * latitude) / 1000);
  }
  return flat;
}

Json rings_of(const NamedText& file, const Json& geometry) {
  const auto type = geometry.at("type").get<std::string>();
  if (type != "Polygon" && type != "MultiPolygon") {
    refuse(file, fmt::format("has a {} (must be Polygon or MultiPolygon)", type));
  }
  const Json& given = geometry.at("coordinates");
  const Json polygons = type == "Polygon" ? Json::array({given}) : given;
  Json rings = Json::array();
  for (const Json& polygon : polygons) {
    for (const Json& ring : polygon) rings.push_back(ring_json(file, ring));
  }
  return rings;
}

/// Nothing if a place is not among the features; `missing` then has its code.
Json boundaries_of(const NamedText& file, const std::vector<std::int32_t>& places, std::vector<std::int32_t>& missing) {
  return read_or_refuse(file, "GeoJSON with polygons", [&](const Json& json) {
    std::vector<Json> found(places.size());
    for (const Json& feature : json.at("features")) {
      const auto code = code_of(feature);
      const auto place = code ? std::ranges::find(places, *code) : places.end();
      if (place == places.end()) continue;
      found[static_cast<std::size_t>(place - places.begin())] = rings_of(file, feature.at("geometry"));
    }
    for (std::size_t p = 0; p < places.size(); ++p) {
      if (found[p].is_null() || found[p].empty()) missing.push_back(places[p]);
    }
    return Json{{"source", json.value("source", "")}, {"tag", json.value("tag", "")}, {"rings", found}};
  });
}

}  // namespace

Json boundaries_json(const std::optional<NamedText>& given, const std::vector<std::int32_t>& places) {
  std::vector<std::int32_t> missing;
  if (given) {
    Json boundaries = boundaries_of(*given, places, missing);
    if (!missing.empty()) {
      refuse(*given, fmt::format("has no polygon with the property 'adcode' of {}", fmt::join(missing, ", ")));
    }
    if (boundaries["source"] == "") boundaries["source"] = std::filesystem::path{given->name}.filename().string();
    return boundaries;
  }
  for (const Asset& asset : assets()) {
    if (!asset.name.ends_with("boundaries.geojson")) continue;
    missing.clear();
    Json boundaries = boundaries_of({std::string{asset.name}, std::string{asset.text}}, places, missing);
    if (missing.empty()) return boundaries;
  }
  return nullptr;
}

Json attribution_json(const NamedText& given) {
  return read_or_refuse(given, "what 'luohu attribute --format json' writes", [&](const Json& json) {
    Json made;
    for (const char* key :
         {"baseline", "package", "first_year", "last_year", "scale", "replicates", "level", "shapley"}) {
      made[key] = json.at(key);
    }
    made["measures"] = Json::array();
    for (const Json& measure : json.at("measures")) {
      const Json& title = measure.at("title");
      made["measures"].push_back({{"name", measure.at("name").get<std::string>()},
                                  {"zh", title.at("zh").get<std::string>()},
                                  {"en", title.at("en").get<std::string>()}});
    }
    made["effects"] = Json::array();
    made["outcomes"] = Json::array();
    std::vector<std::string> named;
    for (const Json& value : json.at("values")) {
      if (value.at("section") != "effect") continue;
      const auto subject = value.at("subject").get<std::string>();
      made["effects"].push_back({subject, value.at("category"), value.at("measure").get<std::string>(),
                                 value.at("method").get<std::string>(), value.at("mean"), value.at("half_width")});
      if (std::ranges::find(named, subject) != named.end()) continue;
      named.push_back(subject);
      const auto outcome = std::ranges::find(outcomes(), subject, &Outcome::name);
      const bool known = outcome != outcomes().end();
      made["outcomes"].push_back({{"name", subject},
                                  {"zh", known ? outcome->title_zh : subject},
                                  {"en", known ? outcome->title_en : subject},
                                  {"unit", value.at("unit").get<std::string>()},
                                  {"over_years", known && outcome->over_years}});
    }
    if (made["effects"].empty()) refuse(given, "holds no effects");
    return made;
  });
}

Json scorecard_json(const NamedText& given) {
  return read_or_refuse(given, "what 'luohu validate --format json' writes", [&](const Json& json) {
    Json made{{"scale", json.at("scale")}, {"replicates", json.at("replicates")}, {"hindcasts", Json::array()}};
    for (const Json& hindcast : json.at("hindcasts")) {
      Json copy;
      for (const char* key : {"title", "first_year", "last_year", "capital", "patterns", "prefectures"}) {
        copy[key] = hindcast.at(key);
      }
      for (const Json& pattern : copy["patterns"]) {
        for (const char* key : {"pattern", "name", "scope", "value", "unit", "band", "met", "benchmarks", "note"}) {
          static_cast<void>(pattern.at(key));
        }
      }
      for (const Json& place : copy["prefectures"]) {
        for (const char* key : {"base", "counted", "simulated"}) static_cast<void>(place.at(key).get<double>());
        static_cast<void>(place.at("name").get<std::string>());
      }
      made["hindcasts"].push_back(std::move(copy));
    }
    if (made["hindcasts"].empty()) refuse(given, "holds no hindcast");
    return made;
  });
}

}  // namespace luohu::report
