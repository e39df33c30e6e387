using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>Reads SenML packs in JSON: an array of records; a record alone is taken for a pack of one. One a connection; not thread-safe.</summary>
internal sealed class SenMlJsonDecoder(SenMlOptions options, int maxNameBytes) : IPayloadDecoder
{
    private readonly SenMlResolver _pack = new(options, maxNameBytes);

    // A text with escapes is resolved into one of these, so that the record can point at it.
    private readonly byte[] _baseName = new byte[NameTemplate.MaxBytes];
    private readonly byte[] _name = new byte[NameTemplate.MaxBytes];
    private readonly byte[] _unit = new byte[NameTemplate.MaxBytes];
    private readonly byte[] _baseUnit = new byte[NameTemplate.MaxBytes];
    private readonly byte[] _text = new byte[NameTemplate.MaxBytes];

    public RejectReason Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageRows rows, IDeviceResolver devices)
    {
        if (!JsonCursor.IsText(payload))
        {
            return RejectReason.MalformedJson;
        }

        _pack.Begin(rows);
        var cursor = new JsonCursor(payload);
        var isPack = cursor.TryTake((byte)'[');
        if (!isPack && cursor.Peek() != (byte)'{')
        {
            return cursor.TrySkip() && cursor.AtEnd() ? RejectReason.NotAnObject : RejectReason.MalformedJson;
        }

        if (isPack && cursor.TryTake((byte)']'))
        {
            return cursor.AtEnd() ? RejectReason.None : RejectReason.MalformedJson;
        }

        do
        {
            var record = new SenMlRecord();
            var fault = ReadRecord(ref cursor, ref record);
            fault = fault == RejectReason.None ? _pack.Take(record, topic, devices) : fault;
            if (fault != RejectReason.None)
            {
                return fault;
            }
        }
        while (isPack && cursor.TryTake((byte)','));
        _pack.End();
        return (!isPack || cursor.TryTake((byte)']')) && cursor.AtEnd() ? RejectReason.None : RejectReason.MalformedJson;
    }

    private RejectReason ReadRecord(ref JsonCursor cursor, ref SenMlRecord record)
    {
        if (cursor.Peek() != (byte)'{')
        {
            return cursor.TrySkip() ? RejectReason.NotAnObject : RejectReason.MalformedJson;
        }

        cursor.TryTake((byte)'{');
        if (cursor.TryTake((byte)'}'))
        {
            return RejectReason.None;
        }

        do
        {
            if (!cursor.TryString(out var key, out var escaped) || escaped || !cursor.TryTake((byte)':'))
            {
                return RejectReason.MalformedJson;
            }

            var label = SenMlLabels.Of(key);
            record.IsMandatory |= label == SenMlLabel.Mandatory;
            var fault = ReadMember(ref cursor, label, ref record);
            if (fault != RejectReason.None)
            {
                return fault;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)'}') ? RejectReason.None : RejectReason.MalformedJson;
    }

    private RejectReason ReadMember(ref JsonCursor cursor, SenMlLabel label, ref SenMlRecord record)
    {
        if (label is SenMlLabel.Other or SenMlLabel.Mandatory)
        {
            return cursor.TrySkip() ? RejectReason.None : RejectReason.MalformedJson;
        }

        switch (cursor.Peek())
        {
            case (byte)'"':
                return ReadText(ref cursor, label, ref record);
            case (byte)'t' or (byte)'f':
                record.Boolean = cursor.TryLiteral("true"u8);
                return (record.Boolean.Value || cursor.TryLiteral("false"u8)) && label == SenMlLabel.Boolean ? RejectReason.None : RejectReason.MalformedJson;
            case (byte)'n':
                return cursor.TryLiteral("null"u8) && record.TrySet(label, double.NaN) ? RejectReason.None : RejectReason.MalformedJson;
            default:
                return cursor.TryNumber(out var number) && record.TrySet(label, number) ? RejectReason.None : RejectReason.MalformedJson;
        }
    }

    private RejectReason ReadText(ref JsonCursor cursor, SenMlLabel label, ref SenMlRecord record)
    {
        if (!cursor.TryString(out var text, out var escaped))
        {
            return RejectReason.MalformedJson;
        }

        if (escaped)
        {
            var target = label switch
            {
                SenMlLabel.BaseName => _baseName,
                SenMlLabel.Name => _name,
                SenMlLabel.Unit => _unit,
                SenMlLabel.BaseUnit => _baseUnit,
                _ => _text,
            };
            if (text.Length > target.Length)
            {
                return RejectReason.NameTooLong;
            }

            var length = JsonText.Unescape(text, target);
            if (length < 0)
            {
                return RejectReason.MalformedJson;
            }

            text = target.AsSpan(0, length);
        }

        return record.TrySet(label, text) ? RejectReason.None : RejectReason.MalformedJson;
    }
}
