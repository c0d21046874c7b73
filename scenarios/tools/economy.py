"""economy, amenity, net_migration, travel_time, capacity, inflow, reclassification, settlement_rules, coverage."""

import math

from externals import partner_weights, point_of
from people import city_proper
from sources import BIRTHPLACE, INCOME, LEIII, great_circle, weighted_mean
from tables import PLACE, urban_share

RURAL_INCOME = 0.33  # of the urban mean (assumption, 0.30-0.37)
PER_FARMER, PER_YEAR = -0.5, 0.08  # log income: share in agriculture, mean years of schooling
CORE_INCOME, CORE_RENT = 1.25, 2.0
RENT_SPREAD = 0.7
RENT_OF_INCOME = 1.5
GROWTH = 0.07  # year-1, of every stock of migrants
SETTLED_INSIDE, SETTLED_OUTSIDE = 0.057, 0.01  # year-1, of a stock: who registers where they live leaves it
EXIT = 0.036  # year-1, of people registered in another province
ARRIVED_IN_COUNTRYSIDE, FROM_COUNTRYSIDE = 0.1, 0.55
NO_COUNTRYSIDE = 0.2  # rural share below which the countryside takes part in proportion
RECLASSIFIED = 0.0094  # year-1


def urban_incomes(places):
    """[p] relative to the mean urban resident of the province."""
    def log_income(p):
        farmers = p.value("emp_longform_agriculture") / p.value("emp_longform_total")
        return PER_FARMER * farmers + PER_YEAR * p.value("mean_years_schooling")
    raw = [math.exp(log_income(p)) for p in places]
    mean = weighted_mean((x, p.count("urban")) for x, p in zip(raw, places))
    return [x / mean for x in raw]


def province_urban_income(sources, code):
    """Yuan a head in towns, if the countryside has RURAL_INCOME of it."""
    income = float(sources.annual[code, "2010"]["disposable_income_pc_yuan"])
    urban = float(sources.indicators[code]["urban_2010"]) / float(sources.indicators[code]["pop_2010_census"])
    return income / (urban + RURAL_INCOME * (1 - urban))


def tables(write, sources, home, name, places, nodes, stocks):
    income_and_rent(write, sources, home, name, places, nodes)
    amenities(write, sources, places, nodes, stocks)
    travel(write, sources, home, places, nodes)
    capacity(write, sources, home, places)
    boundary(write, sources, places, nodes, stocks)
    rules(write, places)


def income_and_rent(write, sources, home, name, places, nodes):
    rows = []
    for p, income in zip(places, urban_incomes(places)):
        rows.append((p.code, "urban", f"{income:.2f}", f"{income ** RENT_OF_INCOME:.2f}"))
        rows.append((p.code, "rural", f"{RURAL_INCOME * income ** 0.6:.2f}", "0.35"))
    def price(code):
        return float(sources.indicators[code]["house_price_mean_of_cities_2010"] or "nan")
    here, price_here = province_urban_income(sources, home), price(home)
    for n in nodes:
        weights = [(c, w) for c, w in partner_weights(sources, home, n) if (c, "2010") in sources.annual]
        income = weighted_mean((province_urban_income(sources, c), w) for c, w in weights) / here
        priced = [(price(c), w) for c, w in weights if not math.isnan(price(c))]
        rent = (weighted_mean(priced) / price_here) ** RENT_SPREAD
        rows.append((n.code, "urban", f"{income * (CORE_INCOME if n.core else 1):.2f}",
                     f"{rent * (CORE_RENT if n.core else 1):.2f}"))
    write("economy", "Relative labour income and rent by place and zone, 2010",
          [("place", "-", "-", "place code"), ("zone", "-", "-", "urban or rural; external places urban only"),
           ("income_index", "1", "computed", f"{INCOME} 2010, spread over prefectures by agricultural employment and "
            f"schooling ({LEIII})"),
           ("rent_index", "1", "computed", "new-house prices of cities by province 2010 (xolarvill/KWL) and income_index")],
          rows,
          [f"income_index: 1 = mean urban resident of {name}. Prefectures: log income {PER_FARMER} per share employed in "
           f"agriculture and {PER_YEAR} per mean year of schooling (assumptions; range of an index +-15 %). Rural: "
           f"{RURAL_INCOME} x urban^0.6 (range 0.30-0.37).",
           "External: province means relative to this province, urban if the countryside has the same share everywhere, "
           f"weighted by where people born here lived; the two core cities {CORE_INCOME} times Guangdong (1.15-1.40). "
           "Income before the unified survey of 2013 is a compilation. Not corrected for prices.",
           f"rent_index: prefectures income_index^{RENT_OF_INCOME}, rural 0.35 (assumptions); external: price ratio to "
           f"the power {RENT_SPREAD}, the core cities {CORE_RENT:.0f} times Guangdong. Range +-25 %."])


