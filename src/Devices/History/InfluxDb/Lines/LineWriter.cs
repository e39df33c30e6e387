using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>
/// Writes rows as lines. Allocates nothing for a series that it has seen. What line protocol has no form for (not a number,
/// infinite) is left out and counted.
/// </summary>
internal sealed class LineWriter(LineMapping mapping, MetricTable metrics, Misfit misfit)
{
    private readonly SeriesText _series = new(mapping);
    private readonly bool _isTall = mapping.Layout == LineLayout.Tall;
    private readonly bool _writesQuality = mapping.Quality == QualityField.Write;
    private readonly LineBatch _aside = new(1024, 1);
    private FieldPlan?[] _plans = [];

    /// <summary>Values left out: bad ones, and numbers that line protocol has no form for. Those of ignored metrics are not counted.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Adds the row's lines: none, one, or with <see cref="LineLayout.Tall"/> up to one a value.</summary>
    public void Write(in AppliedRow row, LineBatch batch)
    {
        var fields = 0;
        for (var i = 0; i < row.Values.Length; i++)
        {
            var metric = row.Shape.Metrics[i];
            var plan = PlanOf(metric);
            var quality = row.Qualities.IsEmpty ? Quality.Good : row.Qualities[i];
            if (plan.Kind == FieldKind.Ignored || !Fits(row, plan, row.Values[i], quality))
            {
                continue;
            }

            if (fields == 0)
            {
                batch.Append(_series.Of(row.Device, metric, plan.Metric));
            }

            WriteField(batch, plan, row.Values[i], quality, ref fields);
            if (_isTall)
            {
                End(batch, row, ref fields);
            }
        }

        End(batch, row, ref fields);
    }

    private void WriteField(LineBatch batch, FieldPlan plan, double value, Quality quality, ref int fields)
    {
        // A position's bits may be those of a number that is none: only its quality says whether it is one.
        if (IsWritable(plan, value) && !(plan.Kind == FieldKind.Position && quality == Quality.Bad))
        {
            switch (plan.Kind)
            {
                case FieldKind.Position:
                    var position = GeoPosition.Unpack(value);
                    Key(batch, plan.Latitude, ref fields);
                    batch.Append(position.Latitude);
                    Key(batch, plan.Longitude, ref fields);
                    batch.Append(position.Longitude);
                    break;
                case FieldKind.Integer:
                    Key(batch, plan.Value, ref fields);
                    batch.Append((long)value);
                    batch.Append((byte)'i');
                    break;
                case FieldKind.Boolean:
                    Key(batch, plan.Value, ref fields);
                    batch.Append(value == 0 ? "false"u8 : "true"u8);
                    break;
                default:
                    Key(batch, plan.Value, ref fields);
                    batch.Append(value);
                    break;
            }
        }

        if (_writesQuality && quality != Quality.Good)
        {
            Key(batch, plan.Quality, ref fields);
            batch.Append(quality == Quality.Bad ? "\"bad\""u8 : "\"uncertain\""u8);
        }
    }

    private static void Key(LineBatch batch, byte[] key, ref int fields)
    {
        if (fields++ > 0)
        {
            batch.Append((byte)',');
        }

        batch.Append(key);
    }

    private void End(LineBatch batch, in AppliedRow row, ref int fields)
    {
        if (fields > 0)
        {
            batch.Append((byte)' ');
            batch.Append(mapping.TimeOf(row.TimeMs));
            batch.EndLine(row.Position, row.Index, row.ReceiveMs);
            fields = 0;
        }
    }

    /// <summary>Whether the value, or only its quality, is written.</summary>
    private bool Fits(in AppliedRow row, FieldPlan plan, double value, Quality quality)
    {
        if (_writesQuality && quality != Quality.Good)
        {
            LeftOut += IsWritable(plan, value) ? 0 : 1;
            return true;
        }

        if (quality == Quality.Bad || (plan.Kind != FieldKind.Position && !double.IsFinite(value)))
        {
            LeftOut++;
            return false;
        }

        if (IsWritable(plan, value))
        {
            return true;
        }

        SetAside(row, plan, value);
        return false;
    }

    private static bool IsWritable(FieldPlan plan, double value) => plan.Kind switch
    {
        FieldKind.Position => true,
        FieldKind.Integer => value is >= long.MinValue and < long.MaxValue && Math.Truncate(value) == value,
        FieldKind.Boolean => value is 0 or 1,
        _ => double.IsFinite(value),
    };

    private void SetAside(in AppliedRow row, FieldPlan plan, double value)
    {
        var fields = 0;
        _aside.Clear();
        _aside.Append(_series.Of(row.Device, row.Shape.Metrics[0], plan.Metric));
        Key(_aside, plan.Value, ref fields);
        _aside.Append(value);
        _aside.Append((byte)' ');
        _aside.Append(mapping.TimeOf(row.TimeMs));
        var kind = plan.Kind == FieldKind.Integer ? "a whole number" : "0 or 1";
        misfit(row.Position, row.Index, $"the mapping says that {plan.Metric} is {kind}", _aside.Unfinished);
    }

    private FieldPlan PlanOf(int metric)
    {
        if (metric >= _plans.Length)
        {
            Array.Resize(ref _plans, Math.Max(64, 2 * (metric + 1)));
        }

        return _plans[metric] ??= new FieldPlan(metrics.NameOf((ushort)metric), mapping);
    }
}
