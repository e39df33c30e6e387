using Fengsui.Rules.Zones.Site;

namespace Fengsui.Devices.Records;

/// <summary>
/// Something that was said of a zone through the API: a permit, a gas test, an unlock, goods; or the reset of an alert.
/// Layout: u8 kind (6), u8 version (1), i64 time in ms, string author, string zone, then the fact, see
/// <see cref="SiteFactFormat"/>.
/// </summary>
/// <param name="TimeMs">Journal time, ms since 1970 UTC.</param>
/// <param name="Author">Who said it: the name of the API key.</param>
/// <param name="Zone">Which zone it is about; for the reset of a device's alert, the zone is not looked at.</param>
public sealed record SiteRecord(long TimeMs, string Author, string Zone, SiteFact Fact)
{
    public const byte Version = 1;

    public byte[] Encode()
    {
        var writer = new RecordWriter();
        writer.Byte((byte)BatchKind.Site);
        writer.Byte(Version);
        writer.Int64(TimeMs);
        writer.String(Author);
        writer.String(Zone);
        SiteFactFormat.Write(writer, Fact);
        return writer.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">The record is cut short, or of another version.</exception>
    public static SiteRecord Decode(ReadOnlySpan<byte> batch)
    {
        var reader = new RecordReader(batch[1..]);
        var version = reader.Byte();
        if (version != Version)
        {
            throw new InvalidDataException($"a site record of version {version}");
        }

        return new SiteRecord(reader.Int64(), reader.String(), reader.String(), SiteFactFormat.Read(ref reader));
    }
}
