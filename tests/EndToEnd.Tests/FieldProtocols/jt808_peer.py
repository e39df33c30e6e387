"""A JT/T 808 terminal with a codec of its own: registers, authenticates, reports, sends a backlog and a split one, and misbehaves.

Usage: jt808_peer.py PORT 2013|2019 PHONE START_SECONDS. Exits 0 when every answer was the expected one.
"""
import datetime
import socket
import struct
import sys
import time

PORT, EDITION, PHONE, START = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
NEW = EDITION == "2019"


def pack(message_id, serial, body, phone=PHONE, split=None):
    attributes = len(body) | (0x4000 if NEW else 0) | (0x2000 if split else 0)
    head = struct.pack(">HH", message_id, attributes)
    head += b"\x01" + bytes.fromhex(phone.zfill(20)) if NEW else bytes.fromhex(phone.zfill(12))
    head += struct.pack(">H", serial)
    if split:
        head += struct.pack(">HH", *split)
    plain = head + body
    checksum = 0
    for value in plain:
        checksum ^= value
    plain += bytes([checksum])
    return b"\x7e" + plain.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02") + b"\x7e"


class Link:
    def __init__(self):
        deadline = time.time() + 20
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", PORT), 10)
                break
            except OSError:
                if time.time() > deadline:
                    raise
                time.sleep(0.1)
        self.socket.settimeout(20)
        self.pending = b""

    def send(self, data):
        self.socket.sendall(data)

    def read(self):
        while True:
            start = self.pending.find(b"\x7e")
            end = self.pending.find(b"\x7e", start + 1)
            if start >= 0 and end > start:
                raw = self.pending[start + 1:end]
                self.pending = self.pending[end + 1:]
                plain = raw.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")
                checksum = 0
                for value in plain:
                    checksum ^= value
                assert checksum == 0, "the server's checksum is wrong"
                message_id, attributes = struct.unpack(">HH", plain[:4])
                assert bool(attributes & 0x4000) == NEW, "the answer is of the other edition"
                head = 17 if NEW else 12
                body = plain[head:-1]
                assert len(body) == attributes & 0x3FF, "the server's length is wrong"
                return message_id, body
            data = self.socket.recv(4096)
            assert data, "the server hung up"
            self.pending += data

    def expect(self, serial, message_id, result):
        answer, body = self.read()
        assert answer == 0x8001, hex(answer)
        assert struct.unpack(">HHB", body) == (serial, message_id, result), (body.hex(), serial, hex(message_id), result)


def bcd_time(seconds):
    local = datetime.datetime.fromtimestamp(seconds, datetime.timezone(datetime.timedelta(hours=8)))
    return bytes.fromhex(local.strftime("%y%m%d%H%M%S"))


def report(n, alarms=0):
    return struct.pack(">IIIIHHH", alarms, 3, 31_000_000 + n, 121_000_000 + n, 5, n * 10 + 5, 90) + bcd_time(START + n) + b"\x01\x04" + struct.pack(">I", n)


def batch(reports):
    return struct.pack(">HB", len(reports), 1) + b"".join(struct.pack(">H", len(one)) + one for one in reports)


# A stranger: no code, no data.
stranger = Link()
stranger.send(pack(0x0100, 1, bytes(76 if NEW else 37), phone="13999999999"))
answer, body = stranger.read()
assert (answer, body) == (0x8100, b"\x00\x01\x04"), (hex(answer), body.hex())
stranger.send(pack(0x0200, 2, report(900), phone="13999999999"))
stranger.expect(2, 0x0200, 1)

link = Link()

# A known phone with a wrong code, and data before the right one.
wrong = b"wrong"
link.send(pack(0x0102, 1, bytes([len(wrong)]) + wrong + bytes(35) if NEW else wrong))
link.expect(1, 0x0102, 1)
link.send(pack(0x0200, 2, report(901)))
link.expect(2, 0x0200, 1)

link.send(pack(0x0100, 3, bytes(76 if NEW else 37)))
answer, body = link.read()
assert answer == 0x8100 and body[:3] == b"\x00\x03\x00", (hex(answer), body.hex())
code = body[3:]
assert len(code) >= 8
link.send(pack(0x0102, 4, bytes([len(code)]) + code + bytes(35) if NEW else code))
link.expect(4, 0x0102, 0)
link.send(pack(0x0002, 5, b""))
link.expect(5, 0x0002, 0)

# Single reports; SOS from the fourth to the sixth.
for n in range(10):
    link.send(pack(0x0200, 100 + n, report(n, 1 if 3 <= n < 6 else 0)))
    link.expect(100 + n, 0x0200, 0)

# A wrong checksum is not answered; what follows is.
broken = bytearray(pack(0x0200, 199, report(902)))
broken[25] ^= 0x01
link.send(bytes(broken) + pack(0x0002, 200, b""))
link.expect(200, 0x0002, 0)

# A backlog in one message, byte by byte.
for value in pack(0x0704, 300, batch([report(n) for n in range(10, 20)])):
    link.send(bytes([value]))
link.expect(300, 0x0704, 0)

# A backlog in three parts, the last first; sent again it changes nothing.
whole = batch([report(n) for n in range(20, 30)])
size = (len(whole) + 2) // 3
parts = [pack(0x0704, 400 + n, whole[n * size:(n + 1) * size], split=(3, n + 1)) for n in range(3)]
for _ in range(2):
    link.send(parts[2] + parts[0] + parts[1])
    for n in range(3):
        link.expect(400 + n, 0x0704, 0)

link.send(pack(0x0900, 500, b"hello"))
link.expect(500, 0x0900, 3)
link.send(pack(0x0003, 501, b""))
link.expect(501, 0x0003, 0)
link.send(pack(0x0200, 502, report(903)))
link.expect(502, 0x0200, 1)
print("ok")
