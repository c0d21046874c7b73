#!/usr/bin/env python3
"""Derive the tables, hindcast and targets of one province from a folder of source tables.

    python3 census_2010.py SOURCES PROVINCE FOLDER

SOURCES: the folder with the source tables (see sources.py); PROVINCE: two digits, 43 for Hunan; FOLDER: where
census-2010/, hindcast.toml and targets-2020.csv are written. amenity.csv is written as zeros: `luohu invert`
then fills it. Nothing observed after the census of 2010 enters census-2010, except the course of the nation's
fertility and mortality and the rules as they were, which the hindcast is conditional on.
"""

import sys
from pathlib import Path

import economy
import hindcast
import people
import vital
from externals import Stocks, nodes_of
from sources import Sources
from tables import Writer


def main(arguments):
    if len(arguments) != 3:
        sys.exit("usage: census_2010.py SOURCES PROVINCE FOLDER")
    sources = Sources(arguments[0])
    if arguments[1] + "0000" not in sources.indicators:
        sys.exit(f"no province has the code {arguments[1]}: two digits of GB/T 2260, such as 43 for Hunan")
    home = arguments[1] + "0000"
    folder = Path(arguments[2])
    places = sources.prefectures(arguments[1])
    nodes = nodes_of(sources, home)
    stocks = Stocks(sources, home, places, nodes)
    name = sources.province_name(arguments[1])
    write = Writer(folder / "census-2010")
    people.tables(write, sources, name, places, stocks, nodes)
    vital.tables(write, sources, name, places)
    economy.tables(write, sources, home, name, places, nodes, stocks)
    hindcast.files(folder, sources, name, places)


if __name__ == "__main__":
    main(sys.argv[1:])
