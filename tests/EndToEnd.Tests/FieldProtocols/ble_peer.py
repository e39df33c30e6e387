"""Bluetooth locks and a gateway with a codec of their own.

ble_peer.py data KEY ADDRESS COUNTER OBJECTS        prints encrypted BTHome v2 service data in hexadecimal
ble_peer.py gateway PORT TOKEN KEY ADDRESS          speaks frames over TCP; exits 0 when every answer was the expected one
"""
import json
import socket
import struct
import sys
import time

SBOX = [0] * 256
p = q = 1
while True:
    p = p ^ (p << 1) ^ (0x11B if p & 0x80 else 0)
    p &= 0xFF
    q ^= q << 1
    q ^= q << 2
    q ^= q << 4
    q &= 0xFF
    if q & 0x80:
        q ^= 0x09
    SBOX[p] = (q ^ (q << 1 | q >> 7) ^ (q << 2 | q >> 6) ^ (q << 3 | q >> 5) ^ (q << 4 | q >> 4)) & 0xFF ^ 0x63
    if p == 1:
        break
SBOX[0] = 0x63


def double(value):
    return (value << 1) ^ (0x11B if value & 0x80 else 0)


def expand(key):
    words = [list(key[i:i + 4]) for i in range(0, 16, 4)]
    round_constant = 1
    for i in range(4, 44):
        word = list(words[i - 1])
        if i % 4 == 0:
            word = [SBOX[value] for value in word[1:] + word[:1]]
            word[0] ^= round_constant
            round_constant = double(round_constant)
        words.append([a ^ b for a, b in zip(word, words[i - 4])])
    return [sum(words[i:i + 4], []) for i in range(0, 44, 4)]


def encrypt_block(keys, block):
    state = [a ^ b for a, b in zip(block, keys[0])]
    for number in range(1, 11):
        state = [SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if number < 10:
            mixed = []
            for column in range(0, 16, 4):
                a = state[column:column + 4]
                total = a[0] ^ a[1] ^ a[2] ^ a[3]
                mixed += [a[i] ^ total ^ double(a[i] ^ a[(i + 1) % 4]) for i in range(4)]
            state = mixed
        state = [a ^ b for a, b in zip(state, keys[number])]
    return bytes(state)


def ccm(key, nonce, plain, tag_bytes=4):
    keys = expand(key)
    size = 15 - len(nonce)
    mac = encrypt_block(keys, bytes([8 * ((tag_bytes - 2) // 2) + size - 1]) + nonce + len(plain).to_bytes(size, "big"))
    for at in range(0, len(plain), 16):
        mac = encrypt_block(keys, bytes(a ^ b for a, b in zip(mac, plain[at:at + 16].ljust(16, b"\0"))))

    def stream(number):
        return encrypt_block(keys, bytes([size - 1]) + nonce + number.to_bytes(size, "big"))

    cipher = b"".join(bytes(a ^ b for a, b in zip(plain[at:at + 16], stream(at // 16 + 1))) for at in range(0, len(plain), 16))
    return cipher, bytes(a ^ b for a, b in zip(mac, stream(0)))[:tag_bytes]


def advert(key, address, counter, objects):
    trailer = struct.pack("<I", counter)
    cipher, tag = ccm(bytes.fromhex(key), bytes.fromhex(address) + b"\xd2\xfc\x41" + trailer, bytes.fromhex(objects))
    return (b"\x41" + cipher + trailer + tag).hex()


GOLDEN = advert("231d39c1d7cc1ab1aee224cd096db932", "5448E68F80A5", 0x33221100, "02CA0903BF13")
assert GOLDEN == "41a47266c95f730011223378237214", GOLDEN


class Link:
    def __init__(self, port):
        deadline = time.time() + 20
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), 10)
                break
            except OSError:
                if time.time() > deadline:
                    raise
                time.sleep(0.1)
        self.socket.settimeout(20)

    def frame(self, value):
        text = json.dumps(value).encode("utf-8")
        return struct.pack(">I", len(text)) + text

    def send(self, *values):
        self.socket.sendall(b"".join(self.frame(value) for value in values))

    def read(self, count):
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                return None
            data += part
        return data

    def answer(self):
        header = self.read(4)
        return None if header is None else json.loads(self.read(struct.unpack(">I", header)[0]))

    def expect_ack(self, number):
        last = None
        while last != {"ack": number}:
            last = self.answer()
            assert last is not None and last["ack"] <= number, last


def gateway(port, token, key, address):
    stranger = Link(port)
    stranger.send({"gateway": "gate-1", "token": "guess"})
    assert stranger.answer() is None

    link = Link(port)
    link.send({"gateway": "gate-1", "token": token})
    assert link.answer() == {"welcome": 1}
    for counter in range(1, 31):
        link.send({"seq": counter, "address": address, "rssi": -60, "service_data": advert(key, address, counter, f"01{counter:02x}1F00")})
        link.expect_ack(counter)

    # Together in one segment, and byte by byte.
    link.send(*({"seq": n, "address": address, "rssi": -61, "service_data": advert(key, address, n, f"01{n:02x}1F00")} for n in range(31, 41)))
    link.expect_ack(40)
    for value in link.frame({"seq": 41, "address": address, "service_data": advert(key, address, 41, "01291F00"), "time": 0, "sent": 60000}):
        link.socket.sendall(bytes([value]))
    link.expect_ack(41)

    # A replay of a low counter, a downgrade, a forgery and a phone: taken note of, and nothing else.
    link.send({"seq": 42, "address": address, "service_data": advert(key, address, 7, "01071F01")})
    link.send({"seq": 43, "address": address, "service_data": "40011F01"})
    link.send({"seq": 44, "address": address, "service_data": advert("00" * 16, address, 900, "1F01")})
    link.send({"seq": 45, "address": "F0:0D:00:00:00:01", "service_data": "401F01"})
    link.expect_ack(45)
    print("ok")


if sys.argv[1] == "data":
    print(advert(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5]))
else:
    gateway(int(sys.argv[2]), *sys.argv[3:6])
