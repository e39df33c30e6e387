using Fengsui.Vehicles.Driving;
using Fengsui.Vehicles.Wire;

namespace Fengsui.Vehicles;

/// <summary>
/// A terminal's memory: positions that wait to be sent, and what was sent and is not answered. What is unanswered when the connection ends goes
/// back to the front.
/// </summary>
internal sealed class ReportBuffer(long phone, bool is2019, VehiclesCounters counters, AckedPositions? acked)
{
    /// <summary>A day of positions, ten seconds each.</summary>
    private const int MaxKept = 8_640;

    private readonly Lock _lock = new();
    private readonly LinkedList<KeptReport> _kept = [];
    private readonly Dictionary<ushort, List<KeptReport>> _unanswered = [];
    private uint _latched;

    public int Kept
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count;
            }
        }
    }

    public int InFlight
    {
        get
        {
            lock (_lock)
            {
                return _unanswered.Count;
            }
        }
    }

    /// <summary>Positions that are not answered, sent or not.</summary>
    public int Open
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count + _unanswered.Values.Sum(reports => reports.Count);
            }
        }
    }

    public void Keep(VehicleState state)
    {
        lock (_lock)
        {
            _latched |= state.Alarms & Drive.UntilAcknowledged;
            var alarms = state.Alarms | _latched;
            _kept.AddLast(new KeptReport(state, alarms, ReportBody.Write(state, alarms, is2019)));
            if (_kept.Count > MaxKept)
            {
                _kept.RemoveFirst();
                counters.Dropped();
            }
        }
    }

    /// <summary>Takes the oldest positions to send as one message.</summary>
    /// <param name="serial">The message's.</param>
    /// <param name="maxBytes">Of the reports and their lengths.</param>
    public IReadOnlyList<KeptReport> Take(ushort serial, int maxBytes)
    {
        lock (_lock)
        {
            var taken = new List<KeptReport>();
            var bytes = 0;
            while (_kept.First is { } first && (taken.Count == 0 || bytes + first.Value.Body.Length + 2 <= maxBytes))
            {
                bytes += first.Value.Body.Length + 2;
                taken.Add(first.Value);
                _kept.RemoveFirst();
            }

            _unanswered[serial] = taken;
            return taken;
        }
    }

    /// <summary>An answer came. One to something else than positions changes nothing.</summary>
    public void Answer(ushort serial, bool isTaken)
    {
        List<KeptReport>? reports;
        lock (_lock)
        {
            if (!_unanswered.Remove(serial, out reports))
            {
                return;
            }

            var told = reports.Aggregate(0u, (bits, report) => bits | report.Alarms);
            _latched &= isTaken ? ~told : uint.MaxValue;
        }

        counters.Answered(reports.Count, isTaken);
        if (isTaken)
        {
            acked?.Add(phone, reports);
        }
    }

    /// <summary>The connection is gone: what it did not answer is sent again, in its order.</summary>
    public void Recall()
    {
        lock (_lock)
        {
            foreach (var report in _unanswered.Values.SelectMany(reports => reports).OrderByDescending(report => report.State.TimeMs))
            {
                _kept.AddFirst(report);
            }

            _unanswered.Clear();
        }
    }
}
