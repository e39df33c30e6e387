namespace Fengsui.Ingest.Sources.Configuration;

/// <summary>What ids of devices may hold: they become levels of topics.</summary>
internal static class DeviceIdText
{
    public const string Expected = "an id without / + # and control characters";

    public static bool IsValid(string id) => id.Length > 0 && id.AsSpan().IndexOfAny("/+#") < 0 && !id.Any(char.IsControl);
}
