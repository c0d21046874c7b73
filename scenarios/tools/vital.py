"""mortality, fertility, vital_factors, vital_rates, vital_path."""

import math

from sources import AGES, LEIII, SEXES, WPP
from tables import PLACE, SEX

TABLES = ("2005-2010", "2010-2015")  # the census lies between them
YEARS = range(2010, 2021)
SHRINK_DEATHS, SHRINK_BIRTHS = 0.5, 0.75


def death_rates(sources):
    """{(sex, age start): rate}, the geometric mean of the two periods."""
    rates = {}
    for r in sources.deaths:
        if r["period"] in TABLES:
            key = (r["sex"], int(r["age_start"]))
            rates[key] = rates.get(key, 1.0) * float(r["mx_per_person_year"]) ** 0.5
    return rates


def single_death_rates(rates, sex):
    """Rates at 0 … 100: logs linear between the middles of groups, ages 1-4 on the line to 5-9."""
    starts = sorted(a for s, a in rates if s == sex)
    middle = {a: 0.0 if a == 0 else (2.5 if a == 1 else a + 2.0) for a in starts}
    points = [(middle[a], math.log(rates[sex, a])) for a in starts]
    def at(age):
        for (x, y), (u, v) in zip(points, points[1:]):
            if x <= age <= u:
                return math.exp(y + (v - y) * (age - x) / (u - x))
        return math.exp(points[-1][1])
    return [at(float(age)) for age in range(101)]


def birth_rates(sources):
    """[rate at 15 … 49]: linear between the middles of groups, group sums kept."""
    groups = {}
    for r in sources.fertility:
        if r["source_series"] == "WPP2024" and r["period"] in TABLES:
            start = int(r["age"][:2])
            groups[start] = groups.get(start, 0.0) + float(r["asfr_per_1000_women"]) / 2000
    points = [(14.0, 0.0)] + [(a + 2.0, groups[a]) for a in sorted(groups)] + [(50.0, 0.0)]
    singles = []
    for age in range(15, 50):
        (x, y), (u, v) = next(pair for pair in zip(points, points[1:]) if pair[0][0] <= age <= pair[1][0])
        singles.append(y + (v - y) * (age - x) / (u - x))
    for start, rate in groups.items():
        part = singles[start - 15:start - 10]
        singles[start - 15:start - 10] = [x * 5 * rate / sum(part) for x in part]
    return singles


def expected_deaths(people, singles):
    """Deaths of {(sex, age group): persons} a year at the rates `singles`[sex]."""
    total = 0.0
    for (s, g), persons in people.items():
        first = int(g.split("-")[0].rstrip("+"))
        last = {"0": 0, "1-4": 4, "85+": 94}.get(g, first + 4)
        rates = singles[s][first:last + 1]
        total += persons * sum(rates) / len(rates)
    return total


def expected_births(people, singles):
    return sum(people["F", f"{a}-{a + 4}"] * sum(singles[a - 15:a - 10]) / 5 for a in range(15, 50, 5))


def tables(write, sources, name, places):
    singles = {s: single_death_rates(death_rates(sources), s) for s in SEXES}
    births = birth_rates(sources)
    write("mortality", "Death rates by sex and single year of age, 2010",
          [SEX, ("age", "-", "-", "completed years; 100 = 100 and over"), ("rate", "year-1", "computed", WPP)],
          [(s, age, f"{rate:.6f}") for s in SEXES for age, rate in enumerate(singles[s])],
          ["Geometric mean of the abridged tables 2005-2010 and 2010-2015, logs interpolated linearly between the "
           "middles of groups. The nation's table; table vital_factors sets the place. Range +-5 % in level."])
    write("fertility", "Births per woman and year by single year of age, 2010",
          [("age", "-", "-", "completed years"), ("rate", "year-1", "computed", WPP)],
          [(15 + i, f"{rate:.6f}") for i, rate in enumerate(births)],
          [f"Mean of 2005-2010 and 2010-2015, total fertility {sum(births):.2f}, interpolated linearly with group sums "
           "kept. The nation's table; table vital_factors sets the place. Range +-5 % in level."])
    factors(write, sources, places, singles, births)
    write("vital_rates", "Births and deaths of the census year as counted, 2010",
          [PLACE, ("births", "1e-3 year-1", "data", LEIII), ("deaths", "1e-3 year-1", "data", LEIII)],
          [(p.code, p.value("birth_rate_permille"), p.value("death_rate_permille")) for p in places],
          ["Per 1000 residents, under-reported by the usual census amount. No run reads them: they are a regressor of a "
           "benchmark of luohu validate."])
    path(write, sources, singles)


