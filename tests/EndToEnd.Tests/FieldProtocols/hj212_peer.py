"""An HJ 212 station with a codec of its own. Usage: hj212_peer.py PORT PASSWORD START_SECONDS. Exits 0 when every answer was the expected one."""
import datetime
import socket
import sys
import time

PORT, PASSWORD, START = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
STATION = "010000A8900016F000169DC0"


def crc(text):
    register = 0xFFFF
    for character in text.encode("ascii"):
        register = (register >> 8) ^ character
        for _ in range(8):
            register = (register >> 1) ^ 0xA001 if register & 1 else register >> 1
    return "%04X" % register


assert crc("QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&") == "1C80"


def local(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone(datetime.timedelta(hours=8))).strftime("%Y%m%d%H%M%S")


def packet(number, command, content, flag=5, password=PASSWORD, place=""):
    data = f"QN={number};ST=32;CN={command};PW={password};MN={STATION};Flag={flag};{place}CP=&&{content}&&"
    return f"##{len(data):04d}{data}{crc(data)}\r\n".encode("ascii")


deadline = time.time() + 20
while True:
    try:
        link = socket.create_connection(("127.0.0.1", PORT), 10)
        break
    except OSError:
        if time.time() > deadline:
            raise
        time.sleep(0.1)
link.settimeout(20)
pending = b""


def expect(number):
    global pending
    while b"\r\n" not in pending:
        data = link.recv(4096)
        assert data, "the server hung up"
        pending += data
    line, pending = pending.split(b"\r\n", 1)
    text = line.decode("ascii")
    length = int(text[2:6])
    data = text[6:6 + length]
    assert text[:2] == "##" and text[6 + length:] == crc(data), text
    fields = dict(pair.split("=", 1) for pair in data.split("CP=")[0].strip(";").split(";"))
    assert (fields["QN"], fields["CN"], fields["ST"], fields["MN"]) == (number, "9014", "91", STATION), text


for n in range(20):
    number = local(START + n) + "000"
    link.sendall(packet(number, 2011, f"DataTime={local(START + n)};a21026-Rtd={n}.5,a21026-Flag=N;a34013-Rtd={n},a34013-Flag={'D' if n == 7 else 'N'}"))
    expect(number)

# Byte by byte, with a broken one before it; nothing answers the broken one.
link.sendall(packet("1", 2011, "x").replace(b"MN=0", b"MN=1"))
number = local(START + 100) + "123"
for value in packet(number, 2061, f"DataTime={local(START)};a34013-Cou=5,a34013-Min=1,a34013-Avg=2,a34013-Max=3"):
    link.sendall(bytes([value]))
expect(number)

# Two parts, each acknowledged.
number = local(START + 200) + "000"
link.sendall(packet(number, 2011, f"DataTime={local(START + 200)};a21026-Rtd=200", flag=7, place="PNUM=2;PNO=1;"))
expect(number)
link.sendall(packet(number, 2011, "a34013-Rtd=201", flag=7, place="PNUM=2;PNO=2;"))
expect(number)

# A wrong password is not answered; what follows is.
link.sendall(packet("5", 2011, f"DataTime={local(START + 300)};a21026-Rtd=300", password="000000"))
link.sendall(packet("6", 9015, ""))
expect("6")
print("ok")
