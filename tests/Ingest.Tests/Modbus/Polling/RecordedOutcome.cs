using Fengsui.Devices.Records;
using Fengsui.Ingest.Modbus.Polling;

namespace Fengsui.Ingest.Tests.Modbus.Polling;

/// <summary>Writes down what polling found out.</summary>
internal sealed class RecordedOutcome : IPollOutcome
{
    /// <summary>In order: <c>1@0=000A</c> for values, <c>1@0: why</c> for failures, <c>reason</c> for refused frames.</summary>
    public List<string> Lines { get; } = [];

    public void Answered(PollTask task, ReadOnlySpan<byte> data) =>
        Lines.Add($"{task.Unit.Id}@{task.Read.Address}={Convert.ToHexString(data)}");

    public void Failed(PollTask task, PollFailure why) => Lines.Add($"{task.Unit.Id}@{task.Read.Address}: {why}");

    public void Refused(RejectReason reason, ReadOnlySpan<byte> frame) => Lines.Add(reason.Name());

    public string Take()
    {
        var lines = string.Join("; ", Lines);
        Lines.Clear();
        return lines;
    }
}
