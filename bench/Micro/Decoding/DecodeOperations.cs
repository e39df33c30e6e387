using System.Text.Json;
using Fengsui.Micro.Allocation;

namespace Fengsui.Micro.Decoding;

/// <summary>What decoding must do without allocating, each checked once to do what it says.</summary>
internal static class DecodeOperations
{
    public static IEnumerable<HotOperation> All()
    {
        yield return new HotOperation("to compare: tokens only, Utf8JsonReader", () => Tokens());
        yield return Checked("decode: fast, ts and values", 5, rig => rig.Device(Payloads.Wrapped));
        yield return Checked("decode: fast, flat, QoS 1", 5, rig => rig.Device(Payloads.Flat, qos: 1));
        yield return Checked("decode: fast, spaced", 5, rig => rig.Device(Payloads.Spaced));
        yield return Checked("decode: fast, topic without a number", 5, rig => rig.Unnumbered(Payloads.Wrapped));
        yield return Checked("decode: full, ts and values", 5, rig => rig.Full(Payloads.Wrapped));
        yield return Checked("decode: full, nested, null, word, position", 4, rig => rig.Full(Payloads.Mixed));
        yield return Checked("decode: gateway map, 10 devices", 50, rig => rig.Gateway(Payloads.Gateway));
        yield return Checked("decode: gateway map with nulls", 50, rig => rig.Gateway(Payloads.GatewayWithNulls));
        yield return CheckedForm("decode: line protocol", "lines", FormPayloads.Lines);
        yield return CheckedForm("decode: SenML in JSON", "packs", FormPayloads.Pack);
        yield return CheckedForm("decode: SenML in CBOR", "cbor", FormPayloads.Cbor);
        yield return CheckedForm("decode: Sparkplug data by alias", "spBv1.0/g/DDATA/e/device-0000", FormPayloads.Data);
        yield return CheckedForm("decode: mapped JSON", "mapped", FormPayloads.Mapped);
    }

    /// <summary>What it costs merely to find the tokens of <see cref="Payloads.Wrapped"/>.</summary>
    public static int Tokens()
    {
        var reader = new Utf8JsonReader(Payloads.Wrapped);
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    private static HotOperation CheckedForm(string name, string topic, byte[] payload)
    {
        var rig = new FormRig();
        rig.Sender("spBv1.0/g/NBIRTH/e", FormPayloads.Birth)();
        rig.Sender("spBv1.0/g/DBIRTH/e/device-0000", FormPayloads.Birth)();
        var send = rig.Sender(topic, payload);
        var found = send();
        return found == 5 ? new HotOperation(name, () => send()) : throw new InvalidOperationException($"{name}: {found} readings, expected 5");
    }

    private static HotOperation Checked(string name, int readings, Func<DecodeRig, int> decode)
    {
        var rig = new DecodeRig();
        var found = decode(rig);
        return found == readings
            ? new HotOperation(name, () => decode(rig))
            : throw new InvalidOperationException($"{name}: {found} readings, expected {readings}");
    }
}
