using Fengsui.Rules.Library.Selection;

namespace Fengsui.Rules.Alerts.Duties;

/// <summary>Who runs which zones.</summary>
internal sealed record Enterprise(string Name, IReadOnlyList<NamePattern> Zones);
