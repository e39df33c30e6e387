"""Publishes telemetry and plain messages with QoS 0, 1 and 2 and prints what a subscriber gets. Arguments: port, protocol version (3 or 5)."""
import sys
import threading

import paho.mqtt.client as mqtt

port = int(sys.argv[1])
version = mqtt.MQTTv5 if sys.argv[2] == "5" else mqtt.MQTTv311
count = 200
got = []
subscribed = threading.Event()
complete = threading.Event()


def make(name):
    if hasattr(mqtt, "CallbackAPIVersion"):
        return mqtt.Client(mqtt.CallbackAPIVersion.VERSION1, client_id=name, protocol=version)
    return mqtt.Client(client_id=name, protocol=version)


def on_message(client, userdata, message):
    got.append((message.payload.decode(), message.qos))
    if len(got) == 3 * count:
        complete.set()


subscriber = make("paho-subscriber")
subscriber.on_message = on_message
subscriber.on_subscribe = lambda *arguments: subscribed.set()
subscriber.connect("127.0.0.1", port)
subscriber.loop_start()
subscriber.subscribe("plain/#", qos=2)
assert subscribed.wait(20), "no SUBACK"

publisher = make("paho-publisher")
publisher.connect("127.0.0.1", port)
publisher.loop_start()
handed = []
for n in range(count):
    for qos in range(3):
        handed.append(publisher.publish(f"plain/{qos}", f"{qos}-{n}", qos=qos))
    handed.append(publisher.publish("telemetry/paho", '{"ts":%d,"values":{"n":%d}}' % (int(sys.argv[3]) + n, n), qos=2))
for one in handed:
    one.wait_for_publish(30)
    assert one.is_published(), "not acknowledged"
complete.wait(30)
for qos in range(3):
    payloads = [payload for payload, at in got if payload.startswith(f"{qos}-")]
    assert payloads == [f"{qos}-{n}" for n in range(count)], f"QoS {qos}: {len(payloads)} messages, or out of order"
    assert all(at == qos for payload, at in got if payload.startswith(f"{qos}-")), f"QoS {qos} was changed"
publisher.disconnect()
subscriber.disconnect()
print("ok")
