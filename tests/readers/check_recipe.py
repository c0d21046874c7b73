"""Run a recipe of docs/recipes and hold every number it prints to those of `luohu compare --format json`.

usage: check_recipe.py LUOHU RESULTS.h5 SCENARIO INTERPRETER RECIPE
"""
import csv
import json
import math
import pathlib
import subprocess
import sys

TOLERANCE = 1e-9  # relative


def printed(*command):
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def table(*command):
    return list(csv.DictReader(printed(*command).splitlines()))


def close(a, b):
    return math.isclose(float(a), float(b), rel_tol=TOLERANCE)


class Check:
    def __init__(self, luohu, results, scenario, interpreter, recipe):
        self.results, self.scenario = results, scenario
        self.luohu = luohu
        self.recipe = (interpreter, recipe)

    def compared(self, *options):
        return json.loads(printed(self.luohu, "compare", self.results, "--format", "json", *options))["results"]

    def paired_difference(self):
        rows = {row["place"]: row for row in table(*self.recipe, self.results, self.scenario, "2030")}
        expected = [row for row in self.compared("--indicator", "residents", "--scenario", self.scenario, "--year", "2030")
                    if row["place"] != "all"]
        assert len(rows) == len(expected) > 1
        for row in expected:
            mine = rows[str(row["place"])]
            assert mine["place_name_zh"] == row["place_name"]
            for key in ("difference", "low", "high"):
                assert close(mine[key], row[key]), (mine, row)
        return len(rows)

    def urbanisation(self):
        rows = {(row["scenario"], int(row["year"])): row for row in table(*self.recipe, self.results)}
        expected = self.compared("--indicator", "urbanisation", "--indicator", "registered_urbanisation",
                                 "--by", "province", "--year", "all", "--scenario", self.scenario)
        assert len(rows) == len(expected) > 1, "2 scenarios of 2 indicators here, 2 indicators of 2 scenarios there"
        for row in expected:
            for scenario, key in (("baseline", "baseline"), (self.scenario, "scenario_value")):
                assert close(rows[scenario, row["year"]][row["indicator"]], row[key]), row
        return len(rows)

    def flow_matrix(self):
        rows = {row.pop("origin"): row for row in table(*self.recipe, self.results, self.scenario)}
        expected = [row for row in self.compared("--indicator", "moves", "--by", "origin,destination",
                                                 "--scenario", self.scenario) if row["origin"] != "all"]
        assert sum(len(row) for row in rows.values()) == len(expected) > 1
        for row in expected:
            assert close(rows[str(row["origin"])][str(row["destination"])], row["difference"]), row
        assert any(row["difference"] != 0 for row in expected)
        return len(expected)


def main():
    check = Check(*sys.argv[1:])
    name = pathlib.Path(sys.argv[-1])
    count = getattr(check, name.stem)()
    print(name.name, "prints the numbers of luohu compare:", count, "rows")


main()
