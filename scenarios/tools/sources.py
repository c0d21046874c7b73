"""The folder of source tables, read once: censuses of 2010 and 2020 by prefecture and province, and what goes with them."""

import csv
import math
import sys
from pathlib import Path

AGES = ["0", "1-4"] + [f"{a}-{a + 4}" for a in range(5, 85, 5)] + ["85+"]
SEXES = ["F", "M"]
CORE = ["440100", "440300"]
DELTA = ["310000", "320000", "330000"]
GUANGDONG = "440000"

# Two prefectures of Guizhou got new codes in 2011.
RENAMED = {"522200": "520600", "522400": "520500"}

LEIII = "leiii/census @ 0ba0f1e (MIT): county volumes of the 6th census; Dong Du & Liu 2022"
SEATS = "seat of government, Alibaba DataV via lyhmyd1211/GeoMapData_CN @ 4871c5a (GCJ-02, offset of some 100 m)"
BIRTHPLACE = "place of birth by province, 6th census (vis2014/Assignment3, shares only)"
INCOME = "disposable income by province (NBS via xolarvill/KWL)"
WPP = "UN World Population Prospects 2024 for China (PPgp/wpp2024 @ 2da7768, CC BY 3.0 IGO)"

NAMES_EN = {
    "36": "Nanchang Jingdezhen Pingxiang Jiujiang Xinyu Yingtan Ganzhou Ji'an Yichun Fuzhou Shangrao",
    "42": "Wuhan Huangshi Shiyan Yichang Xiangyang Ezhou Jingmen Xiaogan Jingzhou Huanggang Xianning Suizhou Enshi",
    "43": "Changsha Zhuzhou Xiangtan Hengyang Shaoyang Yueyang Changde Zhangjiajie Yiyang Chenzhou Yongzhou Huaihua "
          "Loudi Xiangxi",
    "44": "Guangzhou Shaoguan Shenzhen Zhuhai Shantou Foshan Jiangmen Zhanjiang Maoming Zhaoqing Huizhou Meizhou "
          "Shanwei Heyuan Yangjiang Qingyuan Dongguan Zhongshan Chaozhou Jieyang Yunfu",
    "45": "Nanning Liuzhou Guilin Wuzhou Beihai Fangchenggang Qinzhou Guigang Yulin Baise Hezhou Hechi Laibin Chongzuo",
    "50": "Chongqing",
    "52": "Guiyang Liupanshui Zunyi Anshun Tongren Qianxinan Bijie Qiandongnan Qiannan",
}
PROVINCES = {"36": "Jiangxi", "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi", "50": "Chongqing",
             "52": "Guizhou"}


def read(folder, name):
    with open(Path(folder) / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(row, column):
    return float(row[column]) if row[column] else 0.0


def great_circle(a, b):
    """Kilometres between two points (longitude, latitude in degrees)."""
    x, y, u, v = (math.radians(t) for t in (*a, *b))
    h = math.sin((v - y) / 2) ** 2 + math.cos(y) * math.cos(v) * math.sin((u - x) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def weighted_mean(pairs):
    pairs = list(pairs)
    size = sum(weight for _, weight in pairs)
    return sum(value * weight for value, weight in pairs) / size


class Prefecture:
    """One place of the province: its census rows by year and its people by sex and age."""

    def __init__(self, code, name_en, rows, people, point):
        self.code = code
        self.rows = rows  # year -> row of the census table
        self.name_en = name_en or self.name_zh
        self.slug = name_en.lower().replace("'", "") or "p" + code
        self.people = people  # year -> {(sex, age group): persons}
        self.point = point

    @property
    def name_zh(self):
        return self.rows["2020" if "2020" in self.rows else "2010"]["name_zh"]

    def count(self, column, year="2010"):
        return int(number(self.rows[year], column))

    def value(self, column):
        return number(self.rows["2010"], column)

    def age(self, group, year="2010"):
        return sum(self.people[year][sex, group] for sex in SEXES)


class Sources:
    def __init__(self, folder):
        self.units = read(folder, "census_prefectures.csv")
        self.provinces = {(r["adcode"], r["census_year"]): r for r in read(folder, "census_provinces.csv")}
        self.indicators = {r["adcode"]: r for r in read(folder, "china_provinces_indicators.csv")}
        self.annual = {(r["adcode"], r["year"]): r for r in read(folder, "china_provinces_annual.csv")}
        self.seats = {r["adcode"]: r for r in read(folder, "china_prefectures_population.csv")}
        self.births = [r for r in read(folder, "interprovincial_od_lifetime_2000_2010.csv")
                       if r["census_year_inferred"] == "2010"]
        self.deaths = read(folder, "china_life_table_wpp2024.csv")
        self.fertility = read(folder, "china_fertility_2010_2020.csv")
        self.vital = {int(r["year"]): r for r in read(folder, "china_vital_annual_wpp2024.csv")}
        self.ages = {}
        for name in ("census_prefectures_age_sex.csv", "census_provinces_age_sex.csv"):
            for r in read(folder, name):
                key = (r["adcode"], r["census_year"])
                self.ages.setdefault(key, {})[r["sex"], r["age_group"]] = int(r["persons"])

    def point(self, code):
        if code in self.seats:
            return float(self.seats[code]["lon_center"]), float(self.seats[code]["lat_center"])
        return float(self.indicators[code]["lon_capital"]), float(self.indicators[code]["lat_capital"])

    def prefectures(self, province):
        """The places of a province (its two digits); one without prefectures in the source is one place.

        Where no English name is known the Chinese one and the code stand in.
        """
        by_code = {}
        for r in self.units:
            if r["adcode"].startswith(province) and (r["adcode"], r["census_year"]) in self.ages:
                code = RENAMED.get(r["adcode"], r["adcode"])
                place = by_code.setdefault(code, ({}, {}))
                place[0][r["census_year"]] = r
                place[1][r["census_year"]] = self.ages[r["adcode"], r["census_year"]]
        if not any("2010" in rows for rows, _ in by_code.values()):
            whole = province + "0000"
            rows = {year: r for (code, year), r in self.provinces.items() if code == whole and (code, year) in self.ages}
            by_code = {whole: (rows, {year: self.ages[whole, year] for year in rows})}
        missing = [code for code, (rows, _) in by_code.items() if "2010" not in rows]
        if missing:
            sys.exit(f"the source has no census of 2010 with ages for {', '.join(missing)}")
        order = sorted(by_code, key=lambda c: by_code[c][0]["2010"]["adcode"])
        names = NAMES_EN[province].split() if province in NAMES_EN else [""] * len(order)
        return [Prefecture(c, n, *by_code[c], self.point(c)) for c, n in zip(order, names, strict=True)]

    def province_name(self, province):
        return PROVINCES.get(province) or self.indicators[province + "0000"]["name_zh"]

    def all_prefectures(self):
        return [p for province in NAMES_EN for p in self.prefectures(province)]

    def national_age(self, group):
        return sum(people[sex, group] for (code, year), people in self.ages.items()
                   if year == "2010" and code in self.indicators for sex in SEXES)

    def born_here_living_there(self):
        """{(province of birth, province of residence): sample persons}"""
        return {(r["origin_adcode"], r["dest_adcode"]): float(r["longform_sample_persons"]) for r in self.births}
