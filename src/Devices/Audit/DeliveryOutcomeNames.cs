namespace Fengsui.Devices.Audit;

/// <summary>The names of <see cref="DeliveryOutcome"/> in the audit log and the API.</summary>
public static class DeliveryOutcomeNames
{
    private static readonly string[] Names = ["", "delivered", "failed", "refused", "given-up"];

    public static string Name(this DeliveryOutcome outcome) => Names[(int)outcome];
}
