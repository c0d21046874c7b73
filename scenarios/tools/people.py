"""places, residents, urban_rural, in_migrants, education, education_by_age, registered, elsewhere, migrant_profile, tenure."""

from externals import BORDER, LEAST_AWAY, core_share, point_of
from fitting import non_negative_least_squares, smooth
from sources import AGES, BIRTHPLACE, LEIII, SEATS, SEXES
from tables import AGE, PLACE, SEX, urban_share

CITY_SHARE = 0.35  # of a prefecture's urban residents, share in the urban districts of its city
NATIVE = 0.15  # of a migrant class's age profile, share taken from all residents

# Share of each level by age group about 2010: senior, tertiary (assumption, cohorts schooled since the 1940s).
SCHOOLING = {"15-19": (.42, .08), "20-24": (.24, .27), "25-29": (.19, .22), "30-34": (.17, .17), "35-39": (.15, .12),
             "40-44": (.16, .09), "45-49": (.21, .07), "50-54": (.19, .045), "55-59": (.11, .03), "60-64": (.07, .025),
             "65-69": (.06, .025), "70-74": (.05, .025), "75-79": (.05, .025), "80-84": (.04, .02), "85+": (.03, .01)}
EDUCATION = {"basic": ("none", "primary", "junior"), "senior": ("senior",), "tertiary": ("college", "university")}


def city_proper(place):
    return round(CITY_SHARE * place.count("urban"))


def tables(write, sources, name, places, stocks, nodes):
    home = places[0].code[:2] + "0000"
    write("places", f"The prefectures of {name} and its external places",
          [PLACE, ("id", "-", "-", "short name used in files"), ("name_zh", "-", "-", "Chinese name"),
           ("name_en", "-", "-", "English name"), ("kind", "-", "-", "prefecture or external"),
           ("longitude", "degree", "data", SEATS + "; external: mean weighted by people from other provinces"),
           ("latitude", "degree", "data", "as longitude"),
           ("city_proper", "person", "computed", f"urban residents ({LEIII}) x {CITY_SHARE}; 0 for external places")],
          [(p.code, p.slug, p.name_zh, p.name_en, "prefecture", f"{p.point[0]:.3f}", f"{p.point[1]:.3f}",
            city_proper(p)) for p in places]
          + [external_row(sources, home, n) for n in nodes],
          ["prd_core = Guangzhou and Shenzhen; yangtze_delta = Shanghai, Jiangsu, Zhejiang; then the one of the "
           "remaining provinces that exchanged most people by place of birth; other = all the rest.",
           f"The urban districts were not counted separately in 2010; {CITY_SHARE} of the urban residents is an "
           "assumption (range 0.2-0.65). It sets the size class of a city and names the largest, nothing else."])
    write("residents", "Residents by prefecture, sex and age group, census of 1 November 2010",
          [PLACE, SEX, AGE, ("persons", "person", "data", LEIII)],
          [(p.code, s, g, p.people["2010"][s, g]) for p in places for s in SEXES for g in AGES],
          [f"Counts, not estimates; they sum to {sum(p.count('persons') for p in places)}. Under-enumeration is not "
           "corrected. Units administered directly by a province are no prefectures and are left out."])
    write("urban_rural", "Residents by prefecture and zone, census of 1 November 2010",
          [PLACE, ("urban", "person", "data", LEIII), ("rural", "person", "data", LEIII)],
          [(p.code, p.count("urban"), p.count("rural")) for p in places],
          ["Urban and rural by the statistical definition of the National Bureau of Statistics used in the census."])
    in_migrants(write, places, stocks)
    education(write, places)
    registration(write, places, stocks, nodes, sources)
    migrant_profile(write, sources)
    tenure(write, places)


def external_row(sources, home, node):
    (x, y), _ = point_of(sources, home, node)
    return node.code, node.slug, node.name_zh, node.name_en, "external", f"{x:.3f}", f"{y:.3f}", 0