def youth_gain(sources, p):
    """Net migration a year at ages 15-24: cohorts ten years apart in one census against the nation's."""
    gain = 0.0
    for young, old in (("5-9", "15-19"), ("10-14", "20-24")):
        gain += p.age(old) - p.age(young) * sources.national_age(old) / sources.national_age(young)
    return gain / 10


def amenities(write, sources, places, nodes, stocks):
    zones = [(p.code, z) for p in places for z in ("urban", "rural")] + [(n.code, "urban") for n in nodes]
    write("amenity", "Residual attractiveness of every zone for two age bands, in utility units",
          [PLACE, ("zone", "-", "-", "urban or rural"),
           ("youth", "1", "computed", "ages 15-24 at the start of the year; luohu invert"),
           ("other", "1", "computed", "all other ages; luohu invert")],
          [(*zone, "0.000", "0.000") for zone in zones], ["Not inverted yet."])
    inside, outside = GROWTH + SETTLED_INSIDE, GROWTH + SETTLED_OUTSIDE
    rows = []
    for i, (p, near) in enumerate(zip(places, stocks.near)):
        country = min(1.0, (1 - urban_share(p)) / NO_COUNTRYSIDE)
        farm = 1 - p.value("nonagricultural_registration_pct") / 100
        arrived = inside * stocks.from_inside[i] + outside * stocks.from_outside[i]
        away = inside * sum(stocks.out[i][:len(places)]) + outside * sum(stocks.out[i][len(places):])
        urban = (1 - ARRIVED_IN_COUNTRYSIDE * country) * arrived - (1 - farm * country) * away
        urban += FROM_COUNTRYSIDE * country * inside * (p.count("in_same_county") + near)
        rows.append((p.code, round(urban), round(arrived - away - urban)))
    for j, n in enumerate(nodes):
        rows.append((n.code, round(outside * sum(row[len(places) + j] for row in stocks.out)), 0))
    write("growing_stocks", "Net migration a year if the stocks of the census of 2010 keep growing: for a benchmark, no run reads it",
          [("place", "-", "-", "place code"),
           ("urban", "person year-1", "computed", "stocks of migrants of tables in_migrants and "
            "elsewhere times the rate at which they are filled"),
           ("rural", "person year-1", "computed", "as urban; external places have none")], rows,
          [f"Every stock of migrants is taken to grow by {GROWTH:.0%} a year, as the people living in another province "
           "did between the censuses of 2000 and 2010 (42.4 to 85.9 million, 7.3 %). Range 4-10 %. A stock also "
           f"loses those who register where they live: {SETTLED_INSIDE:.1%} a year inside the province (upper bound from the "
           f"150 million who settled in the ten years to 2023, Xinhua/MPS 2024), {SETTLED_OUTSIDE:.0%} outside (parameter "
           "boundary.external_registration). Both flows together fill it: a prefecture gains them on its arrived and loses "
           "them on its away, an external place gains them on its stock.",
           f"urban: {ARRIVED_IN_COUNTRYSIDE} of the arrived live in the countryside, the away left it in proportion to "
           f"agricultural registration, and {FROM_COUNTRYSIDE} of those from other townships of the prefecture came from "
           f"it to the towns (assumptions); all three in proportion to the rural share where that is below {NO_COUNTRYSIDE}.",
           ])
    youth_migration(write, sources, places)


