namespace Fengsui.Ingest.Decoding;

/// <summary>Reads a value that is no object as the number that a reading holds.</summary>
internal static class JsonScalar
{
    /// <summary>False when there is no JSON value.</summary>
    /// <param name="cursor">Before the value; behind it.</param>
    /// <param name="value">NaN when the sender has none.</param>
    /// <param name="kind">What it was.</param>
    public static bool TryRead(ref JsonCursor cursor, out double value, out ScalarKind kind)
    {
        kind = ScalarKind.State;
        value = double.NaN;
        switch (cursor.Peek())
        {
            case (byte)'t':
                value = 1;
                return cursor.TryLiteral("true"u8);
            case (byte)'f':
                value = 0;
                return cursor.TryLiteral("false"u8);
            case (byte)'n':
                kind = ScalarKind.Number;
                return cursor.TryLiteral("null"u8);
            case (byte)'"':
                return TryWord(ref cursor, out value, ref kind);
            case (byte)'[':
                kind = ScalarKind.Unsupported;
                return cursor.TrySkip();
            default:
                kind = ScalarKind.Number;
                return cursor.TryNumber(out value);
        }
    }

    private static bool TryWord(ref JsonCursor cursor, out double value, ref ScalarKind kind)
    {
        value = double.NaN;
        if (!cursor.TryString(out var word, out var escaped))
        {
            return false;
        }

        if (!StateWords.TryRead(word, escaped, out value))
        {
            kind = ScalarKind.Unsupported;
        }

        return true;
    }
}