def factors(write, sources, places, singles, births):
    def ratios(row, people):
        size = sum(people.values()) / 1000
        return (float(row["death_rate_permille"]) * size / expected_deaths(people, singles),
                float(row["birth_rate_permille"]) * size / expected_births(people, births))
    nation = [(row, sources.ages[code, year]) for (code, year), row in sources.provinces.items()
              if year == "2010" and (code, year) in sources.ages and row["birth_rate_permille"]]
    sizes = [sum(people.values()) for _, people in nation]
    mean = [sum(r[i] * n for r, n in zip((ratios(*x) for x in nation), sizes)) / sum(sizes) for i in (0, 1)]
    rows = []
    for p in places:
        deaths, born = ratios(p.rows["2010"], p.people["2010"])
        rows.append((p.code, f"{(deaths / mean[0]) ** SHRINK_DEATHS:.4f}", f"{(born / mean[1]) ** SHRINK_BIRTHS:.4f}"))
    write("vital_factors", "Mortality and fertility of prefectures relative to the nation, 2010",
          [PLACE, ("mortality_factor", "1", "computed", f"death rates of the census year against deaths expected from "
                   f"the age structure ({LEIII}); shrunk by one half"),
           ("fertility_factor", "1", "computed", f"birth rates of the census year against births expected from the "
            f"women ({LEIII}); shrunk by one quarter")], rows,
          ["Both ratios are relative to their mean over the provinces, because the census year's births and deaths are "
           f"under-reported (nation: {mean[1]:.2f} of the births and {mean[0]:.2f} of the deaths expected); so the "
           "nation has the level of tables mortality and fertility. Range +-6 % and +-8 %."])


def path(write, sources, singles):
    def level(period):
        return sum(float(r["mx_per_person_year"]) * w for r in sources.deaths if r["period"] == period
                   for w in [sum(n for (s, g), n in weights.items() if s == r["sex"] and start(g) == int(r["age_start"]))])
    def start(g):
        return int(g.split("-")[0].rstrip("+"))
    weights = {(s, g): sum(p[s, g] for (c, y), p in sources.ages.items() if y == "2010" and c.endswith("0000"))
               for s in SEXES for g in AGES}
    yearly = (level(TABLES[1]) / level(TABLES[0])) ** 0.2
    base = float(sources.vital[2010]["tfr"])
    rows = [(y, f"{yearly ** (y - 2010):.4f}", f"{float(sources.vital[min(y, 2019)]['tfr']) / base:.4f}") for y in YEARS]
    write("vital_path", "Course of mortality and fertility after 2010 relative to 2010",
          [("year", "-", "-", "calendar year"), ("mortality_factor", "1", "computed", "constant decline; " + WPP),
           ("fertility_factor", "1", "computed", "total fertility of the nation 2010-2019; " + WPP)], rows,
          [f"mortality_factor: {100 * (yearly - 1):.1f} % a year, the change between the tables of 2005-2010 and "
           "2010-2015 weighted by the residents of 2010.",
           "fertility_factor: the nation's, as it was; the last year has the value of the year before. The hindcast is "
           "conditional on the nation's births and deaths; the province's own are not used."])