def in_migrants(write, places, stocks):
    write("in_migrants", "Residents registered elsewhere, by prefecture and origin class, 2010",
          [PLACE, ("same_county", "person", "data", LEIII + "; another township of the same county or city"),
           ("other_county", "person", "data", LEIII + "; another county or district of the province"),
           ("other_province", "person", "data", LEIII + "; outside the province"),
           ("other_county_same_prefecture", "person", "assumption",
            "part of other_county registered in the same prefecture; see the notes")],
          [(p.code, p.count("in_same_county"), p.count("in_other_county_same_province"), p.count("in_other_province"),
            near) for p, near in zip(places, stocks.near)],
          ["The first three are counts. The fourth is an estimate.",
           f"{BORDER} of other_county (range 0.40-0.65), less where the identity away = registered - residents + in "
           f"would leave fewer than {LEAST_AWAY:.0%} of the registered living elsewhere. A province of one place: all."])


def education(write, places):
    def persons(p, level, sex):
        return sum(p.count(f"edu_{part}_{sex.lower()}") for part in EDUCATION[level])
    write("education", "Residents aged 6 and over by prefecture, sex and level of education, 2010",
          [PLACE, SEX, ("level", "-", "-", "basic = none, primary, junior; senior = senior secondary and vocational; "
                        "tertiary = college, university and above"), ("persons", "person", "data", LEIII)],
          [(p.code, s, level, persons(p, level, s)) for p in places for s in SEXES for level in EDUCATION],
          ["People still attending count at the level attended."])
    rows = []
    for g in AGES:
        senior, tertiary = SCHOOLING.get(g, (0, 0))
        shares = {"basic": 1 - senior - tertiary, "senior": senior, "tertiary": tertiary}
        rows += [(g, level, f"{share:.4f}") for level, share in shares.items()]
    write("education_by_age", "Share of each level of education by age group: seed for the joint distribution",
          [AGE, ("level", "-", "-", "as in table education"),
           ("weight", "1", "assumption", "shape by cohort; the totals of table education set the level")], rows,
          ["One shape for every province. Range +-0.05 at ages 15-49, +-0.03 above. Rows of one age sum to 1."])


def registration(write, places, stocks, nodes, sources):
    raised = [p.name_en for p, r in zip(places, stocks.registered) if r != p.count("registered")]
    note = ("Raised, because more people from elsewhere are counted than residents exceed the registered: "
            + ", ".join(raised) + ".") if raised else "As counted; no prefecture was changed."
    write("registered", "People registered (hukou) by prefecture at the census of 2010",
          [PLACE, ("registered", "person", "data", LEIII + "; registered population"),
           ("urban_share", "1", "data", LEIII + "; share of non-agricultural registration")],
          [(p.code, r, f"{p.value('nonagricultural_registration_pct') / 100:.4f}")
           for p, r in zip(places, stocks.registered)], [note])
    codes = [p.code for p in places] + [n.code for n in nodes]
    rows = [(o.code, d, persons) for o, row in zip(places, stocks.out) for d, persons in zip(codes, row) if o.code != d]
    rows += [(n.code, p.code, persons) for n, row in zip(nodes, stocks.into) for p, persons in zip(places, row)]
    write("elsewhere", "People living elsewhere than the prefecture where they are registered, 2010",
          [("origin", "-", "-", "where registered"), ("destination", "-", "-", "where living"),
           ("persons", "person", "computed",
            f"iterative proportional fitting to census margins (leiii/census @ 0ba0f1e); seeds: {BIRTHPLACE} and "
            "great-circle distance")], rows,
          ["Margins are exact: by destination prefecture, other_county - other_county_same_prefecture and "
           "other_province of table in_migrants; by origin prefecture, registered - residents + in; out of the "
           f"province {stocks.outside} = registered - residents + other_province, all summed.",
           "Seed between prefectures: arrivals at the destination over distance, at least 20 km. Destinations and "
           f"origins outside: place of birth; {core_share(sources):.0%} of the people in Guangdong in its two core "
           "cities (their share of people from other provinces), a quarter of those from Guangdong out of them "
           "(assumption, 10-40 %).", "Range of single cells: +-30 % above 20,000 persons, a factor of 2 below."])


ZONE_RURAL = {"same_county": .08, "same_prefecture": .05, "other_prefecture": .07, "other_province": .15}


