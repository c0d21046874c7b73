"""Open a results file in xarray as a user would: labelled, with units, nothing renamed or retyped.

usage: read_xarray.py FILE [--sample | --unfinished]
Without an option: what holds for every results file. --sample: also the values of tests/results/sample.hpp.
"""
import sys

import numpy as np
import xarray as xr

# A mean over residents of a group, of whom there may be none: NaN then. Nothing else is missing.
MAY_BE_OF_NOBODY = {"welfare"}
# An expectation knows no markets.
MARKETS = {"wage", "rent", "urban_land", "housing_stock", "school_quality", "school_seats", "pupils_unregistered",
           "unmet_seats", "unmet_preschool", "fiscal_cost"}
LEADING = ("scenario", "draw", "replicate", "year")


def check_any(data):
    assert data.attrs["Conventions"] == "CF-1.8"
    assert data.attrs["baseline"] in data.scenario.values
    assert data.attrs["scale"] >= 1 and data.attrs["format_version"] == 1
    assert not [name for name in data.dims if name.startswith("phony")], data.dims
    assert data.year.dtype == np.int32, "year is a number, not a time"
    assert list(data.replicate.values) == list(range(data.sizes["replicate"]))
    for name in data.dims:
        assert name in data.coords, f"dimension {name} has no coordinate"
    for name, variable in data.data_vars.items():
        assert variable.dims[:4] == LEADING, (name, variable.dims)
        assert variable.attrs["units"] and variable.attrs["long_name"] and variable.attrs["long_name_zh"], name
        assert variable.dtype in (np.int64, np.float64, object), (name, variable.dtype)
        assert "scenario_name_zh" in variable.coords, name


def check_complete(data):
    assert data.attrs["status"] == "complete"
    if "balance_residual" in data:
        assert (data.balance_residual == 0).all()
    for name, variable in data.data_vars.items():
        if data.attrs["method"] == "expectation" and name in MARKETS:
            assert variable.isnull().all(), name
        elif variable.dtype == np.float64 and name not in MAY_BE_OF_NOBODY:
            assert not variable.isnull().any(), name
        if variable.dtype == object:
            assert all(len(text) == 16 for text in variable.values.flat), name
        if variable.dtype == np.int64 and variable.attrs["cell_methods"] == "year: point":
            assert (variable >= 0).all(), f"a stock cannot be negative: {name}"


def value(scenario, replicate, year, variable, row):
    return 10000 * scenario + 1000 * replicate + 100 * year + 20 * variable + row


def check_sample(data):
    assert dict(data.sizes) == dict(
        scenario=2, draw=1, replicate=2, year=3, place=3, zone=2, sex=2, origin=3, destination=3)
    assert list(data.data_vars) == ["population", "flow", "rent", "person_digest"]
    assert data.population.attrs["units"] == "person"
    assert data.population.attrs["cell_methods"] == "year: point"
    assert data.flow.attrs["units"] == "person year-1"
    open_2022 = data.sel(scenario="open", draw=0, replicate=1, year=2022)
    assert open_2022.population.sel(place=430200, zone="rural", sex="female").item() == value(1, 1, 2, 0, 6)
    assert open_2022.flow.sel(origin=430100, destination=431300).item() == value(1, 1, 2, 1, 2)
    assert open_2022.rent.sel(place=431300).item() == value(1, 1, 2, 2, 2) + 0.5
    assert int(open_2022.person_digest.item(), 16) == 18000000000000000000 + 100 + 10 + 2
    assert open_2022.population.sel(place=430100).place_name_zh.item() == "长沙市"
    assert data.scenario_name_zh.sel(scenario="open").item() == "取消落户限制"
    assert list(data.origin_name.values) == ["Changsha", "Zhuzhou", "Loudi"]


def check_unfinished(data):
    assert data.attrs["status"] == "running"
    done = data.sel(scenario="open", draw=0, replicate=0)
    assert done.population.values.flat[0] == value(1, 0, 0, 0, 0)
    rest = data.sel(scenario="baseline", draw=0, replicate=0)
    assert (rest.population == -1).all() and rest.rent.isnull().all() and (rest.person_digest == "").all()


def main():
    path, *options = sys.argv[1:]
    for engine in ("netcdf4", "h5netcdf"):
        with xr.open_dataset(path, engine=engine) as data:
            check_any(data)
            check_unfinished(data) if "--unfinished" in options else check_complete(data)
            if "--sample" in options:
                check_sample(data)
    print("xarray", xr.__version__, "reads", path)


main()
