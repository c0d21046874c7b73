"""How a scenario changes the moves between places, external nodes included: origins in rows, destinations in columns.

usage: flow_matrix.py FILE SCENARIO [YEAR]  the same as: luohu compare FILE --indicator moves --by origin,destination
"""
import sys

import xarray as xr

path, scenario, *year = sys.argv[1:]
data = xr.open_dataset(path)
moves = data.flow.sum(["broad_age", "registration"]).mean(["draw", "replicate"])
moves = moves.sel(year=int(year[0]) if year else data.year[-1])
change = moves.sel(scenario=scenario) - moves.sel(scenario=data.attrs["baseline"])
print(change.transpose("origin", "destination").to_pandas().to_csv(float_format="%.17g"), end="")
