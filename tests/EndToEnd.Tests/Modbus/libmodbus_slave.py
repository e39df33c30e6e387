"""A slave made with libmodbus: holding registers 0 to 199 hold 1000 to 1199, input registers 0 to 9 their number times 7. Argument: port."""
import ctypes
import sys


class Mapping(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in (
        "nb_bits", "start_bits", "nb_input_bits", "start_input_bits",
        "nb_input_registers", "start_input_registers", "nb_registers", "start_registers")] + [
        ("bits", ctypes.POINTER(ctypes.c_uint8)), ("input_bits", ctypes.POINTER(ctypes.c_uint8)),
        ("input_registers", ctypes.POINTER(ctypes.c_uint16)), ("registers", ctypes.POINTER(ctypes.c_uint16))]


library = ctypes.CDLL("libmodbus.so.5")
library.modbus_new_tcp.restype = ctypes.c_void_p
library.modbus_mapping_new.restype = ctypes.POINTER(Mapping)
context = ctypes.c_void_p(library.modbus_new_tcp(b"127.0.0.1", int(sys.argv[1])))
mapping = library.modbus_mapping_new(16, 16, 200, 10)
for address in range(200):
    mapping.contents.registers[address] = 1000 + address
for address in range(10):
    mapping.contents.input_registers[address] = address * 7
for address in range(16):
    mapping.contents.input_bits[address] = address % 2
listener = ctypes.c_int(library.modbus_tcp_listen(context, 1))
request = (ctypes.c_uint8 * 260)()
while True:
    library.modbus_tcp_accept(context, ctypes.byref(listener))
    while (length := library.modbus_receive(context, request)) != -1:
        library.modbus_reply(context, request, length, mapping)
    library.modbus_close(context)
