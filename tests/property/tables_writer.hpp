#pragma once
// Writes tables in memory as the folder of CSV files that the reader reads.

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/core/text.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu::testing {

/// One CSV table: its columns first, then its rows.
class CsvWriter {
 public:
  CsvWriter(const std::filesystem::path& folder, const std::string& table) : file_{folder / (table + ".csv")} {
    file_ << "# table " << table << ": drawn at random\n";
  }
  CsvWriter& keys(const std::vector<std::string>& names) {
    for (const std::string& name : names) column(name, "-", "- | key");
    return *this;
  }
  CsvWriter& values(const std::string& unit, const std::vector<std::string>& names) {
    for (const std::string& name : names) column(name, unit, "assumption | drawn at random");
    return *this;
  }
  /// `cells` are texts or numbers.
  template <class... Cells>
  void row(const Cells&... cells) {
    if (!names_.empty()) file_ << names_ << '\n';
    names_.clear();
    std::string line;
    ((line += (line.empty() ? "" : ",") + text(cells)), ...);
    file_ << line << '\n';
  }

 private:
  void column(const std::string& name, const std::string& unit, const std::string& note) {
    file_ << "# column " << name << " | " << unit << " | " << note << '\n';
    names_ += (names_.empty() ? "" : ",") + name;
  }
  static std::string text(const std::string& cell) { return cell; }
  static std::string text(std::string_view cell) { return std::string{cell}; }
  static std::string text(double cell) { return number_text(cell); }
  static std::string text(std::int64_t cell) { return std::to_string(cell); }
  static std::string text(int cell) { return std::to_string(cell); }

  std::ofstream file_;
  std::string names_;  ///< the header row, until it is written
};

class TablesWriter {
 public:
  TablesWriter(const Tables& tables, std::filesystem::path folder) : t_{tables}, folder_{std::move(folder)} {
    std::filesystem::create_directories(folder_);
    for (const Place& place : t_.places.rows()) codes_.push_back(std::to_string(place.code));
    n_ = t_.places.prefectures();
    write_places();
    write_residents();
    write_migrants();
    write_seeds();
    write_vital();
    write_economy();
    write_boundary();
    write_capacity();
    write_settings();
  }

 private:
  static constexpr std::array<std::string_view, 2> sex{"F", "M"}, zone{"urban", "rural"};
  static constexpr std::array<std::string_view, 3> level{"basic", "senior", "tertiary"};

  [[nodiscard]] CsvWriter table(const std::string& name) const { return {folder_, name}; }

  void write_places() const {
    CsvWriter csv = table("places");
    csv.keys({"place", "id", "name_zh", "name_en", "kind"})
        .values("degree", {"longitude", "latitude"})
        .values("person", {"city_proper"});
    for (const Place& place : t_.places.rows()) {
      const std::string kind = place.external ? "external" : "prefecture";
      csv.row(place.code, place.id, place.name_zh, place.name_en, kind, place.longitude, place.latitude,
              place.city_proper);
    }
  }

  void write_residents() const {
    CsvWriter residents = table("residents"), education = table("education"), zones = table("urban_rural");
    residents.keys({"place", "sex", "age_group"}).values("person", {"persons"});
    education.keys({"place", "sex", "level"}).values("person", {"persons"});
    zones.keys({"place"}).values("person", {"urban", "rural"});
    const CensusTables& c = t_.census;
    for (std::size_t p = 0; p < n_; ++p) {
      for (std::size_t s = 0; s < sexes; ++s) {
        for (std::size_t g = 0; g < census_age_groups; ++g)
          residents.row(codes_[p], sex.at(s), census_age_names[g], c.residents(p, s, g));
        for (std::size_t e = 0; e < education_levels; ++e)
          education.row(codes_[p], sex.at(s), level.at(e), c.education(p, s, e));
      }
      zones.row(codes_[p], c.zone_totals(p, 0U), c.zone_totals(p, 1U));
    }
  }

  void write_migrants() const {
    CsvWriter in = table("in_migrants"), elsewhere = table("elsewhere"), registered = table("registered"),
              tenure = table("tenure");
    in.keys({"place"}).values("person",
                              {"same_county", "other_county", "other_province", "other_county_same_prefecture"});
    elsewhere.keys({"origin", "destination"}).values("person", {"persons"});
    registered.keys({"place"}).values("person", {"registered"}).values("1", {"urban_share"});
    tenure.keys({"place"}).values("1", {"owner_share"});
    const CensusTables& c = t_.census;
    for (std::size_t p = 0; p < n_; ++p) {
      in.row(codes_[p], c.class_totals(p, 1U), c.class_totals(p, 2U) + c.class_totals(p, 3U), c.class_totals(p, 4U),
             c.class_totals(p, 2U));
      registered.row(codes_[p], c.registered[p], c.registered_urban[p]);
      tenure.row(codes_[p], c.owner_share[p]);
    }
    for (std::size_t o = 0; o < codes_.size(); ++o) {
      for (std::size_t d = 0; d < codes_.size(); ++d) {
        if (o != d && (o < n_ || d < n_)) elsewhere.row(codes_[o], codes_[d], c.elsewhere(o, d));
      }
    }
  }

  void write_seeds() const {
    CsvWriter education = table("education_by_age"), profile = table("migrant_profile");
    education.keys({"age_group", "level"}).values("1", {"weight"});
    profile.keys({"class", "sex", "age_group"}).values("1", {"urban", "rural"});
    constexpr std::array<std::string_view, migrant_classes> klass{
        "local", "same_county", "same_prefecture", "other_prefecture", "other_province", "outside"};
    for (std::size_t g = 0; g < census_age_groups; ++g) {
      for (std::size_t e = 0; e < education_levels; ++e)
        education.row(census_age_names[g], level.at(e), t_.census.education_seed(g, e));
      for (std::size_t k = 0; k < migrant_classes; ++k) {
        for (std::size_t s = 0; s < sexes; ++s)
          profile.row(klass.at(k), sex.at(s), census_age_names[g], t_.census.profile_seed(k, s, g, 0U),
                      t_.census.profile_seed(k, s, g, 1U));
      }
    }
  }

  void write_vital() const {
    CsvWriter mortality = table("mortality"), fertility = table("fertility"), factors = table("vital_factors"),
              path = table("vital_path");
    mortality.keys({"sex", "age"}).values("year-1", {"rate"});
    fertility.keys({"age"}).values("year-1", {"rate"});
    factors.keys({"place"}).values("1", {"mortality_factor", "fertility_factor"});
    path.keys({"year"}).values("1", {"mortality_factor", "fertility_factor"});
    const VitalTables& v = t_.vital;
    for (int age = 0; age <= oldest_age; ++age) {
      for (std::size_t s = 0; s < sexes; ++s) mortality.row(sex.at(s), age, v.mortality(s, age));
      if (age >= 15 && age < 50) fertility.row(age, v.fertility[static_cast<std::size_t>(age)]);
    }
    for (std::size_t p = 0; p < n_; ++p) factors.row(codes_[p], v.mortality_factor[p], v.fertility_factor[p]);
    for (std::size_t i = 0; i < v.mortality_path.size(); ++i)
      path.row(v.path_start + static_cast<int>(i), v.mortality_path[i], v.fertility_path[i]);
  }

  void write_economy() const {
    CsvWriter economy = table("economy"), amenity = table("amenity"), times = table("travel_time");
    economy.keys({"place", "zone"}).values("1", {"income_index", "rent_index"});
    amenity.keys({"place", "zone"}).values("1", {"youth", "other"});
    times.keys({"from", "to"}).values("minute", {"minutes"});
    const EconomyTables& e = t_.economy;
    for (std::size_t z = 0; z < t_.places.zones(); ++z) {
      const ZoneId id{static_cast<ZoneId::Value>(z)};
      const std::string& code = codes_[t_.places.place_of(id).value()];
      const std::string_view kind = zone.at(static_cast<std::size_t>(t_.places.kind_of(id)));
      economy.row(code, kind, e.income_index[z], e.rent_index[z]);
      amenity.row(code, kind, e.amenity(z, 0U), e.amenity(z, 1U));
    }
    for (std::size_t a = 0; a < codes_.size(); ++a) {
      for (std::size_t b = a < n_ ? a : a + 1; b < codes_.size(); ++b)
        times.row(codes_[a], codes_[b], e.travel_minutes(a, b));
    }
  }

  void write_boundary() const {
    CsvWriter inflow = table("inflow"), reclassification = table("reclassification");
    inflow.keys({"origin", "destination"}).values("person year-1", {"persons_per_year"});
    reclassification.keys({"place"}).values("year-1", {"rate"});
    for (std::size_t p = 0; p < n_; ++p) {
      for (std::size_t x = 0; x < t_.places.externals(); ++x)
        inflow.row(codes_[n_ + x], codes_[p], t_.boundary.inflow(x, p));
      reclassification.row(codes_[p], t_.boundary.reclassification[p]);
    }
  }

  void write_capacity() const {
    CsvWriter csv = table("capacity");
    csv.keys({"place"})
        .values("m2 person-1", {"town_land_per_head", "floor_space_per_head"})
        .values("1", {"hospital_beds"});
    for (std::size_t p = 0; p < n_; ++p) {
      csv.row(codes_[p], t_.capacity.town_land[p], t_.capacity.floor_space[p], t_.capacity.hospital_beds[p]);
    }
  }

  void write_settings() const {
    CsvWriter rules = table("settlement_rules"), coverage = table("coverage");
    rules.keys({"place"})
        .values("year", {"residence_years", "insurance_years"})
        .values("1", {"minimum_education", "home_route", "habitual_route", "credit_recognition"})
        .values("person year-1", {"quota"})
        .values("1", {"wedge"});
    coverage.keys({"place"}).values("1", {"school", "preschool", "health", "pension", "housing"});
    for (std::size_t p = 0; p < n_; ++p) {
      const PlaceSettings& s = t_.settings[p];
      rules.row(codes_[p], s.residence_years, s.insurance_years, s.minimum_education, s.home_route, s.habitual_route,
                s.credit_recognition, s.quota, s.wedge);
      coverage.row(codes_[p], s.coverage_school, s.coverage_preschool, s.coverage_health, s.coverage_pension,
                   s.coverage_housing);
    }
  }

  const Tables& t_;
  std::filesystem::path folder_;
  std::vector<std::string> codes_;  ///< [place]
  std::size_t n_ = 0;               ///< prefectures
};

}  // namespace luohu::testing
