using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Import;

/// <summary>A rule in our language, before it is written.</summary>
internal sealed record ImportedRule
{
    public required string Group { get; init; }

    public required string Alert { get; init; }

    /// <summary>Where it stands in its source, for the report.</summary>
    public required string Place { get; init; }

    /// <summary>Ascending; the first is the base.</summary>
    public required IReadOnlyList<ImportedLevel> Levels { get; init; }

    public string? SelectType { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> SelectLabels { get; init; } = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    public bool IsZoneScope { get; init; }

    public bool IsLatched { get; init; }

    public long KeepFiringForMs { get; init; }

    /// <summary>0: as the language has it.</summary>
    public long MaxGapMs { get; init; }

    /// <summary>0: as the language has it.</summary>
    public long MaxAgeMs { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What was assumed: comments above the rule.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Which devices, as one text: equal texts select the same.</summary>
    public string Selection => $"{SelectType}|{IsZoneScope}|{string.Join(',', SelectLabels.Select(label => $"{label.Key}={string.Join('/', label.Value)}"))}";

    public static string Text(long ms) => DurationText.Format(ms);
}
