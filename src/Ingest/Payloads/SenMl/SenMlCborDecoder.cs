using System.Text.Unicode;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>Reads SenML packs in CBOR (RFC 8428, 6). One a connection; not thread-safe.</summary>
internal sealed class SenMlCborDecoder(SenMlOptions options, int maxNameBytes) : IPayloadDecoder
{
    private readonly SenMlResolver _pack = new(options, maxNameBytes);

    public RejectReason Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageRows rows, IDeviceResolver devices)
    {
        _pack.Begin(rows);
        var reader = new CborReader(payload);
        if (!reader.TryStart(CborKind.Array, out var count))
        {
            return RejectReason.MalformedFrame;
        }

        while (reader.TryMore(ref count))
        {
            var record = new SenMlRecord();
            var fault = TryRecord(ref reader, ref record) ? _pack.Take(record, topic, devices) : RejectReason.MalformedFrame;
            if (fault != RejectReason.None)
            {
                return fault;
            }
        }

        _pack.End();
        return reader.AtEnd ? RejectReason.None : RejectReason.MalformedFrame;
    }

    private static bool TryRecord(ref CborReader reader, ref SenMlRecord record)
    {
        if (!reader.TryStart(CborKind.Map, out var count))
        {
            return false;
        }

        while (reader.TryMore(ref count))
        {
            if (!TryLabel(ref reader, out var label) || !TryMember(ref reader, label, ref record))
            {
                return false;
            }

            record.IsMandatory |= label == SenMlLabel.Mandatory;
        }

        return true;
    }

    private static bool TryLabel(ref CborReader reader, out SenMlLabel label)
    {
        label = SenMlLabel.Other;
        if (reader.Kind != CborKind.Text)
        {
            var isNumber = reader.TryInteger(out var number);
            label = SenMlLabels.Of(number);
            return isNumber;
        }

        if (!reader.TryText(out var name))
        {
            return false;
        }

        // Labels of the table are numbers here; a text is an extension.
        label = name.EndsWith("_"u8) ? SenMlLabel.Mandatory : SenMlLabel.Other;
        return true;
    }

    private static bool TryMember(ref CborReader reader, SenMlLabel label, ref SenMlRecord record)
    {
        if (label is SenMlLabel.Other or SenMlLabel.Mandatory)
        {
            return reader.TrySkip();
        }

        if (label == SenMlLabel.Boolean)
        {
            var isBoolean = reader.TryBoolean(out var state);
            record.Boolean = state;
            return isBoolean;
        }

        if (reader.Kind == CborKind.Text)
        {
            return reader.TryText(out var text) && Utf8.IsValid(text) && record.TrySet(label, text);
        }

        if (label == SenMlLabel.Data)
        {
            return reader.TryBytes(out var data) && record.TrySet(label, data);
        }

        return reader.TryNumber(out var number) && record.TrySet(label, number);
    }
}
