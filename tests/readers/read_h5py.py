"""Open a results file in h5py: dimension scales on every axis, provenance, no times, no odd types.

usage: read_h5py.py FILE [--sample]
"""
import sys

import h5py
import numpy as np


def texts(dataset):
    return list(dataset.asstr()[...])


def check_types(file):
    def check(name, node):
        if not isinstance(node, h5py.Dataset):
            return
        text = h5py.check_string_dtype(node.dtype)
        if text is None:
            assert node.dtype in (np.int32, np.int64, np.float64), (name, node.dtype)
        else:
            assert text.encoding == "utf-8" and text.length is None, name
        if node.dtype.kind == "i":
            assert "_FillValue" not in node.attrs, name
        if not h5py.h5ds.is_scale(node.id):
            assert all(len(dimension) == 1 for dimension in node.dims), f"an axis of {name} has no scale"
    file.visititems(check)


def check_chunks(file):
    for name, node in file.items():
        if isinstance(node, h5py.Dataset) and node.ndim >= 4:
            assert node.chunks[:3] == (1, 1, 1), (name, node.chunks)
            assert node.compression == "gzip" and node.compression_opts == 1 and node.shuffle, name


def check_provenance(file):
    group = file["provenance"]
    int(group.attrs["seed"])
    assert group.attrs["build"]
    assert len(texts(group["scenario_text"])) == len(file["scenario"])
    for key in ("key", "unit", "tag", "origin", "source", "scenario", "value"):
        assert len(group["parameter_" + key]) == len(group["parameter"])
    assert set(texts(group["parameter_tag"])) <= {"text", "data", "literature", "computed", "assumption"}
    assert set(texts(group["parameter_scenario"])) <= set(texts(file["scenario"]))
    assert all(len(digest) == 64 for digest in texts(group["input_sha256"]))


def check_sample(file):
    group = file["provenance"]
    assert group.attrs["seed"] == "18446744073709551557"
    assert texts(group["scenario_text"])[1] == 'id = "open"\n# 说明\n'
    assert texts(group["parameter_key"]) == ["mortality_scale", "residence_years"]
    assert list(group["parameter_value"]) == [1.5, 0]
    assert texts(group["parameter_source"]) == ["a book, p. 3", ""]
    assert texts(group["input_header"]) == ["# title: places\n# 单位：人\n"]
    assert [d[0].name for d in file["flow"].dims] == [
        "/scenario", "/draw", "/replicate", "/year", "/origin", "/destination"]
    assert file["flow"][1, 0, 1, 2, 0, 2] == 10000 + 1000 + 200 + 20 + 2
    assert file["population"].fillvalue == -1 and np.isnan(file["rent"].fillvalue)


def main():
    path, *options = sys.argv[1:]
    with h5py.File(path, "r") as file:
        check_types(file)
        check_chunks(file)
        check_provenance(file)
        if "--sample" in options:
            check_sample(file)
    print("h5py", h5py.__version__, "reads", path)


main()
