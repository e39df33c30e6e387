using System.Text;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Endpoints;

/// <summary>Which records of the audit log are wanted; empty texts want all.</summary>
/// <param name="Kind">0 is all.</param>
/// <param name="FromMs">Inclusive.</param>
/// <param name="ToMs">Exclusive.</param>
internal sealed record AuditFilter(AuditKind Kind, string Actor, string Subject, string About, long FromMs, long ToMs)
{
    private readonly byte[] _about = Encoding.UTF8.GetBytes(About);

    /// <summary>False with a sentence for the caller when a parameter is not valid.</summary>
    /// <param name="value">The text of a parameter; empty when it was not given.</param>
    public static bool TryRead(Func<string, string> value, out AuditFilter filter, out string mistake)
    {
        var kind = default(AuditKind);
        var (from, to) = (long.MinValue, long.MaxValue);
        mistake = value("kind") is { Length: > 0 } name && !AuditKindNames.TryParse(name, out kind) ? $"kind must be one of {string.Join(", ", AuditKindNames.All)}"
            : value("from") is { Length: > 0 } begin && !QueryTime.TryParse(begin, out from) ? $"from must be {QueryTime.Expected}"
            : value("to") is { Length: > 0 } end && !QueryTime.TryParse(end, out to) ? $"to must be {QueryTime.Expected}"
            : "";
        filter = new AuditFilter(kind, value("actor"), value("subject"), value("about"), from, to);
        return mistake.Length == 0;
    }

    public bool Takes(AuditEntry entry) =>
        (Kind == 0 || entry.Record.Kind == Kind)
        && entry.Record.TimeMs >= FromMs
        && entry.Record.TimeMs < ToMs
        && (Actor.Length == 0 || entry.Record.Actor == Actor)
        && (Subject.Length == 0 || entry.Record.Subject == Subject)
        && (_about.Length == 0 || entry.Line.Span.IndexOf(_about) >= 0);
}
