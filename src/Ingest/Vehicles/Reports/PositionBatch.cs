using System.Buffers.Binary;

namespace Fengsui.Ingest.Vehicles.Reports;

/// <summary>
/// The body of 0x0704, what a terminal kept while it had no connection: count u16, kind u8, then for each report its length u16 and its bytes.
/// </summary>
internal ref struct PositionBatch(ReadOnlySpan<byte> body)
{
    private const int HeadBytes = 3;

    private ReadOnlySpan<byte> _rest = body.Length < HeadBytes ? default : body[HeadBytes..];
    private int _left = body.Length < HeadBytes ? -1 : BinaryPrimitives.ReadUInt16BigEndian(body);

    /// <summary>True once reports are missing, or bytes are left over, or there is no batch at all.</summary>
    public readonly bool IsCutOff => _left != 0 || !_rest.IsEmpty;

    /// <summary>What was not read as reports.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The next whole report; false at the end, or where the batch is cut off.</summary>
    public bool TryNext(out ReadOnlySpan<byte> report)
    {
        report = default;
        if (_left <= 0 || _rest.Length < 2)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        if (_rest.Length < 2 + length)
        {
            return false;
        }

        report = _rest.Slice(2, length);
        _rest = _rest[(2 + length)..];
        _left--;
        return true;
    }
}
