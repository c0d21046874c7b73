"""Open matrices of `luohu export --format omx` in PyTables, on which the OMX library for Python stands, and in h5py.

usage: read_omx.py RESULTS.h5 MATRICES.omx
MATRICES: any of moves and migrant_stock, by registration or not.
Rules: https://github.com/osPlanning/omx/wiki/Specification (0.2), and what the library's validator asks for.
"""
import sys
import warnings

import h5py
import numpy as np
import tables
import xarray as xr


def check_specification(path):
    with h5py.File(path, "r") as file:
        assert file.attrs["OMX_VERSION"] == b"0.2", "ASCII bytes, as the library writes them"
        shape = file.attrs["SHAPE"]
        assert shape.dtype == np.int32 and shape.shape == (2,) and shape[0] == shape[1]
        assert set(file) == {"data", "lookup"}
        assert len(file["data"]) > 0
        for name, matrix in file["data"].items():
            assert isinstance(matrix, h5py.Dataset) and matrix.shape == tuple(shape), name
            assert matrix.dtype == np.float64, name
            assert matrix.chunks and matrix.compression == "gzip" and matrix.maxshape == matrix.shape, name
        for name, lookup in file["lookup"].items():
            assert lookup.shape == (shape[0],), name
            assert lookup.dtype == np.int32 or lookup.dtype.kind == "S", name
            assert len(set(lookup[...])) == shape[0], f"{name} names no row twice"


def check_values(path, data):
    stock = {"moves": data.flow.sum("broad_age"), "migrant_stock": data.migrant_stock}
    with tables.open_file(path) as file:
        places = list(file.root.lookup.place[:])
        assert places == list(data.origin.values)
        assert [text.decode() for text in file.root.lookup.name_zh[:]] == list(data.origin_name_zh.values)
        matrices = file.list_nodes(file.root.data, "CArray")
        assert len(matrices) == len(file.list_nodes(file.root.data)), "the library sees chunked arrays alone"
        for matrix in matrices:
            of = matrix.attrs
            expected = stock[of["indicator"]].sel(scenario=of["scenario"], year=int(of["year"]))
            if "registration" in expected.dims:
                has = "registration" in of
                expected = expected.sel(registration=of["registration"]) if has else expected.sum("registration")
            expected = expected.mean("replicate").sum("draw").transpose("origin", "destination")
            assert np.array_equal(matrix[:], expected.values), matrix.name
            assert of["units"] in ("person", "person year-1") and of["long_name_zh"]
        # Lookups by code, as users of the library do it.
        row, column = places.index(430100), places.index(430200)
        first = matrices[0].attrs
        print(first["indicator"], first["year"], first["scenario"], "430100 to 430200:", matrices[0][row, column])
        return len(matrices)


def main():
    results, path = sys.argv[1:]
    warnings.simplefilter("error", tables.NaturalNameWarning)
    check_specification(path)
    with xr.open_dataset(results) as data:
        count = check_values(path, data)
    print("PyTables", tables.__version__, "reads", count, "matrices of", path)


main()
