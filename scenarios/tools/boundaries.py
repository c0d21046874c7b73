#!/usr/bin/env python3
"""Simplify the polygons of places for the maps of `luohu report`, keeping common borders common.

    python3 boundaries.py SOURCE.geojson SOURCE_TEXT TARGET.geojson

SOURCE.geojson: a FeatureCollection of Polygons and MultiPolygons with `adcode` (GB/T 2260); neighbours share the
vertices of their common border. SOURCE_TEXT: who made it, written into the target. A border is simplified once, from
one meeting point of three places to the next (Visvalingam & Whyatt 1993, Cartographic Journal 30), so that neighbours
stay neighbours; islands and holes too small to draw are left out.
"""

import json
import sys
from collections import defaultdict

SMALLEST_TRIANGLE = 1e-3  # square degrees, some 10 km²: less is not seen on a page
SMALLEST_RING = 5e-3  # square degrees, some 50 km²
DECIMALS = 2  # of a degree, some 1 km: a pixel or so of a page


def rings_of(feature):
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[tuple(point) for point in ring[:-1]] for polygon in polygons for ring in polygon]


def area(ring):
    pairs = zip(ring, ring[1:] + ring[:1])
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def triangle(a, b, c):
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplified(arc):
    """The arc without the points that hardly matter; its ends stay."""
    arc = list(arc)
    while len(arc) > 2:
        sizes = [triangle(*arc[i - 1 : i + 2]) for i in range(1, len(arc) - 1)]
        least = min(range(len(sizes)), key=sizes.__getitem__)
        if sizes[least] >= SMALLEST_TRIANGLE:
            break
        del arc[least + 1]
    return arc


def meeting_points(rings):
    """Points where borders part: those whose neighbours are not the same two in all rings, or which one ring alone
    has beside one that several have."""
    neighbours = defaultdict(set)
    for ring in rings:
        for i, point in enumerate(ring):
            neighbours[point].update((ring[i - 1], ring[(i + 1) % len(ring)]))
    return {point for point, beside in neighbours.items() if len(beside) > 2}


def arcs_of(ring, meetings):
    cuts = [i for i, point in enumerate(ring) if point in meetings]
    if not cuts:
        cuts = [0, len(ring) // 2]
    if len(cuts) == 1:
        cuts.append((cuts[0] + len(ring) // 2) % len(ring))
        cuts.sort()
    for start, end in zip(cuts, cuts[1:] + [cuts[0] + len(ring)]):
        yield [ring[i % len(ring)] for i in range(start, end + 1)]


def main(arguments):
    if len(arguments) != 3:
        sys.exit("usage: boundaries.py SOURCE.geojson SOURCE_TEXT TARGET.geojson")
    with open(arguments[0], encoding="utf-8") as file:
        features = json.load(file)["features"]
    kept = [[ring for ring in rings_of(feature) if abs(area(ring)) >= SMALLEST_RING] for feature in features]
    meetings = meeting_points([ring for rings in kept for ring in rings])
    known = {}
    drawn = []
    for feature, rings in zip(features, kept):
        polygons = []
        for ring in rings:
            line = []
            for arc in arcs_of(ring, meetings):
                key = min(tuple(arc), tuple(reversed(arc)))
                if key not in known:
                    known[key] = simplified(key)
                piece = known[key] if key == tuple(arc) else known[key][::-1]
                line += piece[:-1]
            rounded = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in line]
            polygons.append([rounded + rounded[:1]])
        geometry = {"type": "MultiPolygon", "coordinates": polygons}
        drawn.append({"type": "Feature", "properties": {"adcode": feature["properties"]["adcode"]}, "geometry": geometry})
    about = {"type": "FeatureCollection", "tag": "data", "source": arguments[1], "schematic": True}
    with open(arguments[2], "w", encoding="utf-8") as file:
        lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in drawn)
        file.write(json.dumps(about, ensure_ascii=False)[:-1] + f', "features": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main(sys.argv[1:])
