using System.Globalization;
using System.Net;
using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>
/// A back-test as an SVG picture: a lane for each rule and device, above what did fire, beneath it what would have, in the
/// colours of the tiers. Lanes with differences come first; beyond <see cref="MaxLanes"/> the rules share the room, and the rest is counted.
/// </summary>
internal sealed class TimelinePlot(BackTestResult result)
{
    private const int MaxLanes = 60;
    private const int Left = 330;
    private const int Width = 900;
    private const int LaneHeight = 26;
    private const int Top = 64;
    private const int BarHeight = 9;

    /// <summary>Latin characters of a label that fit into <see cref="Left"/>.</summary>
    private const int MaxLabel = 48;

    /// <summary>Of the four tiers, told apart also without seeing colour, by lightness.</summary>
    private static readonly string[] Colours = ["#999999", "#f2c14e", "#ef8a3c", "#d1334a", "#6a1b7a"];

    private readonly StringBuilder _svg = new();

    public string Draw()
    {
        var lanes = Lanes();
        var shown = Shared(lanes);
        var height = Top + Math.Max(1, shown.Count) * LaneHeight + 40;
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Left + Width + 30}\" height=\"{height}\" viewBox=\"0 0 {Left + Width + 30} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">");
        Line("<style>text{fill:#222}.muted{fill:#777}.lane{fill:#f6f6f6}.grid{stroke:#ddd}@media (prefers-color-scheme:dark){svg{background:#16181c}text{fill:#e6e6e6}.muted{fill:#999}.lane{fill:#1f2227}.grid{stroke:#383c44}}</style>");
        Text(10, 20, $"{AlertJson.Time(result.FromMs)} to {AlertJson.Time(result.ToMs)} (UTC){(result.IsCompared ? "; in each lane above: did fire, beneath: would fire" : "; would fire")}", "");
        DrawLegend();
        DrawAxis(Top + shown.Count * LaneHeight);
        for (var i = 0; i < shown.Count; i++)
        {
            DrawLane(Top + i * LaneHeight, shown[i], i % 2 == 0);
        }

