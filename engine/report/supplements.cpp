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
  Json json = Json::parse(file.text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) refuse(file, "is not JSON, or was cut off");
  return json;
}

/// Runs `read`; a value that is missing or of another kind is the file's mistake, not ours.
template <class Read>
Json read_or_refuse(const NamedText& file, const std::string& expected, const Read& read) {
  try {
    return read(parsed(file));
  } catch (const Json::exception&) {
    refuse(file, fmt::format("is not {}", expected));
  }
}

std::string text(const Json& from, const char* key) {
  return from.at(key).get<std::string>();
}
Json text_or_null(const Json& from, const char* key) {
  return from.at(key).is_null() ? Json(nullptr) : Json(text(from, key));
}
Json number_or_null(const Json& from, const char* key) {
  return from.at(key).is_null() ? Json(nullptr) : Json(from.at(key).get<double>());
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
    return Json{{"source", json.contains("source") ? text(json, "source") : ""},
                {"tag", json.contains("tag") ? text(json, "tag") : ""},
                {"rings", found}};
  });
}

Json outcome_json(const std::string& name, const std::string& unit) {
  const auto outcome = std::ranges::find(outcomes(), name, &Outcome::name);
  const bool known = outcome != outcomes().end();
  return {{"name", name},
          {"zh", known ? outcome->title_zh : name},
          {"en", known ? outcome->title_en : name},
          {"unit", unit},
          {"over_years", known && outcome->over_years}};
}

Json pattern_json(const Json& from) {
  Json benchmarks = Json::object();
  for (const auto& [id, value] : from.at("benchmarks").items()) benchmarks[id] = value.get<double>();
  Json made{{"value", number_or_null(from, "value")}, {"met", nullptr}, {"benchmarks", benchmarks}};
  if (!from.at("met").is_null()) made["met"] = from.at("met").get<bool>();
  for (const char* key : {"pattern", "name", "scope", "unit", "band", "note"}) made[key] = text(from, key);
  return made;
}

/// The residuals of one statistic, empty if the scorecard has none.
Json residuals_json(const Json& hindcast, std::string_view statistic) {
  Json made = Json::array();
  if (!hindcast.contains("residuals")) return made;
  for (const Json& residuals : hindcast.at("residuals")) {
    if (text(residuals, "statistic") != statistic) continue;
    for (const Json& number : residuals.at("numbers")) {
      made.push_back({{"of", text(number, "of")},
                      {"counted", number.at("counted").get<double>()},
                      {"simulated", number.at("simulated").get<double>()}});
    }
  }
  return made;
}

}  // namespace

Json boundaries_json(const std::optional<NamedText>& given, const std::vector<std::int32_t>& places) {
  std::vector<std::int32_t> missing;
  if (given) {
    Json boundaries = boundaries_of(*given, places, missing);
    if (!missing.empty()) {
      refuse(*given, fmt::format("has no polygon with the property 'adcode' of {}", fmt::join(missing, ", ")));
    }
    if (boundaries["source"].get_ref<const std::string&>().empty())
      boundaries["source"] = std::filesystem::path{given->name}.filename().string();
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
    Json made{{"baseline", text(json, "baseline")},
              {"package", text(json, "package")},
              {"first_year", json.at("first_year").get<int>()},
              {"last_year", json.at("last_year").get<int>()},
              {"scale", json.at("scale").get<std::int64_t>()},
              {"replicates", json.at("replicates").get<std::int64_t>()},
              {"level", json.at("level").get<double>()},
              {"shapley", json.at("shapley").get<bool>()},
              {"measures", Json::array()},
              {"outcomes", Json::array()},
              {"effects", Json::array()}};
    for (const Json& measure : json.at("measures")) {
      const Json& title = measure.at("title");
      made["measures"].push_back(
          {{"name", text(measure, "name")}, {"zh", text(title, "zh")}, {"en", text(title, "en")}});
    }
    std::vector<std::string> named;
    for (const Json& value : json.at("values")) {
      if (text(value, "section") != "effect") continue;
      const std::string subject = text(value, "subject");
      made["effects"].push_back({subject, text_or_null(value, "category"), text(value, "measure"),
                                 text(value, "method"), value.at("mean").get<double>(),
                                 number_or_null(value, "half_width")});
      if (std::ranges::find(named, subject) != named.end()) continue;
      named.push_back(subject);
      made["outcomes"].push_back(outcome_json(subject, text(value, "unit")));
    }
    if (made["effects"].empty()) refuse(given, "holds no effects");
    return made;
  });
}

Json scorecard_json(const NamedText& given) {
  return read_or_refuse(given, "what 'luohu validate --format json' writes", [&](const Json& json) {
    Json made{{"scale", json.at("scale").get<std::int64_t>()},
              {"replicates", json.at("replicates").get<std::int64_t>()},
              {"hindcasts", Json::array()}};
    for (const Json& hindcast : json.at("hindcasts")) {
      Json copy{{"title", text(hindcast, "title")},
                {"first_year", hindcast.at("first_year").get<int>()},
                {"last_year", hindcast.at("last_year").get<int>()},
                {"patterns", Json::array()},
                {"prefectures", Json::array()},
                {"ages", residuals_json(hindcast, "net_migration_by_age")}};
      for (const Json& pattern : hindcast.at("patterns")) copy["patterns"].push_back(pattern_json(pattern));
      for (const Json& place : hindcast.at("prefectures")) {
        copy["prefectures"].push_back({{"place", place.at("place").get<std::int64_t>()},
                                       {"name", text(place, "name")},
                                       {"base", place.at("base").get<double>()},
                                       {"counted", place.at("counted").get<double>()},
                                       {"simulated", place.at("simulated").get<double>()}});
      }
      made["hindcasts"].push_back(std::move(copy));
    }
    if (made["hindcasts"].empty()) refuse(given, "holds no hindcast");
    return made;
  });
}

}  // namespace luohu::report
