namespace Fengsui.Api.Security;

/// <summary>Under which API key a request came.</summary>
internal static class CallerName
{
    private static readonly object Item = new();

    /// <summary>The key's name; null when none was needed.</summary>
    public static string? Of(HttpContext context) => context.Items.TryGetValue(Item, out var name) ? (string?)name : null;

    public static void Set(HttpContext context, string? name) => context.Items[Item] = name;
}
