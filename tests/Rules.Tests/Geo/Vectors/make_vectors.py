#!/usr/bin/env python3
"""Makes the golden vectors beside this file with GeographicLib, a reference that shares nothing with the code under test.

    apt-get install python3-geographiclib        # 2.0
    /usr/bin/python3 tests/Rules.Tests/Geo/Vectors/make_vectors.py

distances.csv   lat1,lon1,lat2,lon2,metres       geodesic distance, Karney's inverse
lines.csv       line,lat,lon                     positions of lines, in order
deviations.csv  line,lat,lon,metres              from a point to a line whose edges are straight in longitude and latitude

The distance to an edge is the least of Karney's inverse over the edge: the best of samples at most 2 km apart, narrowed by
a golden section search to less than a millimetre. Seeded, so that it gives the same files each time.
"""
import csv
import math
import pathlib
import random

from geographiclib.geodesic import Geodesic

HERE = pathlib.Path(__file__).parent
EARTH = Geodesic.WGS84
GOLDEN = (math.sqrt(5) - 1) / 2


def inverse(lat1, lon1, lat2, lon2):
    return EARTH.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE)["s12"]


def e7(degrees):
    return round(degrees, 7)


def random_point(rng, max_lat=90.0):
    return e7(math.degrees(math.asin(rng.uniform(-1, 1))) / 90 * max_lat), e7(rng.uniform(-180, 180))


def distances(rng):
    fixed = [(0, 0, 0, 0), (31.23, 121.47, 31.23, 121.47), (0, 0, 0, 180), (0, 0, 0, 179), (0, 0, 0.5, 179.5), (0, 0, 0.5, 179.7),
             (90, 0, -90, 0), (90, 0, 90, 120), (89.9, 0, -89.9, 0), (30, 0, -30, 179.8), (30, 0, -29.9, 179.8), (-45, 10, 45, -170),
             (10, 179.9, 10, -179.9), (0, -0.5, 0, 0.5), (-0.5, 20, 0.5, 20), (39.9042, 116.4074, 31.2304, 121.4737)]
    pairs = list(fixed)
    for _ in range(120):
        pairs.append(random_point(rng) + random_point(rng))
    for _ in range(120):
        lat, lon = random_point(rng, 80)
        reach = 10 ** rng.uniform(-6, 1)
        pairs.append((lat, lon, e7(lat + rng.uniform(-reach, reach) / 2), e7(lon + rng.uniform(-reach, reach) / 2)))
    for _ in range(40):
        lat, lon = random_point(rng, 85)
        pairs.append((lat, lon, e7(-lat + rng.uniform(-0.4, 0.4)), e7((lon + 180 + rng.uniform(-0.4, 0.4) + 180) % 360 - 180)))
    return [(*pair, f"{inverse(*pair):.4f}") for pair in pairs]


def lines(rng):
    made = {
        "crossroads": [(31.0, 121.0), (31.0, 121.01), (31.01, 121.01)],
        "north": [(20.0, 110.0), (20.9, 110.0), (21.8, 110.0)],
        "parallel-60": [(60.0, 20.0), (60.0, 21.7), (60.0, 23.4)],
        "equator": [(-0.3, 100.0), (0.4, 100.5), (-0.2, 101.0)],
        "date-line": [(-17.0, 179.2), (-17.2, 180.0)],
        "arctic": [(80.0, 10.0), (80.5, 14.0), (81.0, 12.0)],
    }
    lat, lon, heading = 39.9, 116.4, 170.0
    corridor = [(lat, lon)]
    for _ in range(12):
        heading += rng.uniform(-40, 40)
        at = EARTH.Direct(lat, lon, heading, rng.uniform(70_000, 100_000))
        lat, lon = e7(at["lat2"]), e7(at["lon2"])
        corridor.append((lat, lon))
    made["corridor"] = corridor
    lat, lon, heading = 31.2, 121.4, 45.0
    road = [(lat, lon)]
    for _ in range(400):
        heading += rng.uniform(-30, 30)
        at = EARTH.Direct(lat, lon, heading, rng.uniform(20, 600))
        lat, lon = e7(at["lat2"]), e7(at["lon2"])
        road.append((lat, lon))
    made["road"] = road
    return made


def to_edge(lat, lon, start, end):
    def at(share):
        return inverse(lat, lon, start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)

    count = max(4, math.ceil(inverse(*start, *end) / 2_000))
    best = min(range(count + 1), key=lambda i: at(i / count))
    low, high = max(0, best - 1) / count, min(count, best + 1) / count
    while (high - low) * count > 1e-7:
        left, right = high - (high - low) * GOLDEN, low + (high - low) * GOLDEN
        low, high = (low, right) if at(left) < at(right) else (left, high)
    return min(at((low + high) / 2), at(0), at(1))


def to_line(lat, lon, line):
    bounds = []
    for start, end in zip(line, line[1:]):
        # No point of an edge is nearer than its start less its length; the straight edge is at most a little longer than the geodesic.
        bounds.append((inverse(lat, lon, *start) - 1.01 * inverse(*start, *end), start, end))
    best = math.inf
    for bound, start, end in sorted(bounds):
        if bound > best:
            break
        best = min(best, to_edge(lat, lon, start, end))
    return best


def deviations(rng, made):
    rows = []
    for name, line in made.items():
        for i in range(40):
            lat, lon = rng.choice(line)
            reach = 10 ** rng.uniform(0, 6 if i % 4 == 0 else 4.5)
            at = EARTH.Direct(lat, lon, rng.uniform(0, 360), reach)
            lat, lon = e7(at["lat2"]), e7(at["lon2"])
            rows.append((name, lat, lon, f"{to_line(lat, lon, line):.4f}"))
    return rows


def write(name, header, rows):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    rng = random.Random(20260301)
    write("distances.csv", ["lat1", "lon1", "lat2", "lon2", "metres"], distances(rng))
    made = lines(rng)
    write("lines.csv", ["line", "lat", "lon"], [(name, *point) for name, line in made.items() for point in line])
    write("deviations.csv", ["line", "lat", "lon", "metres"], deviations(rng, made))


main()
