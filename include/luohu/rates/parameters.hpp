#pragma once
// Every behavioural parameter of the model. Adding one is a field here and an entry in
// engine/rates/parameters.cpp, which gives its unit, range, default's source and meaning.

#include <span>
#include <string_view>
#include <vector>

#include "luohu/core/provenance.hpp"

namespace luohu {

struct Parameters {
  // Destination choice and exit (model equations 7–9)
  double income_elasticity_stock = 1.5;  ///< kappa_stock: elasticity of stocks to real income
  double push_exponent = 0.6;            ///< nu
  double travel_time_elasticity = 0.7;   ///< gam
  double onward_cost = 0.0;              ///< cX: of moving on between external nodes
  double rural_to_urban_cost = 0.0;      ///< cUR
  double network_elasticity = 0.4;       ///< thN
  double external_home_stock = 5e6;      ///< people of an external node at home, who are no agents
  double home_premium = 1.2;             ///< mu_home
  double iceberg_share = 0;              ///< of the loss of living unregistered that is an iceberg cost
  double housing_share = 0.2;            ///< alpha_h
  double frailty_variance = 0.8;         ///< theta_f
  double mobility_level = 3.0;           ///< factor on the Rogers–Castro schedule
  double mobility_senior = 1.15;         ///< e_edu, senior against basic
  double mobility_tertiary = 1.3;        ///< e_edu, tertiary against basic
  double mobility_male = 1.05;           ///< e_sex, men against women
  double mobility_owner = 0.4;           ///< factor on the exit hazard of home owners away from home
  double mobility_townsfolk = 1.0;       ///< factor on the exit hazard of people registered in the town they live in
  double mobility_away = 1.0;            ///< factor on the exit hazard of people away from their place of registration
  double skill_premium_senior = 1.2;     ///< income of senior schooling against basic
  double skill_premium_tertiary = 1.7;   ///< income of tertiary schooling against basic
  double land_income = 0.1;              ///< rural land income at home, share of mean urban income
  double land_use_away = 0.5;            ///< chi_use: share of it kept while living elsewhere
  double income_horizon = 0;             ///< weight of the working years left in the response to income
  double income_discount = 0.05;         ///< rho of those years' annuity, year-1
  // Rogers–Castro age schedule
  double rc_child_level = 0.02, rc_child_decline = 0.10;
  double rc_labour_level = 0.06, rc_labour_decline = 0.10, rc_labour_peak = 20, rc_labour_ascent = 0.40;
  double rc_constant = 0.003;
  double rc_student_level = 0.05;  ///< extra hazard at the ages 17–19
  // Service weights omega_k of the fiscal wedge
  double weight_school = 0.40, weight_preschool = 0.10, weight_health = 0.20, weight_pension = 0.15,
         weight_housing = 0.15;
  double anticipation = 0.37;           ///< weight of expected registration in the newcomer's wedge
  double anticipation_discount = 0.15;  ///< a year of required residence, year-1
  // Wish to settle (model equation 10)
  double application_rate = 0.15;       ///< rho_a
  double wish_intercept = -1.15;        ///< b0
  double wish_tertiary = 0.4;           ///< b_edu
  double wish_duration = 0.2;           ///< b_dur
  double wish_owner = 0.8;              ///< b_own
  double wish_gain = 4.0;               ///< b_gain
  double wish_land = 0.5;               ///< b_land
  double wish_small_city = 0.4;         ///< b_small
  double land_present_value = 2.0;      ///< PV of rural land rights, years of urban income
  double external_registration = 0.01;  ///< hazard of registering at an external node, year-1
  // Children and their mothers
  double family_follow_intercept = -2.4;  ///< z0
  double family_follow_school = 3.0;      ///< z1, of the share of unregistered children with a school place
  double family_follow_teens = 0.5;       ///< z3, from the age of 12
  double family_join_rate = 0.2;          ///< hazard of joining the mother later if it is sure to, year-1
  double family_external_school = 0.7;    ///< school coverage of the unregistered at external nodes
  double left_behind_rural = 0.20;        ///< share of the countryside's children whose mother is away, base year
  double left_behind_town = 0.06;         ///< the same in towns
  // School, insurance, housing
  double senior_transition_urban = 0.85, senior_transition_rural = 0.60, senior_transition_away = 0.45;
  double tertiary_transition = 0.60;  ///< of those with senior schooling
  double insurance_entry_basic = 0.06, insurance_entry_senior = 0.12, insurance_entry_tertiary = 0.30;
  double insurance_exit = 0.08;
  double insured_share_basic = 0.20, insured_share_senior = 0.40, insured_share_tertiary = 0.70;
  double home_purchase = 0.02;  ///< hazard of buying a home where one lives unregistered, year-1
  double mean_stay = 8.0;       ///< mean years since arrival of people living elsewhere, base year
  double male_birth_share = 0.527;
  double external_fertility = 0.3;   ///< fertility at external nodes against the province's
  double incomer_male_share = 0.55;  ///< share of men among incomers
  // What the stocks of the base year say about its flows: see inference/inversion.hpp
  double town_inflow = 0.10;       ///< newcomers, of those living there unregistered, year-1
  double capital_inflow = 1.0;     ///< factor on what the stock of the prefecture of the largest city draws
  double countryside_loss = 0.06;  ///< net, of those registered there who live elsewhere, year-1
  double inflow_level = 1.0;       ///< factor on table inflow
  double inflow_response = 1.0;    ///< elasticity of inflow to destination attractiveness

