using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Sources;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>Writes what polling finds out into the journal: values as of the moment their answer came, and bad quality where there are none.</summary>
internal sealed class IntakeOutcome(string source, SampleIntake intake, SourceConnection report) : IPollOutcome
{
    private readonly byte[] _about = Encoding.UTF8.GetBytes("modbus/" + source);
    private double[] _values = new double[16];

    /// <summary>When the bytes in hand came, ms since 1970 UTC by the journal's clock.</summary>
    public long HeardMs { get; set; }

    public void Answered(PollTask task, ReadOnlySpan<byte> data)
    {
        var points = task.Read.Points;
        var values = Values(points.Length);
        for (var i = 0; i < points.Length; i++)
        {
            values[i] = points[i].Read(data, task.Read.Address);
        }

        var banded = task.Written.TakeBanded(values, HeardMs);
        if ((banded || task.Written.HasUnbanded) && Begin(task.Unit))
        {
            for (var i = 0; i < points.Length; i++)
            {
                if (banded || points[i].DeadBand is null)
                {
                    intake.Rows.Add(points[i].MetricName, values[i]);
                }
            }

            End(data);
        }
    }

    public void Failed(PollTask task, PollFailure why)
    {
        if (!task.Written.TakeBad(HeardMs))
        {
            return;
        }

        if (why.Kind != PollFailureKind.NoConnection)
        {
            // Why there is no connection is said already.
            report.Note($"{task.Unit.Device}: {why} ({task.Read.For(task.Unit.Id)})");
        }

        if (Begin(task.Unit))
        {
            foreach (var point in task.Read.Points)
            {
                intake.Rows.Add(point.MetricName, double.NaN, Quality.Bad);
            }

            End(default);
        }
    }

    public void Refused(RejectReason reason, ReadOnlySpan<byte> frame)
    {
        intake.BeginMessage();
        report.Reject(intake.EndMessage(reason, _about, frame));
    }

    private Span<double> Values(int count)
    {
        if (_values.Length < count)
        {
            _values = new double[count];
        }

        return _values.AsSpan(0, count);
    }

    /// <summary>False when the device may not be provisioned; that is a refused message, with its reason.</summary>
    private bool Begin(ModbusUnit unit)
    {
        intake.BeginMessage();
        if (intake.TryDevice(unit.DeviceName))
        {
            return true;
        }

        report.Reject(intake.EndMessage(RejectReason.None, _about, unit.DeviceName));
        return false;
    }

    private void End(ReadOnlySpan<byte> data)
    {
        intake.Rows.EndRowHeardAt(HeardMs);
        report.Reject(intake.EndMessage(RejectReason.None, _about, data));
    }
}
