"""Prints payloads in hexadecimal, one a line, as libraries that are not ours encode them. Argument: 'senml' or 'sparkplug'."""
import sys
from decimal import Decimal


def senml():
    import cbor2

    records = [
        {-2: "cbor-lib:", -4: "Cel", 0: "temperature", 2: 21.5},
        {0: "level", 2: Decimal("273.15")},
        {0: "count", 2: 70000},
        {0: "negative", 2: -500},
        {0: "door", 4: True},
        {0: "lock", 3: "locked"},
        {0: "gone", 2: None},
        {0: "later", 2: 1e300, "unknown": {"a": [1, 2, {"b": b"\x00"}]}},
    ]
    print(cbor2.dumps(records).hex())
    print(cbor2.dumps([{-2: "cbor-lib:", 0: "half", 2: 1.5}], canonical=True).hex())


def sparkplug():
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    field = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="plant.proto", package="plant", syntax="proto2")

    def message(name, *fields):
        kind = file.message_type.add(name=name)
        for number, label, type_, type_name in fields:
            kind.field.add(name="f%d" % number, number=number, label=label, type=type_, type_name=type_name)

    one, many = field.LABEL_OPTIONAL, field.LABEL_REPEATED
    message("Value", (1, one, field.TYPE_UINT32, None), (3, one, field.TYPE_UINT32, None), (8, one, field.TYPE_STRING, None))
    message("Properties", (1, many, field.TYPE_STRING, None), (2, many, field.TYPE_MESSAGE, ".plant.Value"))
    message(
        "Metric",
        (1, one, field.TYPE_STRING, None), (2, one, field.TYPE_UINT64, None), (3, one, field.TYPE_UINT64, None), (4, one, field.TYPE_UINT32, None),
        (5, one, field.TYPE_BOOL, None), (7, one, field.TYPE_BOOL, None), (9, one, field.TYPE_MESSAGE, ".plant.Properties"), (10, one, field.TYPE_UINT32, None),
        (11, one, field.TYPE_UINT64, None), (12, one, field.TYPE_FLOAT, None), (13, one, field.TYPE_DOUBLE, None), (14, one, field.TYPE_BOOL, None), (15, one, field.TYPE_STRING, None))
    message("Payload", (1, one, field.TYPE_UINT64, None), (2, many, field.TYPE_MESSAGE, ".plant.Metric"), (3, one, field.TYPE_UINT64, None), (4, one, field.TYPE_STRING, None))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    payload = message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName("plant.Payload"))
    at = int(sys.argv[2])

    def show(sequence, *metrics):
        made = payload(f1=at + sequence, f3=sequence, f4="an id")
        for metric in metrics:
            made.f2.add(**metric)
        print(made.SerializeToString().hex())

    quality = {"f1": ["engUnit", "Quality"], "f2": [{"f1": 12, "f8": "kPa"}, {"f1": 3, "f3": 500}]}
    show(0, {"f1": "bdSeq", "f4": 8, "f11": 3}, {"f1": "Properties/Maker", "f4": 12, "f15": "a maker"})
    show(
        1,
        {"f1": "Temp", "f2": 1, "f4": 9, "f12": 21.5}, {"f1": "Level", "f2": 2, "f4": 3, "f10": 0xFFFFFFFE}, {"f1": "Open", "f2": 3, "f4": 11, "f14": True},
        {"f1": "Total", "f2": 4, "f4": 4, "f11": 2**64 - 7}, {"f1": "Old", "f2": 5, "f4": 10, "f13": 1.0, "f9": quality}, {"f1": "None", "f2": 6, "f4": 10, "f7": True})
    show(2, {"f2": 1, "f12": 22.5}, {"f2": 2, "f10": 5, "f3": at + 2})


senml() if sys.argv[1] == "senml" else sparkplug()