  // Markets: labour (model equation 3), housing (4), services (6)
  double skill_substitution = 3.21;         ///< sigma: between low and high skill
  double agglomeration_high = 0.08;         ///< phi_H: elasticity of productivity to highly skilled labour
  double agglomeration_low = 0.02;          ///< phi_L: elasticity of productivity to other labour
  double registration_substitution = 10;    ///< sigma_mn: between locals and people registered elsewhere
  double rural_labour_share = 0.6;          ///< beta: of labour in rural output; the rest is land's
  double housing_supply_elasticity = 0.75;  ///< eps
  double housing_land_exponent = 0.64;      ///< omega_land
  double local_landlords = 0.5;             ///< share of rents that is income of residents of the same town
  double quality_elasticity = 0.15;         ///< thG: elasticity of utility to school quality
  double service_crowding = 1;              ///< chi: elasticity of quality per pupil to pupils
  double spare_capacity = 0.05;             ///< places beyond those filled in the base year, share
  double place_building = 1;                ///< share of missing planned places built in the year
  double place_closure = 0.1;               ///< share of places beyond the plan given up in the year
  double persons_per_rental_unit = 2;       ///< people housed by a unit of public rental housing
  // Land: model equations (2) and (5)
  double land_growth = 0.01;  ///< yearly, share of base-year town land
  double land_quota_tight = 100, land_quota_middle = 80, land_quota_ample = 50;  ///< m² per settler
  // Public cost of settling and of services, yuan
  double settling_cost_low = 26'000, settling_cost_mid = 80'000, settling_cost_high = 130'000;
  double settling_cost_once = 1.0 / 3;  ///< share of it spent in the year of settling
  double yearly_income = 29'380;        ///< yuan, in which a paid exit's price is counted
  double fiscal_horizon = 30;           ///< years over which the rest is spent
  double fiscal_discount = 0.03;        ///< year-1

  // Base population: shares of urban registration before a prefecture's total is met, and the tilt of
  // schooling towards towns
  double urban_registered_town = 0.75;          ///< in the town of one's own township
  double urban_registered_within_town = 0.40;   ///< in town, from elsewhere in the prefecture
  double urban_registered_within_rural = 0.05;  ///< in the countryside, from elsewhere in the prefecture
  double urban_registered_across_town = 0.25;   ///< in town, from another prefecture
  double urban_registered_across_rural = 0.10;  ///< in the countryside, from another prefecture
  double urban_registered_outside = 0.15;       ///< outside the province
  double town_odds_senior = 1.5;                ///< odds of senior schooling in towns against the countryside
  double town_odds_tertiary = 2.5;              ///< the same for tertiary schooling

  friend bool operator==(const Parameters&, const Parameters&) = default;
};

struct ParameterInfo {
  std::string_view name;  ///< as in `[parameters]` of a scenario: "migration.push_exponent"
  std::string_view unit;
  double minimum = 0;
  double maximum = 1;
  double Parameters::*field = nullptr;
  Tag tag = Tag::assumption;
  std::string_view source;
  std::string_view title_zh;
  std::string_view title_en;
};

/// Every parameter, in the order of the documentation.
[[nodiscard]] std::span<const ParameterInfo> parameter_table();
/// The parameter of this name, or null.
[[nodiscard]] const ParameterInfo* find_parameter(std::string_view name);
/// What may be meant by a name that is none.
[[nodiscard]] std::vector<std::string_view> parameter_names();

}  // namespace luohu
