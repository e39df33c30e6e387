namespace Fengsui.Devices.Audit;

/// <summary>The names of <see cref="DeliveryOutcome"/> in the audit log.</summary>
public static class DeliveryOutcomeNames
{
    private static readonly string[] Names = ["", "delivered", "deferred", "failed"];

    public static string Name(this DeliveryOutcome outcome) => Names[(int)outcome];
}