def youth_migration(write, sources, places):
    write("youth_migration", "Net migration a year at ages 15-24, by cohorts of the census of 2010; read by luohu invert",
          [PLACE, ("persons", "person year-1", "computed", f"cohorts of one census ten years apart ({LEIII})")],
          [(p.code, round(youth_gain(sources, p))) for p in places],
          ["Residents aged 15-19 and 20-24 less those aged 5-9 and 10-14 times the nation's ratio, over ten years."])


def minutes(distance):
    """Road at 65 km/h, or rail at 90 km/h and an hour at the ends, over great circle x 1.3."""
    return min(1.3 * distance / 65, 1 + 1.3 * distance / 90) * 60


def travel(write, sources, home, places, nodes):
    rows = []
    codes = [p.code for p in places] + [n.code for n in nodes]
    points = [[(p.point, 1.0)] for p in places] + [point_of(sources, home, n)[1] for n in nodes]
    for a in range(len(codes)):
        for b in range(a, len(codes)):
            if a == b and a < len(places):
                others = sorted(great_circle(places[a].point, p.point) for p in places if p is not places[a])
                reach = sum(others[:2]) / len(others[:2]) if others else 150.0
                rows.append((codes[a], codes[a], round(15 + 1.3 * 0.35 * reach / 45 * 60)))
            elif a != b:
                rows.append((codes[a], codes[b], round(max(20, weighted_mean(
                    (minutes(great_circle(x, y)), v * w) for x, v in points[a] for y, w in points[b])))))
    write("travel_time", "Typical door-to-door travel time between places on 1 November 2010",
          [("from", "-", "-", "place code, in the order of table places"),
           ("to", "-", "-", "place code; equal to from: between countryside and town of the prefecture"),
           ("minutes", "minute", "assumption", "great-circle distance of seats (DataV via lyhmyd1211/GeoMapData_CN @ "
            "4871c5a), detour and speeds of the notes")], rows,
          ["Great circle x 1.3; road at 65 km/h or rail at 90 km/h and 60 minutes at the ends, whichever is faster. The "
           "first high-speed line (Wuhan-Guangzhou, December 2009) is not told apart. Range +-25 %.",
           "External places: mean over their prefectures weighted by people from other provinces, and over provinces by "
           f"{BIRTHPLACE}.",
           "Same place: 15 min + 0.35 x mean distance to the two nearest seats x 1.3 at 45 km/h (a single place: 150 km). "
           "Range +-35 %."])


def capacity(write, sources, home, places):
    beds = float(sources.indicators[home]["health_beds_total_10k_2010"]) * 1e4
    size = sum(p.count("persons") for p in places)
    def land(p):
        return min(140, max(60, 5 * round((110 - 10 * math.log2(max(city_proper(p), 1e5) / 1e6)) / 5)))
    write("capacity", "Town land, dwellings and hospital beds by prefecture, 2010",
          [PLACE, ("town_land_per_head", "m2 person-1", "assumption", "falls with the size of the city proper "
                   "(places.csv): 110 at one million people, 10 less per doubling, in steps of 5"),
           ("floor_space_per_head", "m2 person-1", "data", LEIII + "; dwellings of family households"),
           ("hospital_beds", "1", "computed", "beds of the province 2010 (NBS via xolarvill/KWL), shared by residents")],
          [(p.code, land(p), p.value("housing_m2_per_person"), round(beds * p.count("persons") / size)) for p in places],
          ["Built-up land by prefecture was not found; range +-25 %. Beds by prefecture were not found; they scale the "
           "reported number and nothing else."])


