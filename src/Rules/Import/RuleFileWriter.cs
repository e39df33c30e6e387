using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Import;

/// <summary>Writes imported rules as a rule file that people read on.</summary>
internal sealed partial class RuleFileWriter
{
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _text = new();

    public static string Write(IReadOnlyList<string> header, IReadOnlyList<ImportedRule> rules, IReadOnlyList<ImportedSchedule> schedules)
    {
        var writer = new RuleFileWriter();
        writer.Comments(0, header);
        if (schedules.Count > 0)
        {
            writer.Line(0, "schedules:");
            schedules.ToList().ForEach(writer.Write);
        }

        writer.Line(0, rules.Count == 0 ? "groups: []" : "groups:");
        foreach (var group in rules.GroupBy(rule => rule.Group, StringComparer.Ordinal))
        {
            writer.Line(2, $"- name: {Quote(group.Key)}");
            writer.Line(4, "rules:");
            group.ToList().ForEach(writer.Write);
        }

        return writer._text.ToString();
    }

    /// <summary>A text as YAML: as it is where nothing in it could be read otherwise, else as JSON, which YAML takes too.</summary>
    public static string Quote(string text) =>
        Plain().IsMatch(text) && !Word().IsMatch(text) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? text
            : JsonSerializer.Serialize(text, Quoting);

    private void Write(ImportedSchedule schedule)
    {
        Line(2, $"- name: {Quote(schedule.Name)}");
        Line(4, $"time_zone: {Quote(schedule.TimeZone)}");
        Line(4, "spans:");
        foreach (var (days, from, to) in schedule.Spans)
        {
            Line(6, $"- {{ days: [{days}], from: \"{from}\", to: \"{to}\" }}");
        }
    }

    private void Write(ImportedRule rule)
    {
        Comments(6, rule.Comments);
        Line(6, $"- alert: {Quote(rule.Alert)}");
        if (rule.IsZoneScope)
        {
            Line(8, "scope: zone");
        }

        Select(rule);
        var levels = rule.Levels;
        Line(8, $"expr: {Quote(levels[0].Expression)}");
        Optional(8, "clear", levels[0].Clear);
        Duration(8, "for", levels[0].ForMs);
        Duration(8, "keep_firing_for", rule.KeepFiringForMs);
        Duration(8, "max_gap", levels.Any(level => level.ForMs > 0) ? rule.MaxGapMs : 0);
        Duration(8, "max_age", rule.MaxAgeMs);
        if (rule.IsLatched)
        {
            Line(8, "latch: true");
        }

        Line(8, $"tier: {levels[0].Tier.Name()}");
        if (levels.Count > 1)
        {
            Line(8, "tiers:");
        }

        foreach (var level in levels.Skip(1))
        {
            Line(10, $"- tier: {level.Tier.Name()}");
            Line(12, $"expr: {Quote(level.Expression)}");
            Optional(12, "clear", level.Clear);
            Duration(12, "for", level.ForMs);
        }

        Map(8, "labels", rule.Labels);
        Map(8, "annotations", rule.Annotations);
    }

    private void Select(ImportedRule rule)
    {
        if (rule.SelectType is null && rule.SelectLabels.Count == 0)
        {
            return;
        }

        Line(8, "select:");
        Optional(10, "type", rule.SelectType);
        if (rule.SelectLabels.Count > 0)
        {
            Line(10, "labels:");
        }

        foreach (var (name, values) in rule.SelectLabels)
        {
            Line(12, $"{Quote(name)}: {(values.Count == 1 ? Quote(values[0]) : "[" + string.Join(", ", values.Select(value => JsonSerializer.Serialize(value, Quoting))) + "]")}");
        }
    }

    private void Map(int indent, string key, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.Count > 0)
        {
            Line(indent, key + ":");
        }

        foreach (var (name, text) in texts)
        {
            Line(indent + 2, $"{Quote(name)}: {Quote(text)}");
        }
    }

    private void Optional(int indent, string key, string? text)
    {
        if (text is not null)
        {
            Line(indent, $"{key}: {Quote(text)}");
        }
    }

    private void Duration(int indent, string key, long ms)
    {
        if (ms > 0)
        {
            Line(indent, $"{key}: {ImportedRule.Text(ms)}");
        }
    }

    private void Comments(int indent, IReadOnlyList<string> comments)
    {
        foreach (var line in comments.SelectMany(comment => comment.ReplaceLineEndings("\n").Split('\n')))
        {
            Line(indent, $"# {line}");
        }
    }

    private void Line(int indent, string line) => _text.Append(' ', indent).Append(line.TrimEnd()).Append('\n');

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_ .%°/<>=!+*()^-]*(?<! )$")]
    private static partial Regex Plain();

    /// <summary>Words that YAML takes for something else, in any of its versions.</summary>
    [GeneratedRegex("^(true|false|null|yes|no|on|off|y|n|~)$", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
