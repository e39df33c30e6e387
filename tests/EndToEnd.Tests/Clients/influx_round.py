"""Writes points with the client of InfluxDB 1.x and prints what it is told of a bad one. Arguments: port, first time in ms, API key or '-'."""
import sys

from influxdb import InfluxDBClient
from influxdb.exceptions import InfluxDBClientError

port, start, key = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
client = InfluxDBClient("127.0.0.1", port, "agent", "" if key == "-" else key, "plant", gzip=True)
print(client.ping())
points = [
    {"measurement": "gas", "tags": {"device": "influx %d" % (n % 3), "unit": "a,b=c"}, "time": start + n,
     "fields": {"co": n / 4, "n": n, "ok": n % 2 == 0, "door": "open", "note": 'a "quoted" \\ text'}}
    for n in range(3000)
]
print(client.write_points(points, time_precision="ms", batch_size=500))
print(client.write(["gas,device=line co=1 %d" % start, "gas,device=line co=2 %d" % (start + 1)], {"db": "plant", "precision": "ms"}, protocol="line"))
try:
    client.write(["gas,device=line co=3 %d" % (start + 2), "gas,device=line co="], {"db": "plant", "precision": "ms"}, protocol="line")
except InfluxDBClientError as error:
    print(error.code, error)
