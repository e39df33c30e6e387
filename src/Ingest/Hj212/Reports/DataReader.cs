using System.Buffers.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Hj212.Codec;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Hj212.Reports;

/// <summary>
/// Turns the content of a data packet into one row: groups between semicolons, in each group <c>CODE-Field=value</c> between commas, and
/// <c>CODE-Flag</c> for how far the values may be trusted.
/// </summary>
internal sealed class DataReader(FactorMap factors)
{
    private const byte GroupSeparator = (byte)';';
    private const byte FieldSeparator = (byte)',';

    /// <summary>Room for the longest metric of the map, or code, and a suffix.</summary>
    private readonly byte[] _name = new byte[256];

    /// <summary>2011, 2051, 2061 and 2031 carry data.</summary>
    public static DataPeriod PeriodOf(int command) => command switch
    {
        2011 => DataPeriod.RealTime,
        2051 => DataPeriod.Minute,
        2061 => DataPeriod.Hour,
        2031 => DataPeriod.Day,
        _ => DataPeriod.None,
    };

    /// <summary>When the content says that it was measured, ms since 1970 UTC; 0 when it does not, or says no time.</summary>
    public static long TimeOf(ReadOnlySpan<byte> content)
    {
        var groups = new Hj212Fields(content, GroupSeparator);
        while (groups.TryNext(out var key, out var value))
        {
            if (key.SequenceEqual("DataTime"u8))
            {
                return Hj212Time.ToUnixMs(value);
            }
        }

        return 0;
    }

    /// <summary>Reads the values into a row of the given time.</summary>
    public void Read(ReadOnlySpan<byte> content, DataPeriod period, long timeMs, MessageRows rows)
    {
        while (!content.IsEmpty)
        {
            var end = content.IndexOf(GroupSeparator);
            if (!ReadGroup(end < 0 ? content : content[..end], period, rows))
            {
                rows.LeaveOut(RejectReason.TooManyReadings);
                break;
            }

            content = end < 0 ? default : content[(end + 1)..];
        }

        rows.EndRowAt(timeMs);
    }

    private bool ReadGroup(ReadOnlySpan<byte> group, DataPeriod period, MessageRows rows)
    {
        var quality = DataMark.Of(MarkOf(group));
        var fields = new Hj212Fields(group, FieldSeparator);
        while (fields.TryNext(out var key, out var value))
        {
            var hyphen = key.LastIndexOf((byte)'-');
            if (hyphen > 0
                && ValueSuffix.TryFind(period, key[(hyphen + 1)..], out var suffix, out var isAmount)
                && !TryAdd(key[..hyphen], suffix, isAmount, value, quality, rows))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAdd(ReadOnlySpan<byte> code, ReadOnlySpan<byte> suffix, bool isAmount, ReadOnlySpan<byte> value, Quality quality, MessageRows rows)
    {
        var length = factors.Find(code, _name, out var conversion);
        if (length == 0)
        {
            return true;
        }

        // A value that is not there, or is no number, is one that the station has not got.
        var isNumber = Utf8Parser.TryParse(value, out double number, out var used) && used == value.Length;
        suffix.CopyTo(_name.AsSpan(length));
        var name = _name.AsSpan(0, length + suffix.Length);
        return isNumber ? rows.Add(name, isAmount ? number : (number * conversion.Scale) + conversion.Offset, quality) : rows.Add(name, double.NaN);
    }

    private static ReadOnlySpan<byte> MarkOf(ReadOnlySpan<byte> group)
    {
        var fields = new Hj212Fields(group, FieldSeparator);
        while (fields.TryNext(out var key, out var value))
        {
            if (key.EndsWith("-Flag"u8))
            {
                return value;
            }
        }

        return default;
    }
}
