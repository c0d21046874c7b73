#include "luohu/policy/work_points.hpp"

namespace luohu {

std::span<const WorkPoint> work_points() {
  // A runnable measure has `.levers`, one a line, and `.scenario`.
  static const std::vector<WorkPoint> table{
      {.number = 1,
       .title_zh = "有序放开放宽城市落户限制",
       .title_en = "Lift and relax the limits on registering in cities in an orderly way",
       .treatment = Treatment::simulated,
       .effect =
           "ends the years required outside Changsha, lowers them in Changsha, lets Changsha, Zhuzhou and Xiangtan "
           "recognise each other's years, opens registration at the habitual residence on trial, eases applying",
       .indicator = "eligible and settled by prefecture and route; registered urbanisation",
       .levers =
           {
               "registration.required_residence_years",
               "registration.required_insurance_years",
               "registration.credit_recognition",
               "registration.habitual_route",
               "registration.application_factor",
           },
       .scenario = "measure-01.toml"},
      {.number = 2,
       .title_zh = "推动城镇基本公共服务覆盖未落户常住人口",
       .title_en = "Extend basic urban services to residents who are not registered",
       .treatment = Treatment::simulated,
       .effect = "raises the coverage of unregistered residents by schools, preschools, health, pensions and, in "
                 "Changsha, public rental housing",
       .indicator = "coverage by service; moves into covering places up, settled down",
       .levers =
           {
               "coverage.school",
               "coverage.preschool",
               "coverage.health",
               "coverage.pension",
               "coverage.housing",
           },
       .scenario = "measure-02.toml"},
      {.number = 3,
       .title_zh = "提升农村转移人口就业技能",
       .title_en = "Raise the skills of people who leave farming",
       .treatment = Treatment::assumed,
       .effect =
           "trains a share of rural migrant workers a year, with higher wages or schooling; the text gives no size",
       .indicator = "schooling and wages of migrants"},
      {.number = 4,
       .title_zh = "健全配套政策体系",
       .title_en = "Complete the supporting policies: land quota, rural rights, paid exit",
       .treatment = Treatment::simulated,
       .effect = "ties new urban land to the number settled, keeps rural land rights after settling, pays for giving "
                 "them up; publishing population data does nothing",
       .indicator = "land from settlers, rents, settled holders of rural land, compensation paid"},
      {.number = 5,
       .title_zh = "培育发展现代化城市群",
       .title_en = "Develop modern city clusters",
       .treatment = Treatment::assumed,
       .effect =
           "shortens travel along the high-speed lines and raises productivity in the zones named; the text gives "
           "no size",
       .indicator = "moves along the corridors, returns from Guangdong, concentration"},
      {.number = 6,
       .title_zh = "持续推动长株潭一体化",
       .title_en = "Carry on the integration of Changsha, Zhuzhou and Xiangtan",
       .treatment = Treatment::simulated,
       .effect = "brings travel within the three cities under an hour and lets Zhuzhou and Xiangtan use part of "
                 "Changsha's services",
       .indicator = "moves and rents within the three cities"},
      {.number = 7,
       .title_zh = "促进中心城市优化发展",
       .title_en = "Improve the central cities",
       .treatment = Treatment::assumed,
       .effect = "raises productivity and land in Changsha, Yueyang and Hengyang; the text gives no size",
       .indicator = "wages and residents of the three cities"},
      {.number = 8,
       .title_zh = "推进县城补短板强弱项",
       .title_en = "Make good what county towns lack",
       .treatment = Treatment::assumed,
       .effect = "adds school places, hospital beds and amenity where the 15 county towns lie, which the text does not "
                 "name",
       .indicator = "urban residents and outflow of their prefectures"},
      {.number = 9,
       .title_zh = "推进特色小镇和小城镇健康发展",
       .title_en = "Develop specialised and small towns soundly",
       .treatment = Treatment::optional,
       .effect = "takes effect only where jobs per town are entered: it lies below the resolution of prefectures",
       .indicator = "none; incomes of the countryside if used"},
      {.number = 10,
       .title_zh = "建设美丽宜居城市",
       .title_en = "Build beautiful, liveable cities",
       .treatment = Treatment::simulated,
       .effect = "adds rental housing, caps the growth of rents and gives tenants the school rights of owners; the "
                 "renewal of communities does nothing",
       .indicator = "rents, school coverage of tenants"},
      {.number = 11,
       .title_zh = "建设新型智慧城市",
       .title_en = "Build smart cities",
       .treatment = Treatment::recorded,
       .effect = "does nothing: the one link, services online, is part of measure 1",
       .indicator = "none"},
      {.number = 12,
       .title_zh = "建设低碳绿色城市",
       .title_en = "Build low-carbon, green cities",
       .treatment = Treatment::optional,
       .effect = "takes effect only where a change of air quality is entered as amenity: the text sets no target",
       .indicator = "none; net migration by prefecture if used"},
      {.number = 13,
       .title_zh = "增强城市发展韧性",
       .title_en = "Make cities more resilient",
       .treatment = Treatment::assumed,
       .effect = "raises the capacity of health care outside the large cities; drainage and safety do nothing",
       .indicator = "health coverage; residents of 65 and over"},
      {.number = 14,
       .title_zh = "优化城市交通服务体系",
       .title_en = "Improve transport",
       .treatment = Treatment::assumed,
       .effect = "shortens travel within the Changsha cluster and between town and countryside; the text gives no size",
       .indicator = "moves between the places brought nearer"},
      {.number = 15,
       .title_zh = "实施城市更新行动",
       .title_en = "Renew the old city",
       .treatment = Treatment::assumed,
       .effect = "improves housing in 1,500 estates and removes cheap dwellings where urban villages are cleared",
       .indicator = "rents; moves out of towns"},
      {.number = 16,
       .title_zh = "优化城市空间治理",
       .title_en = "Govern urban space better",
       .treatment = Treatment::simulated,
       .effect = "makes the supply of housing more elastic through collective and idle land; plans do nothing",
       .indicator = "rents, residents of towns"},
      {.number = 17,
       .title_zh = "加强基层社会治理",
       .title_en = "Strengthen grassroots governance",
       .treatment = Treatment::recorded,
       .effect = "does nothing",
       .indicator = "none"},
      {.number = 18,
       .title_zh = "引导人才入乡就业创业",
       .title_en = "Lead skilled people to work and start businesses in the countryside",
       .treatment = Treatment::simulated,
       .effect = "opens registration in the countryside to those who come to work there",
       .indicator = "registrations from town to countryside; schooling of rural residents"},
      {.number = 19,
       .title_zh = "深化改革农村土地制度",
       .title_en = "Deepen the reform of rural land",
       .treatment = Treatment::simulated,
       .effect = "reserves 5 % of new building land for villages, so that towns get less, and raises rural land income",
       .indicator = "rents; incomes of the countryside"},
      {.number = 20,
       .title_zh = "推动公共设施向乡村延伸",
       .title_en = "Extend public facilities to the countryside",
       .treatment = Treatment::assumed,
       .effect = "raises services and amenity of the countryside and shortens its way to town; the text gives no size",
       .indicator = "moves from countryside to town"},
      {.number = 21,
       .title_zh = "加强部门协调",
       .title_en = "Coordinate the departments",
       .treatment = Treatment::fidelity,
       .effect = "scales how far the province delivers the other measures, and has no effect of its own",
       .indicator = "the other measures as written against as delivered"},
      {.number = 22,
       .title_zh = "压实地方责任",
       .title_en = "Hold local governments to their duties",
       .treatment = Treatment::fidelity,
       .effect = "scales how far each prefecture delivers the other measures, and has no effect of its own",
       .indicator = "spread of delivery over prefectures"},
  };
  return table;
}

std::string_view scenario_text(const WorkPoint& point) {
  if (!point.scenario.empty()) return point.scenario;
  return point.treatment == Treatment::recorded ? "none" : "not yet runnable in this version";
}

std::string effect_text(const WorkPoint& point) {
  const bool idle = point.scenario.empty() && point.treatment != Treatment::recorded;
  return std::string{idle ? "does nothing in this version; when runnable, " : ""}.append(point.effect);
}

}  // namespace luohu
