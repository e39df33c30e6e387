"""Slaves 1 to 3 on one port, made with pymodbus, with a value of every type in every order. Arguments: port, framer (tcp or rtu).
With the framer serial, the first argument names a link that is made to a pseudo-terminal, whose other end is the line on which the slaves are."""
import asyncio
import os
import pty
import struct
import sys
import threading
import tty

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server import StartAsyncSerialServer, StartAsyncTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer


def registers(form, value, order):
    """The registers of a value; order is written with letters, A being the most significant byte of the first pair."""
    plain = struct.pack(">" + form, value)
    words = [plain[i:i + 2] for i in range(0, len(plain), 2)]
    if order in ("CDAB", "DCBA"):
        words.reverse()
    if order in ("BADC", "DCBA"):
        words = [bytes(reversed(word)) for word in words]
    return [int.from_bytes(word, "big") for word in words]


def holding(unit):
    values = [
        registers("H", 1000 + unit, "ABCD"),
        registers("h", -1000 - unit, "BADC"),
        registers("I", 3000000000 + unit, "ABCD"),
        registers("i", -2000000000 + unit, "CDAB"),
        registers("q", -900719925474000 + unit, "ABCD"),
        registers("Q", 900719925474000 + unit, "DCBA"),
        registers("f", 21.5 + unit, "BADC"),
        registers("f", -7.25 - unit, "CDAB"),
        registers("d", 3.141592653589793 * unit, "CDAB"),
        [0b1010000000000100 | (unit << 4)],
    ]
    block = dict(enumerate(word for value in values for word in value))
    # Address 30 does not exist.
    block[31] = 4000 + unit
    return block


def slave(unit):
    return ModbusSlaveContext(
        hr=ModbusSparseDataBlock(holding(unit)),
        ir=ModbusSparseDataBlock({0: 0x8000, 1: 2140 + unit}),
        co=ModbusSparseDataBlock({address: address == unit for address in range(20)}),
        di=ModbusSparseDataBlock({address: address % 3 == 0 for address in range(20)}),
        zero_mode=True,
    )


def pump(source, target):
    while True:
        os.write(target, os.read(source, 256))


def line(link):
    """Two pseudo-terminals joined as a cable: one is linked for the server, the name of the other is given."""
    (near, near_port), (far, far_port) = pty.openpty(), pty.openpty()
    for port in (near_port, far_port):
        tty.setraw(port)
    for source, target in ((near, far), (far, near)):
        threading.Thread(target=pump, args=(source, target), daemon=True).start()
    if os.path.lexists(link):
        os.remove(link)
    os.symlink(os.ttyname(near_port), link)
    return os.ttyname(far_port)


async def main():
    context = ModbusServerContext(slaves={unit: slave(unit) for unit in (1, 2, 3)}, single=False)
    if sys.argv[2] == "serial":
        await StartAsyncSerialServer(context=context, port=line(sys.argv[1]), framer=ModbusRtuFramer, baudrate=19200, autoreconnect=False)
        return
    framer = ModbusRtuFramer if sys.argv[2] == "rtu" else ModbusSocketFramer
    await StartAsyncTcpServer(context=context, address=("127.0.0.1", int(sys.argv[1])), framer=framer, allow_reuse_address=True)


asyncio.run(main())
