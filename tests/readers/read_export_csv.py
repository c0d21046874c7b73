"""Read the CSVs of `luohu export` in pandas, and hold their numbers to the results file, read in xarray.

usage: read_export_csv.py RESULTS.h5 TIDY.csv IAMC.csv
TIDY: --indicator residents --indicator settled --by place --bom; IAMC: --indicator all --by place --region Hunan.
"""
import sys

import numpy as np
import pandas as pd
import xarray as xr


def check_tidy(path, data):
    with open(path, "rb") as file:
        assert file.read(3) == b"\xef\xbb\xbf"
    table = pd.read_csv(path, dtype={"place": str})
    assert list(table.columns) == ["scenario", "indicator", "unit", "year", "place", "place_name", "place_name_zh",
                                   "draw", "replicate", "value"]
    assert table.value.dtype == np.float64 or table.value.dtype == np.int64
    keys = ["scenario", "indicator", "year", "place", "draw", "replicate"]
    assert not table.duplicated(keys).any(), "an observation has one row"
    # Pivoted back, the table is the variable.
    own = {"residents": data.population.sum(["zone", "sex", "age_group", "registration"]),
           "settled": data.settled.sum("route")}
    for indicator, expected in own.items():
        rows = table[(table.indicator == indicator) & (table.place != "all")]
        rows = rows.assign(place=rows.place.astype(int)).set_index(["scenario", "draw", "replicate", "year", "place"])
        read = rows.value.to_xarray().reindex_like(expected)
        assert (read == expected).all() and len(rows) == expected.size, indicator
        province = table[(table.indicator == indicator) & (table.place == "all")]
        assert province.value.sum() == expected.sum().item()
    names = table[table.place == "430100"]
    assert set(names.place_name) == {"Changsha"} and set(names.place_name_zh) == {"长沙市"}
    assert set(table.unit) == {"person", "person year-1"}


def check_iamc(path, data):
    """The rules of the IAMC template, as pyam's IamDataFrame checks them on reading a wide table."""
    table = pd.read_csv(path)
    index = ["Model", "Scenario", "Region", "Variable", "Unit"]
    assert list(table.columns[:5]) == index
    years = list(table.columns[5:])
    assert years == [str(year) for year in data.year.values], "every other column is a year"
    assert not table.duplicated(index).any()
    for name in index:
        assert table[name].map(type).eq(str).all(), f"{name} is text, and nowhere empty"
        assert (table[name] == table[name].str.strip()).all(), name
    assert all(np.issubdtype(kind, np.number) for kind in table[years].dtypes)
    assert table[years].notna().any(axis=1).all(), "a series without a value"
    for part in (table.Region, table.Variable):
        assert not part.str.contains(r"\|\||^\||\|$|\*", regex=True).any()
    # A variable has one unit.
    assert (table.groupby("Variable").Unit.nunique() == 1).all()
    assert set(table.Model.str.split().str[0]) == {"luohu"} and set(table.Scenario) == set(data.scenario.values)

    def series(variable, region, scenario):
        row = table[(table.Variable == variable) & (table.Region == region) & (table.Scenario == scenario)]
        assert len(row) == 1, (variable, region)
        return row[years].to_numpy(float)[0]

    for scenario in data.scenario.values:
        people = data.population.sel(scenario=scenario).mean("replicate").sum(["draw", "sex", "age_group", "registration"])
        towns = people.sel(zone="urban")
        assert np.allclose(series("Population", "Hunan", scenario), people.sum(["place", "zone"]), rtol=1e-12)
        assert np.allclose(series("Population", "Hunan|Changsha", scenario), people.sum("zone").sel(place=430100),
                           rtol=1e-12)
        # The mean over replicates of a rate; the number of residents differs between replicates by little.
        assert np.allclose(series("Population|Urban|Share", "Hunan", scenario),
                           100 * towns.sum("place") / people.sum(["place", "zone"]), rtol=1e-4)


def main():
    results, tidy, iamc = sys.argv[1:]
    with xr.open_dataset(results) as data:
        check_tidy(tidy, data)
        check_iamc(iamc, data)
    print("pandas", pd.__version__, "reads", tidy, iamc)


main()
