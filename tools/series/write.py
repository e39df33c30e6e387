"""Writes published measurements as CSV: comment lines, `offset_ms,name,...`, rows."""

import csv
import struct
import sys
import zipfile
from pathlib import Path


def write(path, what, names, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"# {what}\noffset_ms,{','.join(names)}\n")
        for offset_ms, values in rows:
            file.write(f"{offset_ms},{','.join(values)}\n")


def electrocardiogram(source, out):
    """MIT-BIH arrhythmia database, record 208, lead MLII: 5 minutes at 360 Hz, 11 bits, 200 steps a millivolt."""
    raw = zipfile.ZipFile(source).read("ecg.npy")
    start = 10 + struct.unpack_from("<H", raw, 8)[0]
    samples = struct.unpack(f"<{(len(raw) - start) // 2}H", raw[start:])
    rows = ((i * 1000 // 360, [repr((sample - 1024) / 200)]) for i, sample in enumerate(samples))
    write(
        out / "electrocardiogram.csv",
        "an electrocardiogram, 360 Hz, 11 bits (MIT-BIH record 208, from Debian's scipy 1.10.1); ten messages a second",
        ["millivolt"],
        rows,
    )


def table(source, out, name, what, columns, keep=lambda row: True):
    with open(source, encoding="utf-8", newline="") as file:
        rows = [[row[column] for column in columns] for row in csv.DictReader(file) if keep(row)]
    write(out / f"{name}.csv", what, columns, ((i * 1000, row) for i, row in enumerate(rows)))


def main():
    vega, ecg, out = (Path(argument) for argument in sys.argv[1:4])
    electrocardiogram(ecg, out)
    table(
        vega / "seattle-weather-hourly-normals.csv",
        out,
        "seattle-hourly",
        "air pressure, temperature and wind of Seattle, hourly normals (NOAA, from vega-datasets 2.11.0), played at 1 Hz",
        ["pressure", "temperature", "wind"],
    )
    for city in ("Seattle", "New York"):
        table(
            vega / "weather.csv",
            out,
            city.lower().replace(" ", "-") + "-daily",
            f"what {city}'s weather station measured on each day of four years (NOAA, from vega-datasets 2.11.0), played at 1 Hz",
            ["precipitation", "temp_max", "temp_min", "wind"],
            lambda row, city=city: row["location"] == city,
        )


main()
