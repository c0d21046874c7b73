"""Urbanisation of residents and of the registered, in %, of the province in every scenario and year.

usage: urbanisation.py FILE          the same as: luohu export FILE --indicator urbanisation --by province --mean
"""
import sys

import xarray as xr

data = xr.open_dataset(sys.argv[1])
residents = data.population.sum(["place", "sex", "age_group", "registration"])
registered = data.registered.sum("place")


def urbanisation(people):
    """A rate is one of sums, in each replicate; then the mean over replicates."""
    rate = 100 * people.sel(zone="urban", drop=True) / people.sum("zone")
    return rate.mean(["draw", "replicate"])


table = xr.Dataset({"urbanisation": urbanisation(residents), "registered_urbanisation": urbanisation(registered)})
columns = ["urbanisation", "registered_urbanisation"]
print(table.to_dataframe()[columns].to_csv(float_format="%.17g"), end="")
