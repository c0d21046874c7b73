#include "luohu/policy/work_points.hpp"

namespace luohu {

std::span<const WorkPoint> work_points() {
  static const std::vector<WorkPoint> table{
      {.number = 1,
       .title_zh = "有序放开放宽城市落户限制",
       .title_en = "Lift and relax the limits on registering in cities in an orderly way",
       .treatment = Treatment::simulated,
       .effect_zh = "长沙以外取消落户年限要求（该要求几乎没有约束力），长沙降低年限，长沙、株洲、湘潭年限互认，株洲、湘"
                    "潭试点在经常居住地落户，申请略为便利",
       .effect_en = "ends the years required outside Changsha, where they hardly bind, lowers them in Changsha, lets "
                    "Changsha, Zhuzhou and Xiangtan recognise each other's years, opens registration at the habitual "
                    "residence on trial in the latter two, eases applying a little",
       .indicator = "eligible and settled by prefecture and route; registered urbanisation",
       .levers = {"registration.required_residence_years", "registration.required_insurance_years",
                  "registration.credit_recognition", "registration.habitual_route", "registration.application_factor"},
       .scenario = "measure-01.toml"},
      {.number = 2,
       .title_zh = "推动城镇基本公共服务覆盖未落户常住人口",
       .title_en = "Extend basic urban services to residents who are not registered",
       .treatment = Treatment::simulated,
       .effect_zh = "未落户常住人口可入学、入园、就医、参加养老保险，在长沙可申请公租房；在名额有约束的长沙增加学位、园"
                    "位和 4.35 万套租赁住房",
       .effect_en =
           "lets unregistered residents into schools, preschools, health care, pensions and, in Changsha, public "
           "rental housing, and adds school and preschool places and 43,500 rental units in Changsha, where "
           "places bind",
       .indicator = "coverage by service, children without a place; moves of the unregistered up, settled down",
       .levers = {"coverage.school", "coverage.preschool", "coverage.health", "coverage.pension", "coverage.housing",
                  "school.seats", "preschool.places", "housing.rental_units"},
       .scenario = "measure-02.toml"},
      {.number = 3,
       .title_zh = "提升农村转移人口就业技能",
       .title_en = "Raise the skills of people who leave farming",
       .treatment = Treatment::assumed,
       .effect_zh = "每年使一部分初等学历的农民工受训后达到职业教育水平；原文未给规模；返乡创业不起作用",
       .effect_en =
           "trains a share of the rural migrant workers of basic schooling a year to vocational level; the text "
           "gives no size; start-ups of returnees do nothing",
       .indicator = "schooling of townspeople; wages by schooling",
       .levers = {"skills.training_rate"},
       .scenario = "measure-03.toml"},
      {.number = 4,
       .title_zh = "健全配套政策体系",
       .title_en = "Complete the supporting policies: land quota, rural rights, paid exit",
       .treatment = Treatment::simulated,
       .effect_zh = "城镇用地随落户人数增加（长沙中心城区除外），落户后保留更多农村土地权益；有偿退出仅在用户输入价格时"
                    "提供；公布人口数据不起作用",
       .effect_en = "lets town land grow with the number settled, but not in Changsha's core, and keeps more of rural "
                    "land rights after settling; offers a paid exit only at a price the user enters; publishing "
                    "population data does nothing",
       .indicator = "town land, rents; settled outside the prefecture; cost of paid exits",
       .levers = {"land.quota_tied", "land.rights_kept", "land.exit_price"},
       .scenario = "measure-04.toml"},
      {.number = 5,
       .title_zh = "培育发展现代化城市群",
       .title_en = "Develop modern city clusters",
       .treatment = Treatment::assumed,
       .effect_zh = "缩短三条高铁线上十二个市州之间的出行时间，提高湘南生产率；原文未给规模；洞庭湖区和湘西不起作用",
       .effect_en =
           "shortens travel between the twelve prefectures on the three high-speed lines and raises productivity "
           "in southern Hunan; the text gives no size; the lake district and western Hunan do nothing",
       .indicator = "moves between prefectures on the lines; share of Changsha",
       .levers = {"travel.between_factor", "productivity.town"},
       .scenario = "measure-05.toml"},
      {.number = 6,
       .title_zh = "持续推动长株潭一体化",
       .title_en = "Carry on the integration of Changsha, Zhuzhou and Xiangtan",
       .treatment = Treatment::assumed,
       .effect_zh = "略微缩短三市之间的出行时间（市中心之间本已在一小时以内），并以宜居度表示公共服务共享对株洲、湘潭吸"
                    "引力的提升；原文未给规模",
       .effect_en =
           "shortens travel among the three cities a little, as their seats are within the hour already, and makes "
           "Zhuzhou and Xiangtan more attractive by shared services, entered as amenity; the text gives no size",
       .indicator = "moves and rents within the three cities",
       .levers = {"travel.between_factor", "amenity.town"},
       .scenario = "measure-06.toml"},
      {.number = 7,
       .title_zh = "促进中心城市优化发展",
       .title_en = "Improve the central cities",
       .treatment = Treatment::assumed,
       .effect_zh = "提高岳阳、衡阳的生产率；原文未给规模；长沙的密度和布局不起作用",
       .effect_en =
           "raises productivity in Yueyang and Hengyang; the text gives no size; density and layout of Changsha "
           "do nothing",
       .indicator = "wages and residents of the two cities",
       .levers = {"productivity.town"},
       .scenario = "measure-07.toml"},
      {.number = 8,
       .title_zh = "推进县城补短板强弱项",
       .title_en = "Make good what county towns lack",
       .treatment = Treatment::assumed,
       .effect_zh = "为 15 "
                    "个县城增加学位、医疗容量和宜居度；原文未列名单，假设每个市州一个、衡阳两个；县城小于市州这一分辨率"
                    "，作用相应较小",
       .effect_en =
           "adds school places, health capacity and amenity for 15 county towns, which the text does not name: "
           "one in each prefecture and a second in Hengyang are assumed; a county town is below the resolution "
           "of prefectures, and the effect as small",
       .indicator = "school places; residents of towns",
       .levers = {"school.seats", "health.capacity", "amenity.town"},
       .scenario = "measure-08.toml"},
      {.number = 9,
       .title_zh = "推进特色小镇和小城镇健康发展",
       .title_en = "Develop specialised and small towns soundly",
       .treatment = Treatment::recorded,
       .effect_zh = "不起作用：每镇几百个岗位低于市州这一分辨率；有数据者可作为乡村生产率输入",
       .effect_en =
           "does nothing: a few hundred jobs a town lie below the resolution of prefectures; whoever has numbers "
           "enters them as productivity of the countryside",
       .indicator = "none"},
      {.number = 10,
       .title_zh = "建设美丽宜居城市",
       .title_en = "Build beautiful, liveable cities",
       .treatment = Treatment::simulated,
       .effect_zh = "在长沙让更多租房者的子女入学，盘活空置住房；限制租金涨幅，但租金涨幅达不到上限；原文未给规模，新增"
                    "租赁住房仅在用户输入时计入；人居环境和小区改造不起作用",
       .effect_en =
           "admits more tenants' children to school and brings vacant dwellings to the market, in Changsha; caps "
           "the growth of rents, which stays below the cap; the text gives no size, and new rental units count "
           "only if the user enters them; living environment and renewal of communities do nothing",
       .indicator = "rents; children without a place",
       .levers = {"housing.rental_units", "housing.rent_growth_cap", "coverage.school", "housing.stock"},
       .scenario = "measure-10.toml"},
      {.number = 11,
       .title_zh = "建设新型智慧城市",
       .title_en = "Build smart cities",
       .treatment = Treatment::recorded,
       .effect_zh = "不起作用：唯一的联系是网上办理，已计入措施一",
       .effect_en = "does nothing: the one link, services online, is part of measure 1",
       .indicator = "none"},
      {.number = 12,
       .title_zh = "建设低碳绿色城市",
       .title_en = "Build low-carbon, green cities",
       .treatment = Treatment::optional,
       .effect_zh = "仅在用户把空气质量的变化作为宜居度输入时起作用：原文未设目标",
       .effect_en = "takes effect only where a change of air quality is entered as amenity: the text sets no target",
       .indicator = "net migration by prefecture",
       .levers = {"amenity.town"},
       .scenario = "measure-12-optional.toml"},
      {.number = 13,
       .title_zh = "增强城市发展韧性",
       .title_en = "Make cities more resilient",
       .treatment = Treatment::assumed,
       .effect_zh = "提高长沙以外的医疗容量，但当地容量没有约束，因此没有变化；排水和安全不起作用",
       .effect_en =
           "raises the capacity of health care outside Changsha, which changes nothing because capacity does not "
           "bind there; drainage and safety do nothing",
       .indicator = "none; health coverage where capacity binds",
       .levers = {"health.capacity"},
       .scenario = "measure-13.toml"},
      {.number = 14,
       .title_zh = "优化城市交通服务体系",
       .title_en = "Improve transport",
       .treatment = Treatment::assumed,
       .effect_zh = "缩短长株潭内部以及城乡之间的出行时间；原文未给规模；市内公交、枢纽和货运不起作用",
       .effect_en =
           "shortens travel within Chang-Zhu-Tan and between town and countryside; the text gives no size; buses "
           "within towns, hubs and freight do nothing",
       .indicator = "moves between the places brought nearer",
       .levers = {"travel.between_factor", "travel.within_factor"},
       .scenario = "measure-14.toml"},
      {.number = 15,
       .title_zh = "实施城市更新行动",
       .title_en = "Renew the old city",
       .treatment = Treatment::assumed,
       .effect_zh = "改造 1500 个小区以改善城镇住房，长沙城中村拆除减少低价住房；每个小区的价值为假设",
       .effect_en =
           "improves housing in towns through 1,500 estates and removes cheap dwellings in Changsha where urban "
           "villages are cleared; what an estate is worth is assumed",
       .indicator = "rents; residents of towns",
       .levers = {"amenity.town", "housing.stock"},
       .scenario = "measure-15.toml"},
      {.number = 16,
       .title_zh = "优化城市空间治理",
       .title_en = "Govern urban space better",
       .treatment = Treatment::simulated,
       .effect_zh = "利用集体用地和闲置用地提高住房供给弹性；原文未给规模；规划不起作用",
       .effect_en =
           "makes the supply of housing more elastic through collective and idle land; the text gives no size; "
           "plans do nothing",
       .indicator = "rents, dwellings and residents of towns",
       .levers = {"housing.supply_elasticity_added"},
       .scenario = "measure-16.toml"},
      {.number = 17,
       .title_zh = "加强基层社会治理",
       .title_en = "Strengthen grassroots governance",
       .treatment = Treatment::recorded,
       .effect_zh = "不起作用",
       .effect_en = "does nothing",
       .indicator = "none"},
      {.number = 18,
       .title_zh = "引导人才入乡就业创业",
       .title_en = "Lead skilled people to work and start businesses in the countryside",
       .treatment = Treatment::simulated,
       .effect_zh = "来乡村居住者可在乡村落户；选择落户的比例为假设；投资和培训不起作用",
       .effect_en = "opens registration in the countryside to those who have come to live there; how many take it is "
                    "assumed; investment and courses do nothing",
       .indicator = "settled by route countryside",
       .levers = {"registration.countryside_rate"},
       .scenario = "measure-18.toml"},
      {.number = 19,
       .title_zh = "深化改革农村土地制度",
       .title_en = "Deepen the reform of rural land",
       .treatment = Treatment::simulated,
       .effect_zh = "新增建设用地的 5% 留给乡村，城镇用地相应减少；乡村收入提高，幅度原文未给",
       .effect_en = "reserves 5 % of new building land for villages, so that towns get less, and raises incomes of the "
                    "countryside by a share the text does not give",
       .indicator = "town land, rents; residents of the countryside",
       .levers = {"land.village_reserve", "productivity.countryside"},
       .scenario = "measure-19.toml"},
      {.number = 20,
       .title_zh = "推动公共设施向乡村延伸",
       .title_en = "Extend public facilities to the countryside",
       .treatment = Treatment::assumed,
       .effect_zh = "提高乡村宜居度，缩短城乡出行时间；原文未给规模；物流不起作用",
       .effect_en = "raises the amenity of the countryside and shortens its way to town; the text gives no size; "
                    "logistics do nothing",
       .indicator = "moves between countryside and town",
       .levers = {"amenity.countryside", "travel.within_factor"},
       .scenario = "measure-20.toml"},
      {.number = 21,
       .title_zh = "加强部门协调",
       .title_en = "Coordinate the departments",
       .treatment = Treatment::fidelity,
       .effect_zh = "调节全省落实其他措施的程度，本身没有作用",
       .effect_en = "scales how far the province delivers the other measures, and has no effect of its own",
       .indicator = "full against full-low-fidelity",
       .levers = {"delivery.fidelity"},
       .scenario = "measure-21.toml"},
      {.number = 22,
       .title_zh = "压实地方责任",
       .title_en = "Hold local governments to their duties",
       .treatment = Treatment::fidelity,
       .effect_zh = "调节各市州落实其他措施的程度，本身没有作用",
       .effect_en = "scales how far each prefecture delivers the other measures, and has no effect of its own",
       .indicator = "full against full-low-fidelity, by prefecture",
       .levers = {"delivery.fidelity"},
       .scenario = "measure-22.toml"},
  };
  return table;
}

}  // namespace luohu