def boundary(write, sources, places, nodes, stocks):
    write("inflow", "People registered outside the province moving in per year",
          [("origin", "-", "-", "external place"), ("destination", "-", "-", "GB/T 2260 code"),
           ("persons_per_year", "person year-1", "computed", "stock of residents registered in other provinces; origins "
            "as in table elsewhere")],
          [(n.code, p.code, round((GROWTH + SETTLED_OUTSIDE + EXIT) * stock)) for n, row in zip(nodes, stocks.into)
           for p, stock in zip(places, row)],
          [f"The flow with which the stock of 2010 is filled at the rate of table growing_stocks, {GROWTH + SETTLED_OUTSIDE:.0%} a "
           f"year, if {EXIT:.1%} of it leave a year (3-4 %, Bai, Wang & Zhang 2018; range 2-8 %)."])
    write("reclassification", "Share of rural residents becoming urban in place per year",
          [PLACE, ("rate", "year-1", "literature", "one third of urban growth (Gan et al. 2019 as cited in NBER w28013) "
                   "of the nation between the censuses of 2000 and 2010")],
          [(p.code, f"{RECLASSIFIED:.4f}") for p in places],
          ["Urban residents of the nation: 459 million in 2000, 666 in 2010; one third of the growth is 6.9 million a year "
           "of 737 million rural residents on average. The same everywhere. Range 0.6-1.4 %."])


# From this many people in the urban districts: years of residence and insurance, least schooling, wedge.
CLASSES = [(0, "small", (1, 0, 1, 0.18)), (5e5, "medium", (2, 1, 2, 0.18)), (1e6, "large", (3, 3, 2, 0.18)),
           (3e6, "largest", (5, 5, 2, 0.27))]


def size_class(p, places):
    """By national size classes; the province's largest city counts as controlled whatever its size."""
    if p is max(places, key=city_proper):
        return "largest"
    return [name for least, name, _ in CLASSES if city_proper(p) >= least][-1]


def rules(write, places):
    by_name = {name: rule for _, name, rule in CLASSES}
    write("settlement_rules", "Rules for registering as a resident of the city, state of 2010",
          [PLACE, ("residence_years", "year", "assumption", "years of residence asked for on the ordinary route"),
           ("insurance_years", "year", "assumption", "years of urban social insurance asked for on the ordinary route"),
           ("minimum_education", "1", "assumption", "lowest level admitted at once: 0 any, 1 senior, 2 tertiary, 3 none"),
           ("home_route", "1", "assumption", "1 = owning a home is enough"),
           ("habitual_route", "1", "assumption", "1 = habitual residence (renting) is enough"),
           ("credit_recognition", "1", "assumption", "1 = years in a partner city are counted"),
           ("quota", "person year-1", "assumption", "settlers per year; inf = no quota"),
           ("wedge", "1", "literature", "share of the wage lost when unregistered and without services; 0.507 in 2000 and "
            "0.150 in 2015 (Wu & You), 0.225 between them; split between the largest city and others assumed")],
          [(p.code, *rule[:3], 1, 0, 0, "inf", f"{rule[3]:.2f}") for p in places
           for rule in [by_name[size_class(p, places)]]],
          ["By size of the urban districts (places.csv): below 0.5 million 1 year of residence; to 1 million 2 years, one "
           "insured; to 3 million 3 and 3; above, and in the largest city of the province, 5 and 5. No municipal texts "
           "were found: assumptions in the spirit of the rules before July 2014; range half to double.",
           "wedge: 0.27 in the largest city (0.20-0.35), 0.18 elsewhere (0.12-0.25)."])
    write("coverage", "Coverage of unregistered residents by public services relative to registered residents, 2010",
          [PLACE, *((k, "1", "assumption", text) for k, text in (
              ("school", "children in public compulsory schools"), ("preschool", "public or inclusive kindergartens"),
              ("health", "medical insurance and care"), ("pension", "old-age insurance of employees"),
              ("housing", "access to public rental housing and housing funds")))],
          [(p.code, 0.75, 0.6, 0.65, 0.45, 0.15) for p in places],
          ["The same everywhere, below the national figures of later years; range +-0.15. No local data found."])
