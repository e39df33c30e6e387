namespace Fengsui.Devices.Alerts.Outbox.Routing;

/// <summary>A text in which <c>*</c> stands for any characters, none included. Case counts.</summary>
public sealed class GlobPattern(string text) : IEquatable<GlobPattern>
{
    private readonly string[] _parts = text.Split('*');

    public string Text => text;

    public bool Matches(string value)
    {
        if (_parts.Length == 1)
        {
            return value == text;
        }

        var (first, last) = (_parts[0], _parts[^1]);
        if (value.Length < first.Length + last.Length
            || !value.StartsWith(first, StringComparison.Ordinal)
            || !value.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        // Between the ends each part takes its first place: a later one cannot help those that follow.
        var rest = value.AsSpan(first.Length, value.Length - first.Length - last.Length);
        foreach (var part in _parts.AsSpan(1, _parts.Length - 2))
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + part.Length)..];
        }

        return true;
    }

    public bool Equals(GlobPattern? other) => other?.Text == text;

    public override bool Equals(object? obj) => Equals(obj as GlobPattern);

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => text;
}
