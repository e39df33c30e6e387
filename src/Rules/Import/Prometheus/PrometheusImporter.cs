using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Import.Prometheus;

/// <summary>Carries alerting rules of Prometheus over. Never throws for what the file holds.</summary>
public sealed class PrometheusImporter
{
    private const string SeverityLabel = "severity";

    private readonly ImportJob _job = new();
    private readonly SeverityMap _severities;

    private PrometheusImporter(SeverityMap severities) => _severities = severities;

    public static ImportResult Import(string path, string text, SeverityMap severities)
    {
        var diagnostics = new DiagnosticBag();
        var importer = new PrometheusImporter(severities);
        if (YamlDocument.Load(path, text, diagnostics) is { } root && YamlMap.Of(root, "a rule file of Prometheus", diagnostics) is { } map)
        {
            foreach (var group in map.RequiredMaps("groups", "a group"))
            {
                importer.ReadGroup(group);
            }
        }
        else if (!diagnostics.HasErrors)
        {
            diagnostics.Error(new SourceSpot(path, 1, 1), DiagnosticCodes.MissingKey, "there is no rule in this file", "the key 'groups'");
        }

        return diagnostics.HasErrors
            ? new ImportResult(null, 0, [], diagnostics.ToSortedList())
            : importer._job.Finish(
            [
                $"Imported from {Path.GetFileName(path)}, alerting rules of Prometheus.",
                "There an alert ends when its series ends; here missing data never ends an alert.",
                "There a series counts for five minutes after its last sample: hence max_age and max_gap.",
            ]);
    }

    private void ReadGroup(YamlMap group)
    {
        var name = ImportJob.NameOf(group.RequiredString("name") ?? "", "imported");
        foreach (var key in group.Keys.Where(key => key.Text is not ("name" or "rules")))
        {
            if (key.Text == "interval")
            {
                _job.Assume(PlaceOf(key.Spot), name, "'interval' is not needed: rules run at each reading");
            }
            else if (key.Text != "labels")
            {
                _job.Lose(PlaceOf(key.Spot), name, $"'{key.Text}' of the group");
            }
        }

        var labels = Texts(group, "labels");
        foreach (var rule in group.Maps("rules", "a rule"))
        {
            if (rule.Has("record"))
            {
                _job.Lose(PlaceOf(rule.Spot), rule.String("record")!, "a recording rule; write its expression where it is used");
            }
            else if (rule.RequiredString("alert") is { } alert && rule.RequiredScalar("expr") is { } expr)
            {
                ReadRule(rule, name, ImportJob.NameOf(alert, "Alert"), expr, labels);
            }
        }
    }

    private void ReadRule(YamlMap map, string group, string alert, YamlScalar expr, IReadOnlyList<KeyValuePair<string, string>> groupLabels)
    {
        var place = PlaceOf(map.SpotOf("alert"));
        var (node, failure) = PromParser.Parse(expr.Text);
        var translator = new PromTranslator();
        var expression = node is null ? null : translator.Translate(node);
        failure ??= translator.Failure;
        if (expression is null || failure is not null)
        {
            _job.Lose(PlaceOf(expr.SpotAt(failure?.At ?? 0)), alert, failure?.Message ?? "the expression cannot be read");
            return;
        }

        if (PromSelection.Of(translator.Matchers, out var why) is not { } selection)
        {
            _job.Lose(PlaceOf(expr.Spot), alert, why);
            return;
        }

        var labels = Labels(map, alert, groupLabels);
        var comments = translator.Assumptions.ToList();
        var tier = TierOf(labels, comments);
        foreach (var assumption in comments)
        {
            _job.Assume(place, alert, assumption);
        }

        _job.Add(new ImportedRule
        {
            Group = group,
            Alert = alert,
            Place = place,
            Levels = [new ImportedLevel(tier, expression, DurationOf(map, "for", alert))],
            SelectLabels = selection,
            IsZoneScope = translator.IsZoneScope,
            KeepFiringForMs = DurationOf(map, "keep_firing_for", alert),
            MaxGapMs = PromTranslator.LookBackMs,
            MaxAgeMs = PromTranslator.LookBackMs,
            Labels = labels,
            Annotations = Annotations(map, alert, translator.FirstInput),
            Comments = [.. comments],
        });
    }

    private Tier TierOf(SortedDictionary<string, string> labels, List<string> comments)
    {
        if (!labels.Remove(SeverityLabel, out var severity))
        {
            comments.Add("no severity there: general here");
            return Tier.General;
        }

        var tier = _severities.Find(severity);
        if (tier == Tier.None)
        {
            comments.Add($"the severity '{severity}' is not known: general here");
        }

        return tier == Tier.None ? Tier.General : tier;
    }

    private SortedDictionary<string, string> Labels(YamlMap map, string alert, IReadOnlyList<KeyValuePair<string, string>> groupLabels)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in groupLabels.Concat(Texts(map, "labels")))
        {
            if (text.Contains("{{", StringComparison.Ordinal))
            {
                _job.Lose(PlaceOf(map.SpotOf("labels")), alert, $"the label '{name}': labels are fixed texts");
            }
            else
            {
                labels[name] = text;
            }
        }

        return labels;
    }

    private SortedDictionary<string, string> Annotations(YamlMap map, string alert, string? input)
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, scalar) in map.StringMap("annotations"))
        {
            if (PromTemplate.Translate(scalar.Text, input, out var why) is { } text)
            {
                annotations[name] = text;
            }
            else
            {
                _job.Lose(PlaceOf(scalar.Spot), alert, $"the annotation '{name}': {why}");
            }
        }

        return annotations;
    }

    private long DurationOf(YamlMap map, string key, string alert)
    {
        if (map.Scalar(key) is not { } scalar)
        {
            return 0;
        }

        if (PromDuration.TryParse(scalar.Text, out var ms))
        {
            return ms;
        }

        _job.Lose(PlaceOf(scalar.Spot), alert, $"'{key}' is {scalar.Kind}, which is not a duration");
        return 0;
    }

    private static List<KeyValuePair<string, string>> Texts(YamlMap map, string key) =>
        [.. map.StringMap(key).Select(text => KeyValuePair.Create(text.Key, text.Value.Text))];

    private static string PlaceOf(SourceSpot spot) => $"{spot.File}:{spot.Line}:{spot.Column}";
}
