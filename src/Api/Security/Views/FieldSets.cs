namespace Fengsui.Api.Security.Views;

/// <summary>
/// Which fields are of which kind: <c>alerts.values</c>, or with a pattern over the keys of a map <c>alerts.labels.customs*</c>. The sets of the
/// configuration replace these, each for itself.
/// </summary>
public sealed class FieldSets
{
    private static readonly Dictionary<DataClasses, IReadOnlyList<string>> Defaults = new Dictionary<DataClasses, IReadOnlyList<string>>
    {
        [DataClasses.Safety] = ["alerts.values", "alerts.annotations", "zones.gas_test"],
        [DataClasses.Personal] = ["zones.persons", "zones.unlocks", "permits.persons", "persons.name", "persons.device"],
        [DataClasses.Customs] = ["goods.quantity_kg", "goods.limit_kg", "alerts.labels.customs*", "alerts.labels.bonded*", "alerts.labels.declaration*"],
        [DataClasses.Joint] = ["alerts.note", "alerts.evidence"],
    };

    private readonly Dictionary<string, List<Rule>> _rules = new(StringComparer.Ordinal);

    /// <param name="sets">Those that were configured.</param>
    public FieldSets(IReadOnlyDictionary<DataClasses, IReadOnlyList<string>> sets)
    {
        foreach (var (kind, fields) in Defaults)
        {
            foreach (var path in sets.GetValueOrDefault(kind, fields))
            {
                var parts = path.Split('.', 3);
                if (!_rules.TryGetValue(parts[0], out var rules))
                {
                    _rules.Add(parts[0], rules = []);
                }

                rules.Add(new Rule(parts[1], parts.Length > 2 ? parts[2] : "", kind));
            }
        }
    }

    public static FieldSets Default { get; } = new(new Dictionary<DataClasses, IReadOnlyList<string>>());

    /// <summary>What fields can belong to.</summary>
    public static IReadOnlyList<string> Resources { get; } = ["alerts", "zones", "permits", "goods", "persons"];

    /// <summary>The fields of a kind that are in force without configuration.</summary>
    public static IReadOnlyList<string> DefaultOf(DataClasses kind) => Defaults[kind];

    /// <summary>Whether the text is the path of a field: resource, field, and perhaps a pattern over its keys.</summary>
    public static bool IsPath(string text)
    {
        var parts = text.Split('.', 3);
        return parts.Length >= 2 && Resources.Contains(parts[0]) && parts.Skip(1).All(part => part.Length > 0 && !part.Any(char.IsWhiteSpace)) && !parts[1].Contains('*', StringComparison.Ordinal);
    }

    /// <summary>Whether any field of the resource is of one of these kinds.</summary>
    internal bool Concerns(string resource, DataClasses kinds) =>
        _rules.TryGetValue(resource, out var rules) && rules.Any(rule => (rule.Kind & kinds) != 0);

    /// <summary>The kinds of a whole field, all of which are needed to see it.</summary>
    internal DataClasses Of(string resource, string field) => Of(resource, field, null);

    /// <summary>The kinds of one key of a field that is a map.</summary>
    internal DataClasses Of(string resource, string field, string? key)
    {
        var kinds = DataClasses.None;
        foreach (var rule in _rules.GetValueOrDefault(resource) ?? [])
        {
            if (rule.Field == field && (key is null ? rule.Pattern.Length == 0 : rule.Pattern.Length > 0 && Ingest.Admission.Glob.IsMatch(rule.Pattern, key)))
                kinds |= rule.Kind;
        }

        return kinds;
    }

    private readonly record struct Rule(string Field, string Pattern, DataClasses Kind);
}
