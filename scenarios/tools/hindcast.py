"""hindcast.toml, and targets-2020.csv and survival-2020.csv where the source has the census of 2020."""

from economy import size_class
from sources import AGES, SEXES
from tables import Writer

TARGET = "leiii/census @ 0ba0f1e (MIT): county volumes of the 7th census; Dong Du & Liu 2022"

# id, title, lever, size classes, start, value, note
MEASURES = [
    ("open-small", "小城市全面放开", "Small cities open", "residence_years", ["small"], 2014.58, 0,
     "Guofa 2014 No. 25: fully open below 0.5 million in the urban districts"),
    ("medium-residence", "中等城市居住年限", "Medium cities: residence", "residence_years", ["medium"], 2014.58, 1,
     "Guofa 2014 No. 25: orderly opening, insurance of at most 3 years; practice assumed"),
    ("large-residence", "大城市居住年限", "Large cities: residence", "residence_years", ["large"], 2014.58, 2,
     "Guofa 2014 No. 25: at most 5 years of insurance; practice assumed"),
    ("large-insurance", "大城市社保年限", "Large cities: insurance", "insurance_years", ["large"], 2014.58, 2,
     "Guofa 2014 No. 25: at most 5 years of insurance; practice assumed"),
    ("open-large-residence", "大城市取消居住年限", "Large cities open: residence", "residence_years", ["large"], 2019.25, 0,
     "NDRC tasks of April 2019: limits abolished in cities of 1 to 3 million"),
    ("open-large-insurance", "大城市取消社保年限", "Large cities open: insurance", "insurance_years", ["large"], 2019.25, 0,
     "NDRC tasks of April 2019: limits abolished in cities of 1 to 3 million"),
    ("largest-schooling", "最大城市放宽学历", "Largest cities: schooling", "minimum_education", ["largest"], 2019.25, 1,
     "NDRC tasks of April 2019: limits lifted for graduates, vocational ones included, in cities of 3 to 5 million"),
]


def measure(name, zh, en, lever, where, start, change, tag, note, ramp=None):
    lines = ["[[measure]]", f'id     = "{name}"', f'title  = {{ zh = "{zh}", en = "{en}" }}',
             f'lever  = "registration.{lever}"', f"place  = {where}", f"start  = {start}", change]
    if ramp:
        lines.append(f"ramp   = {ramp}")
    return "\n".join(lines + [f'source = {{ tag = "{tag}", note = "{note}" }}']) + "\n"


def files(folder, sources, name, places):
    text = [f"""# {name} from the census of 2010 to that of 2020, under the rules as they were: what `luohu validate` scores.
#
# Registration opened by size of the urban districts, by national rules of July 2014 and April 2019. The largest city
# of a province stayed controlled: "basically no limits, except in some provincial capitals" (NDRC, January 2020).
# Written by scenarios/tools/census_2010.py.

id         = "hindcast"
title      = {{ zh = "{places[0].rows['2010']['province_zh']}2010—2020年回测", en = "{name} 2010-2020, hindcast" }}
tables     = "census-2010"
first_year = 2010
last_year  = 2020
"""]
    text.append(measure("wedge", "未落户者工资损失下降", "Falling wedge", "income_wedge", '"all"', 2011,
                        "multiply = 0.667", "literature",
                        "Wu & You 2025: 0.150 of the wage in 2015; 0.225 in 2010 on the way from 0.507 in 2000", 4))
    for ident, zh, en, lever, classes, start, value, note in MEASURES:
        where = [p.name_zh for p in places if size_class(p, places) in classes]
        if where:
            listed = "[" + ", ".join(f'"{w}"' for w in where) + "]"
            text.append(measure(ident, zh, en, f"required_{lever}" if "years" in lever else lever, listed, start,
                                f"value  = {value}", "assumption" if "assumed" in note else "text", note))
    (folder / "hindcast.toml").write_text("\n".join(text), encoding="utf-8")
    if all("2020" in p.rows for p in places):
        targets(folder, places)
        survival(folder, sources)


def targets(folder, places):
    def items(p):
        for column in ("urban", "in_same_county", "in_other_county_same_province", "in_other_province"):
            yield TARGET_ITEM[column], p.count(column, "2020")
        for s in SEXES:
            for g in AGES:
                yield f"{s} {g}", p.people["2020"][s, g]
    Writer(folder)("targets-2020", "What the census of 1 November 2020 counted: read by luohu validate only",
                   [("place", "-", "-", "GB/T 2260 code"),
                    ("item", "-", "-", "urban residents; residents registered elsewhere, by class; sex and age group"),
                    ("persons", "person", "data", TARGET)],
                   [(p.code, item, persons) for p in places for item, persons in items(p)],
                   ["Residents by sex (F, M) and age group sum to the residents of the prefecture. The classes are those "
                    "of table in_migrants of census-2010."])


TARGET_ITEM = {"urban": "urban", "in_same_county": "same_county", "in_other_county_same_province": "other_county",
               "in_other_province": "other_province"}


def survival(folder, sources):
    """Everyone of the nation: who was ten years younger ten years before. Ages 85+ come from 75 and over."""
    def nation(year, sex, groups):
        return sum(people[sex, g] for (code, y), people in sources.ages.items()
                   if y == year and code in sources.indicators and (code, "2020") in sources.ages for g in groups)
    rows = []
    for s in SEXES:
        for i, g in enumerate(AGES[3:], start=3):
            before = {3: AGES[:2], len(AGES) - 1: AGES[-3:]}.get(i, [AGES[i - 2]])
            rows.append((s, g, f"{nation('2020', s, [g]) / nation('2010', s, before):.5f}"))
    Writer(folder)("survival-2020", "People of the nation by age in 2020 over those ten years younger in 2010",
                   [("sex", "-", "-", "F female, M male"), ("age_group", "-", "-", "completed years in 2020"),
                    ("ratio", "1", "computed", TARGET + ", and of the 6th")], rows,
                   ["Census survival ratios: what a prefecture has beyond them is net migration. They take up differences "
                    "of coverage between the censuses. Over the provinces whose ages are in the source."])
