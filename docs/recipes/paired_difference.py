"""What a scenario changes in each prefecture, with 95 % intervals.

usage: paired_difference.py FILE SCENARIO [YEAR]        the same as: luohu compare FILE --indicator residents
"""
import sys

import numpy as np
import xarray as xr
from scipy.stats import t

path, scenario, *year = sys.argv[1:]
data = xr.open_dataset(path)
residents = data.population.sum(["zone", "sex", "age_group", "registration"]).mean("draw")
residents = residents.sel(year=int(year[0]) if year else data.year[-1])

# The same replicate of two scenarios has the same random numbers: first the difference, then the mean.
effect = residents.sel(scenario=scenario) - residents.sel(scenario=data.attrs["baseline"])
replicates = effect.sizes["replicate"]
mean = effect.mean("replicate")
half = t.ppf(0.975, replicates - 1) * effect.std("replicate", ddof=1) / np.sqrt(replicates)

table = xr.Dataset({"difference": mean, "low": mean - half, "high": mean + half}).to_dataframe()
print(table[["place_name_zh", "difference", "low", "high"]].to_csv(float_format="%.17g"), end="")
