namespace Fengsui.Devices.Audit;

/// <summary>Takes down who was told what and when, and how it ended.</summary>
public interface IDeliveryJournal
{
    /// <summary>Never waits for a disk and never throws; called by the workers of all receivers, each in the order of its own attempts.</summary>
    void Record(DeliveryAttempt attempt);
}
