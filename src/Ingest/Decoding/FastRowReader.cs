using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>Reads a row that looks like one of its device's last two straight into the stage.</summary>
internal sealed class FastRowReader(RowTemplates templates, DecodingOptions options)
{
    private readonly EventTimeGuard _guard = new(options);

    /// <summary>
    /// True when the object at <paramref name="at"/> is a row of the expected shape whose time is good. Its values then
    /// stand in the stage, which the caller completes with <see cref="RowStage.Complete(in RowHead,Shape)"/>; otherwise nothing
    /// has happened.
    /// </summary>
    /// <param name="at">Where the object begins; where it ends.</param>
    /// <param name="head">Without a fingerprint.</param>
    public bool TryRead(
        ReadOnlySpan<byte> json,
        ref int at,
        Device device,
        long receiveMs,
        RowStage stage,
        out RowHead head,
        out Shape shape)
    {
        head = default;
        shape = device.LikelyShape!;
        if (shape is null)
        {
            return false;
        }

        if (TryRead(json, ref at, shape, device, receiveMs, stage, out head))
        {
            return true;
        }

        if (device.OtherShape is not { } other || !TryRead(json, ref at, other, device, receiveMs, stage, out head))
        {
            return false;
        }

        shape = other;
        return true;
    }

    private bool TryRead(
        ReadOnlySpan<byte> json, ref int at, Shape shape, Device device, long receiveMs, RowStage stage, out RowHead head)
    {
        head = default;

        var end = at;
        var values = stage.ReserveRow(shape.Count);
        if (!FastJson.TryRead(json, ref end, templates.For(shape), values, out var stated))
        {
            return false;
        }

        var timeMs = receiveMs;
        var flags = RowFlags.ServerTime;
        if (stated >= 0 && _guard.Judge(stated, receiveMs, out timeMs, out flags) != RejectReason.None)
        {
            return false;
        }

        head = new RowHead(device.Id, flags, 0, timeMs);
        at = end;
        return true;
    }
}
