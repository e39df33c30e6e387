using Fengsui.Rules.Zones.Site;

namespace Fengsui.Devices.Records;

/// <summary>
/// A fact as bytes: u8 <see cref="SiteFactKind"/>, string id, then by kind
/// <code>
/// permit granted: i32 n, n kinds; i32 n, n persons; i64 from, i64 to (ms)
/// permit revoked: nothing
/// gas tested: string person, i64 at, u8 passed, i32 n, n × (string metric, f64 value)
/// unlocked: string device, string person, i64 at
/// goods changed: u8 operation, string UN number, string class, f64 kg, f64 limit in kg (NaN: none given)
/// alert reset: string rule, string device
/// </code>
/// </summary>
public static class SiteFactFormat
{
    public static void Write(RecordWriter writer, SiteFact fact)
    {
        writer.Byte((byte)KindOf(fact));
        writer.String(fact.Id);
        switch (fact)
        {
            case PermitGranted permit:
                Write(writer, permit.Kinds);
                Write(writer, permit.Persons);
                writer.Int64(permit.FromMs);
                writer.Int64(permit.ToMs);
                break;
            case GasTested test:
                Write(writer, test);
                break;
            case Unlocked unlock:
                writer.String(unlock.Device);
                writer.String(unlock.Person);
                writer.Int64(unlock.AtMs);
                break;
            case GoodsChanged goods:
                writer.Byte((byte)goods.Operation);
                writer.String(goods.UnNumber);
                writer.String(goods.Class);
                writer.Double(goods.QuantityKg);
                writer.Double(goods.LimitKg ?? double.NaN);
                break;
            case AlertReset reset:
                writer.String(reset.Rule);
                writer.String(reset.Device);
                break;
        }
    }

    /// <exception cref="InvalidDataException">Cut short, or of no known kind.</exception>
    public static SiteFact Read(ref RecordReader reader)
    {
        var kind = (SiteFactKind)reader.Byte();
        var id = reader.String();
        return kind switch
        {
            SiteFactKind.PermitGranted => new PermitGranted(id, Texts(ref reader), Texts(ref reader), reader.Int64(), reader.Int64()),
            SiteFactKind.PermitRevoked => new PermitRevoked(id),
            SiteFactKind.GasTested => new GasTested(id, reader.String(), reader.Int64(), reader.Byte() == 1, Values(ref reader)),
            SiteFactKind.Unlocked => new Unlocked(id, reader.String(), reader.String(), reader.Int64()),
            SiteFactKind.GoodsChanged => new GoodsChanged(id, Operation(reader.Byte()), reader.String(), reader.String(), Quantity(reader.Double()), Limit(reader.Double())),
            SiteFactKind.AlertReset => new AlertReset(id, reader.String(), reader.String()),
            _ => throw new InvalidDataException($"a site fact of kind {(byte)kind}"),
        };
    }

    private static SiteFactKind KindOf(SiteFact fact) => fact switch
    {
        PermitGranted => SiteFactKind.PermitGranted,
        PermitRevoked => SiteFactKind.PermitRevoked,
        GasTested => SiteFactKind.GasTested,
        Unlocked => SiteFactKind.Unlocked,
        GoodsChanged => SiteFactKind.GoodsChanged,
        AlertReset => SiteFactKind.AlertReset,
        _ => throw new ArgumentException($"{fact.GetType().Name} has no form in the journal", nameof(fact)),
    };

    private static void Write(RecordWriter writer, IReadOnlyList<string> texts)
    {
        writer.Int32(texts.Count);
        foreach (var text in texts)
        {
            writer.String(text);
        }
    }

    private static void Write(RecordWriter writer, GasTested test)
    {
        writer.String(test.Person);
        writer.Int64(test.AtMs);
        writer.Byte(test.Passed ? (byte)1 : (byte)0);
        writer.Int32(test.Values.Count);
        foreach (var (metric, value) in test.Values)
        {
            writer.String(metric);
            writer.Double(value);
        }
    }

    private static string[] Texts(ref RecordReader reader)
    {
        var texts = new string[reader.Count(sizeof(int))];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.String();
        }

        return texts;
    }

    private static KeyValuePair<string, double>[] Values(ref RecordReader reader)
    {
        var values = new KeyValuePair<string, double>[reader.Count(sizeof(int) + sizeof(double))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new(reader.String(), reader.Double());
        }

        return values;
    }

    private static GoodsOperation Operation(byte operation) =>
        Enum.IsDefined((GoodsOperation)operation) ? (GoodsOperation)operation : throw new InvalidDataException($"a goods operation {operation}");

    private static double Quantity(double kg) => kg >= 0 && double.IsFinite(kg) ? kg : throw new InvalidDataException($"a quantity of {kg} kg");

    private static double? Limit(double kg) => double.IsNaN(kg) ? null : Quantity(kg);
}
