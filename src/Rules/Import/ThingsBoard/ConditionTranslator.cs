using System.Globalization;
using System.Text.RegularExpressions;

namespace Fengsui.Rules.Import.ThingsBoard;

/// <summary>Says the conditions of an alarm rule in our language. What it cannot say, it reports.</summary>
internal sealed partial class ConditionTranslator(ImportJob job, string alarm)
{
    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["EQUAL"] = "==",
        ["NOT_EQUAL"] = "!=",
        ["GREATER"] = ">",
        ["LESS"] = "<",
        ["GREATER_OR_EQUAL"] = ">=",
        ["LESS_OR_EQUAL"] = "<=",
    };

    /// <summary>All filters together; null when one of them cannot be said.</summary>
    public string? Translate(JsonSpot filters)
    {
        var parts = filters.Items().Select(OfFilter).ToList();
        if (parts.Count == 0)
        {
            job.Lose(filters.Path, alarm, "there is no condition");
        }

        return parts.Count == 0 || parts.Contains(null) ? null : string.Join(" and ", parts);
    }

    private string? OfFilter(JsonSpot filter)
    {
        var key = filter["key"];
        var name = key["key"].Text() ?? "";
        if (key["type"].Text() != "TIME_SERIES" || name.Length == 0)
        {
            job.Lose(key.Path, alarm, $"a condition on {key["type"].Text() ?? "nothing"} '{name}': rules read what devices report");
            return null;
        }

        return OfPredicate(filter["predicate"], Plain().IsMatch(name) ? name : $"`{name}`", isWithin: true);
    }

    private string? OfPredicate(JsonSpot predicate, string metric, bool isWithin) => predicate["type"].Text() switch
    {
        "NUMERIC" => OfNumber(predicate, metric),
        "BOOLEAN" => OfTruth(predicate, metric),
        "COMPLEX" => OfComplex(predicate, metric, isWithin),
        var type => Lose(predicate["type"].Path, $"a condition of type {type ?? "nothing"}: metrics are numbers"),
    };

    private string? OfComplex(JsonSpot predicate, string metric, bool isWithin)
    {
        var word = predicate["operation"].Text() == "OR" ? " or " : " and ";
        var parts = predicate["predicates"].Items().Select(part => OfPredicate(part, metric, isWithin: true)).ToList();
        if (parts.Count == 0 || parts.Contains(null))
        {
            return parts.Count == 0 ? Lose(predicate.Path, "an empty list of conditions") : null;
        }

        var text = string.Join(word, parts);
        return isWithin && parts.Count > 1 ? $"({text})" : text;
    }

    private string? OfNumber(JsonSpot predicate, string metric)
    {
        if (!Operators.TryGetValue(predicate["operation"].Text() ?? "", out var op))
        {
            return Lose(predicate["operation"].Path, $"the operation {predicate["operation"].Text() ?? "nothing"}");
        }

        return ValueOf(predicate["value"]) is { } value ? $"{metric} {op} {value}" : null;
    }

    private string? OfTruth(JsonSpot predicate, string metric)
    {
        var value = predicate["value"];
        var truth = value["userValue"].Truth() ?? value["defaultValue"].Truth();
        return truth is { } wanted && predicate["operation"].Text() is "EQUAL" or "NOT_EQUAL"
            ? $"{metric} {Operators[predicate["operation"].Text()!]} {(truth.Value ? "true" : "false")}"
            : Lose(predicate.Path, "a condition on a truth without one");
    }

    /// <summary>A fixed number, or one that a label of the device gives.</summary>
    private string? ValueOf(JsonSpot value)
    {
        var dynamic = value["dynamicValue"];
        var fixedValue = value["userValue"].Number() ?? value["defaultValue"].Number();
        if (dynamic["sourceType"].Text() is { } source)
        {
            var attribute = dynamic["sourceAttribute"].Text() ?? "";
            if (source == "CURRENT_DEVICE" && Plain().IsMatch(attribute))
            {
                job.Assume(dynamic.Path, alarm, $"the device's attribute '{attribute}' is its label '{attribute}' here; without the label the condition is unknown");
                return $"labels.{attribute}";
            }

            job.Lose(dynamic.Path, alarm, $"a limit from the attribute '{attribute}' of {source}; the default value stands for it");
        }

        return fixedValue is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : Lose(value.Path, "a comparison without a number");
    }

    private string? Lose(string path, string message)
    {
        job.Lose(path, alarm, message);
        return null;
    }

    [GeneratedRegex(@"^(?!(and|or|not|true|false)$)\p{L}[\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$")]
    private static partial Regex Plain();
}