        var rest = lanes.Count - shown.Count;
        Text(10, height - 10, rest > 0 ? $"{rest} more lanes are left out; --json has all" : lanes.Count == 0 ? "nothing fired, and nothing would have" : "", "muted");
        Line("</svg>");
        return _svg.ToString();
    }

    private List<Lane> Lanes()
    {
        var lanes = result.Rules.SelectMany(rule => rule.Did.Concat(rule.Would).Select(alert => alert.Subject).Distinct().Select(subject => new Lane(
            rule.Rule,
            subject,
            [.. rule.Did.Where(alert => alert.Subject == subject)],
            [.. rule.Would.Where(alert => alert.Subject == subject)],
            result.IsCompared && rule.Differences.Any(difference => difference.Subject == subject))));
        return [.. lanes.OrderByDescending(lane => lane.IsDifferent).ThenBy(lane => lane.Rule, StringComparer.Ordinal).ThenBy(lane => lane.Subject, StringComparer.Ordinal)];
    }

    /// <summary>In turns one lane of each rule, so that a rule with many devices does not crowd out the others; then in the order that they had.</summary>
    private static List<Lane> Shared(List<Lane> lanes)
    {
        var turns = lanes.GroupBy(lane => lane.Rule).SelectMany(rule => rule.Select((lane, turn) => (Lane: lane, Turn: turn)));
        var chosen = turns.OrderByDescending(one => one.Lane.IsDifferent).ThenBy(one => one.Turn).Take(MaxLanes).Select(one => one.Lane).ToHashSet();
        return lanes.FindAll(chosen.Contains);
    }

    private void DrawLegend()
    {
        var x = Left;
        for (var tier = Tier.General; (int)tier < Colours.Length; tier++)
        {
            Line($"<rect x=\"{x}\" y=\"30\" width=\"14\" height=\"10\" fill=\"{Colours[(int)tier]}\"/>");
            Text(x + 19, 39, tier.Name(), "muted");
            x += 120;
        }
    }

    private void DrawAxis(int bottom)
    {
        var step = StepMs(result.ToMs - result.FromMs);
        for (var time = (result.FromMs + step - 1) / step * step; time <= result.ToMs; time += step)
        {
            var x = X(time);
            Line($"<line class=\"grid\" x1=\"{x}\" y1=\"{Top - 4}\" x2=\"{x}\" y2=\"{bottom}\"/>");
            var format = time % 86_400_000 == 0 ? "MM-dd" : step >= 60_000 ? "HH:mm" : "HH:mm:ss";
            Line($"<text class=\"muted\" x=\"{x}\" y=\"{Top - 8}\" text-anchor=\"middle\" font-size=\"10\">{DateTimeOffset.FromUnixTimeMilliseconds(time).ToString(format, CultureInfo.InvariantCulture)}</text>");
        }
    }

    private void DrawLane(int y, Lane lane, bool isShaded)
    {
        if (isShaded)
        {
            Line($"<rect class=\"lane\" x=\"0\" y=\"{y}\" width=\"{Left + Width}\" height=\"{LaneHeight}\" opacity=\"0.6\"/>");
        }

        Text(10, y + 11, TextWidth.Shortened((lane.IsDifferent ? "≠ " : "") + lane.Rule, MaxLabel), "");
        Line($"<text class=\"muted\" x=\"10\" y=\"{y + 22}\" font-size=\"10\">{Escaped(TextWidth.Shortened(lane.Subject, MaxLabel))}</text>");
        foreach (var alert in lane.Did)
        {
            DrawAlert(y + 3, alert, "did fire");
        }

        foreach (var alert in lane.Would)
        {
            DrawAlert(y + 3 + BarHeight + 2, alert, "would fire");
        }
    }

    private void DrawAlert(int y, AlertEpisode alert, string what)
    {
        var tiers = alert.Tiers().ToList();
        var first = alert.Steps[0];
        if (alert.FiredMs < first.EventTimeMs)
        {
            tiers.Insert(0, (first.PreviousTier, alert.FiredMs));
        }

        Line($"<g{(alert.IsShadow ? " opacity=\"0.6\"" : "")}><title>{Escaped($"{alert.Rule} {alert.Subject}: {what} {AlertJson.Time(alert.FiredMs)}, {(alert.EndedMs is { } end ? "resolved " + AlertJson.Time(end) : "still firing")}")}</title>");
        for (var i = 0; i < tiers.Count; i++)
        {
            var (tier, since) = tiers[i];
            var until = i + 1 < tiers.Count ? tiers[i + 1].SinceMs : result.ToMs;
            if (tier != Tier.None && until >= result.FromMs && since <= result.ToMs)
            {
                var (from, to) = (X(since), X(until));
                Line($"<rect x=\"{from}\" y=\"{y}\" width=\"{Invariant(Math.Max(1.5, Position(until) - Position(since)))}\" height=\"{BarHeight}\" fill=\"{Colours[(int)tier]}\"/>");
            }
        }

        Line("</g>");
    }

    /// <summary>About ten lines over the width, at times that people use.</summary>
    private static long StepMs(long rangeMs)
    {
        long[] steps = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000];
        var step = steps.FirstOrDefault(step => rangeMs / step <= 12);
        return step > 0 ? step : (rangeMs / 12 / 86_400_000 + 1) * 86_400_000;
    }

    private double Position(long timeMs)
    {
        var range = Math.Max(1, result.ToMs - result.FromMs);
        return Left + Width * (Math.Clamp(timeMs, result.FromMs, result.ToMs) - result.FromMs) / (double)range;
    }

    private string X(long timeMs) => Invariant(Position(timeMs));

    private static string Invariant(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private void Text(int x, int y, string text, string css) =>
        Line($"<text{(css.Length > 0 ? $" class=\"{css}\"" : "")} x=\"{x}\" y=\"{y}\">{Escaped(text)}</text>");

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private void Line(string line) => _svg.Append(line).Append('\n');

    private sealed record Lane(string Rule, string Subject, IReadOnlyList<AlertEpisode> Did, IReadOnlyList<AlertEpisode> Would, bool IsDifferent);
}
