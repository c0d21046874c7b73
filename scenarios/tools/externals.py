"""The external nodes of a province and the stocks of people between its prefectures and everywhere else."""

from fitting import apportion, fit_table, whole_table
from sources import CORE, DELTA, GUANGDONG, great_circle, weighted_mean

CORE_FROM = 0.25  # of the people from Guangdong, share registered in the two core cities (assumption, 0.1-0.4)
BORDER = 0.55  # share of other_county registered in the same prefecture (assumption, 0.40-0.65)
LEAST_AWAY = 0.01  # least share of the registered who live elsewhere


class Node:
    """An external place: some provinces, or the part of Guangdong inside or outside its two core cities."""

    def __init__(self, code, slug, name_zh, name_en, provinces, core=None):
        self.code, self.slug, self.name_zh, self.name_en = code, slug, name_zh, name_en
        self.provinces = provinces
        self.core = core  # True: the core cities, False: the rest of Guangdong, None: whole provinces

    def seats(self, sources):
        """[(point, people from other provinces 2010)] of its prefectures."""
        result = []
        for r in sources.seats.values():
            if r["province_code"] not in self.provinces or not r["inmig_otherprov_2010"]:
                continue
            if self.core is None or (r["adcode"] in CORE) == self.core:
                point = (float(r["lon_center"]), float(r["lat_center"]))
                result.append((point, float(r["inmig_otherprov_2010"])))
        return result


def core_share(sources):
    """Share of Guangdong's people from other provinces who live in its two core cities."""
    core, rest = (sum(n for _, n in Node("", "", "", "", [GUANGDONG], part).seats(sources)) for part in (True, False))
    return core / (core + rest)


def nodes_of(sources, home):
    """The external nodes as seen from the province `home`, in the order of the tables."""
    nodes = []
    if home != GUANGDONG:
        nodes += [Node("440001", "prd_core", "珠三角核心", "Guangzhou and Shenzhen", [GUANGDONG], True),
                  Node("440002", "guangdong_rest", "广东其他", "Rest of Guangdong", [GUANGDONG], False)]
    nodes.append(Node("310001", "yangtze_delta", "长三角", "Yangtze Delta", DELTA))
    taken = {home, *(p for n in nodes for p in n.provinces)}
    born = sources.born_here_living_there()
    exchange = {p: born.get((home, p), 0) + born.get((p, home), 0) for p in sources.indicators if p not in taken}
    nearest = max(exchange, key=exchange.get)
    name = sources.indicators[nearest]["name_zh"]
    nodes.append(Node(nearest, "partner", name, PARTNER_EN.get(nearest, "Province " + nearest), [nearest]))
    others = [p for p in exchange if p != nearest]
    nodes.append(Node("990000", "other", "其他省份", "Other provinces", others))
    return nodes


PARTNER_EN = {"350000": "Fujian", "410000": "Henan", "420000": "Hubei", "430000": "Hunan", "450000": "Guangxi",
              "510000": "Sichuan", "530000": "Yunnan"}


def exchange_shares(sources, home, nodes, towards):
    """Shares of the nodes among people born in `home` living elsewhere (towards), or the reverse."""
    born = sources.born_here_living_there()
    core = core_share(sources) if towards else CORE_FROM
    weights = []
    for n in nodes:
        people = sum(born.get((home, p) if towards else (p, home), 0) for p in n.provinces)
        weights.append(people * {None: 1, True: core, False: 1 - core}[n.core])
    return [w / sum(weights) for w in weights]


def partner_weights(sources, home, node):
    """[(province, weight)] of a node: where people born in `home` live among its provinces."""
    born = sources.born_here_living_there()
    return [(p, born.get((home, p), 0) + 1e-9) for p in node.provinces]


def point_of(sources, home, node):
    """Its centre: seats weighted by people from other provinces, provinces by people born in `home`."""
    weights = dict(partner_weights(sources, home, node))
    seats = []
    for province, weight in weights.items():
        part = Node("", "", "", "", [province], node.core).seats(sources)
        size = sum(n for _, n in part)
        seats += [(point, weight * n / size) for point, n in part]
    return (weighted_mean((p[0], n) for p, n in seats), weighted_mean((p[1], n) for p, n in seats)), seats


def same_prefecture(place, alone):
    """People of `in_other_county_same_province` registered in the same prefecture, and the registered people.

    The share is BORDER, or all where the province is this one place; it is lower where the identity
    away = registered - residents + in would leave fewer than LEAST_AWAY of the registered living elsewhere. Where
    even none do, `registered` is raised to that.
    """
    other, outside = place.count("in_other_county_same_province"), place.count("in_other_province")
    registered, residents = place.count("registered"), place.count("persons")
    least = round(LEAST_AWAY * registered)
    if alone:
        return other, max(registered, residents - outside + least)
    near = min(round(BORDER * other), registered - residents + other + outside - least)
    if near < 0:
        return 0, residents - other - outside + least
    return near, registered


class Stocks:
    """Who is registered where and lives where: the table `elsewhere` with exact margins."""

    def __init__(self, sources, home, places, nodes):
        n = len(places)
        pairs = [same_prefecture(p, n == 1) for p in places]
        self.near, self.registered = [list(x) for x in zip(*pairs)]
        self.from_outside = [p.count("in_other_province") for p in places]
        self.from_inside = [p.count("in_other_county_same_province") - near for p, near in zip(places, self.near)]
        self.arrived = [a + b for a, b in zip(self.from_inside, self.from_outside)]
        self.away = [r - p.count("persons") + a for p, r, a in zip(places, self.registered, self.arrived)]
        self.outside = sum(self.away) - sum(self.from_inside)
        towards = exchange_shares(sources, home, nodes, True)
        columns = self.from_inside + apportion(towards, self.outside)
        seed = [[self._seed(places, i, j) for j in range(n)] + [t * 1.0 for t in towards] for i in range(n)]
        self.out = whole_table(fit_table(seed, self.away, columns), self.away, columns)
        origins = exchange_shares(sources, home, nodes, False)
        self.into = list(zip(*(apportion(origins, c) for c in self.from_outside)))

    def _seed(self, places, i, j):
        """Gravity between prefectures, as likely altogether as the nodes: fitting sets the level."""
        if i == j:
            return 0.0
        return self.from_inside[j] / (sum(self.from_inside) * max(great_circle(places[i].point, places[j].point), 20) / 100)
