namespace Fengsui.Devices.Journal;

/// <summary>Whether commits get through. While failing, nothing is acknowledged and appends are refused once the buffers are full.</summary>
/// <param name="Reason">What the storage answered, for people; null when ok.</param>
/// <param name="Since">When the present failure began; null when ok.</param>
/// <param name="Retries">Attempts that failed since then.</param>
public sealed record JournalHealth(string? Reason, DateTimeOffset? Since, int Retries)
{
    public static JournalHealth Ok { get; } = new(null, null, 0);

    public bool IsFailing => Reason is not null;

    internal JournalHealth Fail(string reason, DateTimeOffset now) => new(reason, Since ?? now, Retries + 1);
}
