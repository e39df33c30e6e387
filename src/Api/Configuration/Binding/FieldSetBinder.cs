using Fengsui.Api.Security.Views;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Binds <c>http.fields</c>: which fields of answers are of which kind.</summary>
internal static class FieldSetBinder
{
    private static readonly DataClasses[] Kinds = [DataClasses.Safety, DataClasses.Personal, DataClasses.Customs, DataClasses.Joint];

    /// <summary>The kinds that the file names; the others keep their defaults. An empty list empties a kind.</summary>
    public static Dictionary<DataClasses, IReadOnlyList<string>> Bind(YamlMap map)
    {
        var sets = new Dictionary<DataClasses, IReadOnlyList<string>>();
        if (map.Map("fields", "'http.fields'") is not { } fields)
        {
            return sets;
        }

        foreach (var kind in Kinds)
        {
            var key = kind.ToString().ToLowerInvariant();
            if (!fields.Has(key))
            {
                continue;
            }

            var paths = fields.Strings(key);
            sets[kind] = [.. paths.Where(FieldSets.IsPath)];
            foreach (var path in paths.Where(path => !FieldSets.IsPath(path)))
            {
                fields.Diagnostics.Error(
                    fields.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{path}' is not a field", $"resource.field or resource.field.PATTERN, with a resource of {string.Join(", ", FieldSets.Resources)}");
            }
        }

        fields.Finish();
        return sets;
    }
}