def profiles(sources):
    """{class: {(sex, age): share}}, and people by regressor: by regression of age shares on shares of class over all
    prefectures."""
    units = sources.all_prefectures()
    shares = []
    for p in units:
        size = p.count("persons")
        a, b, c = (p.count(k) / size for k in ("in_same_county", "in_other_county_same_province", "in_other_province"))
        rural = max(0.0, p.count("rural") / size - .08 * a - .06 * b - .15 * c)
        shares.append([rural, max(0.0, 1 - rural - a - b - c), a, b, c])
    weights = [p.count("persons") ** 0.5 for p in units]
    names = ["rural", "urban", "same_county", "same_prefecture", "other_province"]
    result = {k: {} for k in names}
    for s in SEXES:
        fits = [non_negative_least_squares(shares, [p.people["2010"][s, g] / p.count("persons") for p in units], weights)
                for g in AGES]
        everyone = [sum(p.people["2010"][s, g] for p in units) / sum(p.count("persons") for p in units) for g in AGES]
        for k, values in zip(names, zip(*fits)):
            for g, fitted, mean in zip(AGES, smooth(list(values)), everyone):
                result[k][s, g] = (1 - NATIVE) * fitted + NATIVE * mean
    result["other_prefecture"] = result["same_prefecture"]
    sizes = [sum(x * p.count("persons") for x, p in zip(column, units)) for column in zip(*shares)]
    return result, sizes


def migrant_profile(write, sources):
    profile, sizes = profiles(sources)
    size = dict(zip(["rural", "urban", "same_county", "other_county", "other_province"], sizes))
    rows = []
    cells = [(s, g) for s in SEXES for g in AGES]
    def seed(klass, s, g):
        if klass == "local":
            return size["urban"] * profile["urban"][s, g], size["rural"] * profile["rural"][s, g]
        people = size[klass] if klass in size else size["other_county"] / 2
        r = ZONE_RURAL[klass]
        return people * profile[klass][s, g] * (1 - r), people * profile[klass][s, g] * r
    classes = ["local", *ZONE_RURAL]
    totals = {(s, g): sum(sum(seed(k, s, g)) for k in classes) for s, g in cells}
    for k in classes:
        for s, g in cells:
            urban, rural = (x / totals[s, g] for x in seed(k, s, g))
            rows.append((k, s, g, f"{urban:.6f}", f"{rural:.6f}"))
    whole = sum(profile["other_province"].values())
    for s, g in cells:
        share = profile["other_province"][s, g] / whole
        rows.append(("outside", s, g, f"{share:.6f}", "0.000000"))
    write("migrant_profile", "Seed of the joint distribution of class and zone by sex and age, 2010",
          [("class", "-", "-", "local, same_county, same_prefecture, other_prefecture, other_province: residents by "
            "place of registration; outside: registered in the province and living in another"), SEX, AGE,
           ("urban", "1", "computed", f"regressions on age structures of prefectures ({LEIII})"),
           ("rural", "1", "computed", "as urban")], rows,
          ["Resident classes: share of (class, zone) given sex and age; the ten sum to 1. Only the pattern matters.",
           f"Age profile of a class: non-negative least squares of the age-sex shares of {len(sources.all_prefectures())} "
           "prefectures of seven provinces on their shares of rural and urban locals and of same-county, other-county "
           f"and other-province residents (weight: square root of population), smoothed, with {NATIVE:.0%} of the "
           "profile of all residents. One table for all provinces.",
           "Zones: rural share of 8 % (same county), 5 % (same prefecture), 7 % (other prefecture), 15 % (other "
           "province) is assumed. outside: the profile of people from another province. Range of a cell +-25 %."])


def tenure(write, places):
    rows = []
    for p in places:
        all_households = sum(p.value(k) for k in ("tenure_rented", "tenure_selfbuilt", "tenure_bought", "tenure_other"))
        rented = p.value("tenure_rented") / all_households / urban_share(p)
        rows.append((p.code, f"{min(max(0.45 - rented, 0.10), 0.45):.2f}"))
    write("tenure", "Share of unregistered urban residents who own their home there, 2010",
          [PLACE, ("owner_share", "1", "assumption", f"tenure of households in the long form ({LEIII}) and assumptions")],
          rows, ["0.45 minus the share of renting households (all taken as urban) among urban households, 0.10 to 0.45. "
                 "The level is an assumption, a little below the one taken ten years later. Range +-0.15."])
