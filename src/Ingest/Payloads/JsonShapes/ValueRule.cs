using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>What a value in JSON means to a reading.</summary>
internal sealed class ValueRule
{
    private readonly Dictionary<byte[], double>.AlternateLookup<ReadOnlySpan<byte>> _words;

    public ValueRule(IEnumerable<KeyValuePair<byte[], double>> words) =>
        _words = new Dictionary<byte[], double>(words, Utf8Names.Comparer).GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Numbers that a sender uses to say that it has no value, before the scale.</summary>
    public double[] NoValue { get; init; } = [];

    public double Scale { get; init; } = 1;

    public double Offset { get; init; }

    /// <summary>Reads the value that stands at the cursor.</summary>
    /// <param name="value">NaN when the sender has none.</param>
    /// <returns>False when it is nothing that a reading can hold.</returns>
    public bool TryRead(ref JsonCursor cursor, Span<byte> scratch, out double value)
    {
        value = double.NaN;
        switch (cursor.Peek())
        {
            case (byte)'{' or (byte)'[':
                return false;
            case (byte)'n' when cursor.TryLiteral("null"u8):
                return true;
            case (byte)'t':
                value = _words.TryGetValue("true"u8, out var yes) ? yes : 1;
                return true;
            case (byte)'f':
                value = _words.TryGetValue("false"u8, out var no) ? no : 0;
                return true;
            case (byte)'"':
                return TryText(ref cursor, scratch, out value);
            default:
                var isNumber = cursor.TryNumber(out value);
                value = Measured(value);
                return isNumber;
        }
    }

    private bool TryText(ref JsonCursor cursor, Span<byte> scratch, out double value)
    {
        value = double.NaN;
        if (!cursor.TryString(out var text, out var escaped))
        {
            return false;
        }

        if (escaped)
        {
            var length = text.Length <= scratch.Length ? JsonText.Unescape(text, scratch) : -1;
            if (length < 0)
            {
                return false;
            }

            text = scratch[..length];
        }

        if (_words.TryGetValue(text, out value) || StateWords.TryRead(text, escaped: false, out value))
        {
            return true;
        }

        // Many a gateway writes its numbers as text.
        var number = new JsonCursor(text);
        var isNumber = number.TryNumber(out value) && number.AtEnd();
        value = Measured(value);
        return isNumber;
    }

    private double Measured(double value) => Array.IndexOf(NoValue, value) >= 0 ? double.NaN : (value * Scale) + Offset;
}
