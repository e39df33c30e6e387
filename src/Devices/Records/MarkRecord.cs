namespace Fengsui.Devices.Records;

/// <summary>
/// A point at which all shards hand over their history and their state, so that what is kept belongs to one journal
/// position. Layout: u8 kind (4), u8 purpose, 6 reserved bytes.
/// </summary>
public static class MarkRecord
{
    public const int SizeBytes = 8;

    public static void Write(Span<byte> record, MarkPurpose purpose)
    {
        record[..SizeBytes].Clear();
        record[0] = (byte)BatchKind.Mark;
        record[1] = (byte)purpose;
    }

    /// <exception cref="InvalidDataException">The record is cut short.</exception>
    public static MarkPurpose Purpose(ReadOnlySpan<byte> record) => record.Length >= SizeBytes
        ? (MarkPurpose)record[1]
        : throw new InvalidDataException($"a mark of {record.Length} bytes");
}
