#include "luohu/rates/parameters.hpp"

#include <algorithm>
#include <iterator>

namespace luohu {
namespace {

constexpr std::string_view choice = "design choice, to be varied";
constexpr std::string_view prior = "prior without a source; calibrate";
constexpr std::string_view rogers =
    "start value for the model schedule of Rogers & Castro 1981 (R package migest, rc9.fund)";

constexpr std::string_view relative = "prior; the odds are scaled until the prefecture's total is met";

constexpr auto assumption = Tag::assumption;
constexpr auto literature = Tag::literature;
constexpr auto computed = Tag::computed;
using P = Parameters;

constexpr ParameterInfo table[] = {
    {"migration.income_elasticity_stock", "1", 1.0, 2.5, &P::income_elasticity_stock, literature,
     "Tombe & Zhu 2019 AER (1.5); 1.462 in Zhou & Gong 2024", "存量对实际收入的弹性",
     "elasticity of stocks to real income"},
    {"migration.push_exponent", "1", 0.0, 1.0, &P::push_exponent, assumption, choice, "推力指数",
     "exponent of origin utility in the exit hazard"},
    {"migration.travel_time_elasticity", "1", 0.5, 1.6, &P::travel_time_elasticity, assumption,
     "prior from the gravity literature; sign in Fan et al. 2018 Sustainability", "对旅行时间的弹性",
     "elasticity to travel time"},
    {"migration.province_border", "1", 0.0, 2.0, &P::province_border, assumption,
     "design choice; total migration costs in Tombe & Zhu 2019 AER", "跨省成本（对数）",
     "cost of crossing the province border, log units"},
    {"migration.rural_to_urban_cost", "1", 0.0, 2.0, &P::rural_to_urban_cost, assumption, choice,
     "由乡入城成本（对数）", "cost of moving from countryside to town, log units"},
    {"migration.network_elasticity", "1", 0.0, 0.8, &P::network_elasticity, assumption,
     "prior; effect shown by Zhao 2003 China Economic Policy Review 21(4)", "同乡网络弹性",
     "elasticity to people of one's place already there"},
    {"migration.external_home_stock", "person", 1e5, 1e9, &P::external_home_stock, assumption,
     "the size of a prefecture: people registered outside have as many acquaintances at home as people of the province",
     "省外户籍者在原籍的同乡数", "acquaintances at home of people registered outside the province"},
    {"migration.home_premium", "1", 0.0, 2.5, &P::home_premium, assumption, prior, "户籍地偏好",
     "utility of living where one is registered"},
    {"migration.frailty_variance", "1", 0.0, 2.0, &P::frailty_variance, assumption, choice, "流动倾向的方差",
     "variance of unobserved mobility"},
    {"migration.mobility_level", "1", 0.0, 10.0, &P::mobility_level, computed,
     "with the travel-time and border defaults, 3.6 % of people outside the province return in 2021; 3-4 % from Bai, "
     "Wang & Zhang 2018",
     "流动水平系数", "factor on the age schedule of leaving"},
    {"migration.mobility_senior", "1", 0.2, 5.0, &P::mobility_senior, assumption, prior, "高中学历流动系数",
     "mobility of senior schooling against basic"},
    {"migration.mobility_tertiary", "1", 0.2, 5.0, &P::mobility_tertiary, assumption, prior, "大专以上流动系数",
     "mobility of tertiary schooling against basic"},
    {"migration.mobility_male", "1", 0.2, 5.0, &P::mobility_male, assumption, prior, "男性流动系数",
     "mobility of men against women"},
    {"migration.mobility_owner", "1", 0.0, 1.0, &P::mobility_owner, assumption, prior, "购房者流动系数",
     "mobility of owners of a home away from home"},
    {"migration.skill_premium_senior", "1", 1.0, 3.0, &P::skill_premium_senior, assumption, prior, "高中学历收入倍数",
     "income of senior schooling against basic"},
    {"migration.skill_premium_tertiary", "1", 1.0, 5.0, &P::skill_premium_tertiary, assumption, prior,
     "大专以上收入倍数", "income of tertiary schooling against basic"},
    {"migration.land_income", "1", 0.0, 1.0, &P::land_income, assumption, choice, "农村土地收入",
     "rural land income at home, share of mean urban income"},
    {"migration.land_use_away", "1", 0.0, 1.0, &P::land_use_away, assumption, choice, "外出者保有的土地收入",
     "share of land income kept while living elsewhere"},
    {"migration.income_horizon", "1", 0.0, 1.0, &P::income_horizon, assumption,
     "off: the age schedule carries the age profile; 1 is the human-capital view of Sjaastad 1962 JPE", "收入视野权重",
     "weight of the working years left in the response to income"},
    {"migration.income_discount", "year-1", 0.0, 0.2, &P::income_discount, assumption, prior, "未来收入贴现率",
     "rate at which movers discount income to come"},
    {"migration.mean_stay", "year", 1.0, 30.0, &P::mean_stay, assumption,
     "mean exposure implied by the return rates of Bai, Wang & Zhang 2018 Sustainability", "基年外出者平均居留",
     "mean years since arrival, base year"},
    {"age_schedule.child_level", "year-1", 0.0, 1.0, &P::rc_child_level, literature, rogers, "儿童水平 a1",
     "level of children"},
    {"age_schedule.child_decline", "year-1", 0.0, 2.0, &P::rc_child_decline, literature, rogers, "儿童下降 α1",
     "decline over childhood"},
    {"age_schedule.labour_level", "year-1", 0.0, 1.0, &P::rc_labour_level, literature, rogers, "劳动年龄水平 a2",
     "level of the labour peak"},
    {"age_schedule.labour_decline", "year-1", 0.0, 2.0, &P::rc_labour_decline, literature, rogers, "劳动年龄下降 α2",
     "decline after the labour peak"},
    {"age_schedule.labour_peak", "year", 10.0, 40.0, &P::rc_labour_peak, literature, rogers, "劳动高峰年龄 μ2",
     "age of the labour peak"},
    {"age_schedule.labour_ascent", "year-1", 0.0, 3.0, &P::rc_labour_ascent, literature, rogers, "劳动高峰上升 λ2",
     "ascent to the labour peak"},
    {"age_schedule.constant", "year-1", 0.0, 0.1, &P::rc_constant, literature, rogers, "常数项 c", "constant"},
    {"age_schedule.student_level", "year-1", 0.0, 1.0, &P::rc_student_level, assumption,
     "prior; student peak of Wilson 2010 Demographic Research 23:8", "升学高峰（17–19岁）",
     "extra hazard at the ages 17-19"},
    {"services.weight_school", "1", 0.0, 1.0, &P::weight_school, assumption, choice, "义务教育权重",
     "weight of compulsory school in the wedge"},
    {"services.weight_preschool", "1", 0.0, 1.0, &P::weight_preschool, assumption, choice, "学前教育权重",
     "weight of preschool in the wedge"},
    {"services.weight_health", "1", 0.0, 1.0, &P::weight_health, assumption, choice, "医疗权重",
     "weight of health insurance in the wedge"},
    {"services.weight_pension", "1", 0.0, 1.0, &P::weight_pension, assumption, choice, "养老权重",
     "weight of pensions in the wedge"},
    {"services.weight_housing", "1", 0.0, 1.0, &P::weight_housing, assumption, choice, "住房保障权重",
     "weight of public housing in the wedge"},
    {"services.anticipation", "1", 0.0, 1.0, &P::anticipation, literature,
     "share of rural migrants who clearly want local hukou, CMDS 2017 (37.0 %)", "对落户的预期权重",
     "weight of expected registration in the newcomer's wedge"},
    {"services.anticipation_discount", "year-1", 0.0, 1.0, &P::anticipation_discount, assumption, choice,
     "等待年限折扣", "discount per year of required residence"},
    {"settling.application_rate", "year-1", 0.05, 0.4, &P::application_rate, computed,
     "5.7 % of the unregistered stock settled a year (Xinhua/MPS 2024) / willingness 0.37 (CMDS 2017)",
     "有意愿者申请率", "application hazard of the willing"},
    {"settling.wish_intercept", "1", -5.0, 5.0, &P::wish_intercept, computed,
     "solves a mean willingness of 0.37 among the eligible of 2021 (rural-origin migrants, CMDS 2017)", "落户意愿截距",
     "intercept of the wish to settle"},
    {"settling.wish_tertiary", "1", -2.0, 3.0, &P::wish_tertiary, assumption, prior, "大专以上", "tertiary schooling"},
    {"settling.wish_duration", "1", -1.0, 2.0, &P::wish_duration, assumption, prior, "居留时长（对数）",
     "log years of residence"},
    {"settling.wish_owner", "1", -1.0, 3.0, &P::wish_owner, assumption, prior, "自有住房", "owning a home there"},
    {"settling.wish_gain", "1", 0.0, 20.0, &P::wish_gain, assumption, prior, "服务收益",
     "services gained by registering"},
    {"settling.wish_land", "1", 0.0, 5.0, &P::wish_land, computed,
     "lowers willingness by 13 % at the default rights kept; -12 % with a homestead in Gu et al. 2020 Habitat "
     "International",
     "土地顾虑", "aversion to losing land"},
    {"settling.wish_small_city", "1", 0.0, 3.0, &P::wish_small_city, assumption, prior, "小城市",
     "reluctance in small cities"},
    {"settling.land_present_value", "year", 0.0, 20.0, &P::land_present_value, assumption, choice,
     "土地权益现值（城镇年收入）", "present value of land rights, years of urban income"},
    {"schooling.senior_transition_urban", "1", 0.0, 1.0, &P::senior_transition_urban, assumption, prior, "城镇升高中率",
     "entering senior school, towns"},
    {"schooling.senior_transition_rural", "1", 0.0, 1.0, &P::senior_transition_rural, assumption,
     "prior near 0.57, China Rural Education Report 2019", "农村升高中率", "entering senior school, countryside"},
    {"schooling.senior_transition_away", "1", 0.0, 1.0, &P::senior_transition_away, assumption,
     "prior between 0.34 and 0.57, China Rural Education Report 2019", "随迁子女升高中率",
     "entering senior school, unregistered children"},
    {"schooling.tertiary_transition", "1", 0.0, 1.0, &P::tertiary_transition, assumption, prior, "升大学率",
     "entering tertiary school, of those with senior schooling"},
    {"insurance.entry_basic", "year-1", 0.0, 2.0, &P::insurance_entry_basic, assumption, prior, "参保率：初中以下",
     "entry into social insurance, basic schooling"},
    {"insurance.entry_senior", "year-1", 0.0, 2.0, &P::insurance_entry_senior, assumption, prior, "参保率：高中",
     "entry into social insurance, senior schooling"},
    {"insurance.entry_tertiary", "year-1", 0.0, 2.0, &P::insurance_entry_tertiary, assumption, prior,
     "参保率：大专以上", "entry into social insurance, tertiary schooling"},
    {"insurance.exit", "year-1", 0.0, 2.0, &P::insurance_exit, assumption, prior, "断保率",
     "exit from social insurance"},
    {"insurance.share_basic", "1", 0.0, 1.0, &P::insured_share_basic, assumption, prior, "基年参保比例：初中以下",
     "insured in the base year, basic schooling"},
    {"insurance.share_senior", "1", 0.0, 1.0, &P::insured_share_senior, assumption, prior, "基年参保比例：高中",
     "insured in the base year, senior schooling"},
    {"insurance.share_tertiary", "1", 0.0, 1.0, &P::insured_share_tertiary, assumption, prior, "基年参保比例：大专以上",
     "insured in the base year, tertiary schooling"},
    {"housing.expenditure_share", "1", 0.1, 0.3, &P::housing_share, literature, "Zhou & Gong 2024 (0.20)",
     "住房支出份额", "share of income spent on housing"},
    {"housing.home_purchase", "year-1", 0.0, 1.0, &P::home_purchase, assumption, prior, "购房率",
     "buying a home where one lives unregistered"},
    {"vital.male_birth_share", "1", 0.4, 0.6, &P::male_birth_share, assumption,
     "sex ratio at birth of about 111, prior", "出生男婴比例", "share of boys among births"},
    {"vital.external_fertility", "1", 0.0, 1.5, &P::external_fertility, assumption,
     "the province's fertility is per resident woman: most children of women away are born and counted at home",
     "省外妇女生育系数", "fertility at external nodes against the province's"},
    {"boundary.external_registration", "year-1", 0.0, 1.0, &P::external_registration, assumption, prior, "省外落户率",
     "registering at an external node"},
    {"boundary.inflow_response", "1", 0.0, 5.0, &P::inflow_response, assumption, choice, "省外流入的弹性",
     "elasticity of inflow to attractiveness"},
    {"boundary.incomer_male_share", "1", 0.3, 0.7, &P::incomer_male_share, assumption,
     "prior: men prevail among inter-provincial migrants", "省外流入者男性比例", "share of men among incomers"},
    {"synthesis.urban_registered_town", "1", 0.01, 0.99, &P::urban_registered_town, assumption, relative,
     "镇区本地居民城镇户籍率", "urban registration in the town of one's own township"},
    {"synthesis.urban_registered_within_town", "1", 0.01, 0.99, &P::urban_registered_within_town, assumption, relative,
     "市州内迁入城镇者城镇户籍率", "urban registration in town, from elsewhere in the prefecture"},
    {"synthesis.urban_registered_within_rural", "1", 0.01, 0.99, &P::urban_registered_within_rural, assumption,
     relative, "市州内迁入乡村者城镇户籍率", "urban registration in the countryside, from elsewhere in the prefecture"},
    {"synthesis.urban_registered_across_town", "1", 0.01, 0.99, &P::urban_registered_across_town, assumption, relative,
     "跨市州迁入城镇者城镇户籍率", "urban registration in town, from another prefecture"},
    {"synthesis.urban_registered_across_rural", "1", 0.01, 0.99, &P::urban_registered_across_rural, assumption,
     relative, "跨市州迁入乡村者城镇户籍率", "urban registration in the countryside, from another prefecture"},
    {"synthesis.urban_registered_outside", "1", 0.01, 0.99, &P::urban_registered_outside, assumption, relative,
     "省外居住者城镇户籍率", "urban registration of people living outside the province"},
    {"synthesis.town_odds_senior", "1", 0.2, 10.0, &P::town_odds_senior, assumption, prior, "城镇高中学历优势比",
     "odds of senior schooling in towns against the countryside"},
    {"synthesis.town_odds_tertiary", "1", 0.2, 10.0, &P::town_odds_tertiary, assumption, prior,
     "城镇大专以上学历优势比", "odds of tertiary schooling in towns against the countryside"},
};

// Every field is a double, so the sizes agree exactly when every field has a row.
static_assert(std::size(table) == sizeof(Parameters) / sizeof(double), "a parameter has no entry in the table");

}  // namespace

std::span<const ParameterInfo> parameter_table() {
  return table;
}

const ParameterInfo* find_parameter(std::string_view name) {
  const auto* found = std::ranges::find(table, name, &ParameterInfo::name);
  return found == std::end(table) ? nullptr : found;
}

}  // namespace luohu
