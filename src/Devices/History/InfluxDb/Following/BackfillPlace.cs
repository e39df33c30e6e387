namespace Fengsui.Devices.History.InfluxDb.Following;

/// <summary>
/// How far a target has come with what it takes from the embedded history, device by device. A reading is taken when its
/// journal position is in (<paramref name="AfterPosition"/>, <paramref name="UpToPosition"/>]: what is up to the one was
/// written before, what follows the other comes from the journal.
/// </summary>
/// <param name="Device">Id of the device that is under way; those before it are done.</param>
/// <param name="AfterMetric">Its metrics up to this id are done; −1 for none.</param>
/// <param name="FromMs">Event time of its next row.</param>
internal sealed record BackfillPlace(long AfterPosition, long UpToPosition, int Device, int AfterMetric, long FromMs)
{
    public static BackfillPlace Between(long afterPosition, long upToPosition) => new(afterPosition, upToPosition, 0, -1, long.MinValue);

    public bool Covers(long position) => position > AfterPosition && position <= UpToPosition;

    public BackfillPlace AtNextDevice() => this with { Device = Device + 1, AfterMetric = -1, FromMs = long.MinValue };
}
