using System.Globalization;
using System.Net;
using System.Text;
using Fengsui.Rules.Model;
using Fengsui.Scenarios.Truth;

namespace Fengsui.Scenarios.Scoring;

/// <summary>
/// A scored run as an SVG picture: a lane for each rule and subject, above what truly happened, beneath it what was told, in the colours of the tiers.
/// Mistakes are framed in red, whiles in which nothing may be told are hatched.
/// </summary>
public sealed class TimelinePicture(TruthRecord truth, Score score)
{
    /// <summary>Lanes drawn; beyond it lanes without a mistake are left out first.</summary>
    private const int MaxLanes = 80;
    private const int Left = 340;
    private const int Width = 900;
    private const int LaneHeight = 30;
    private const int Top = 84;
    private const int BarHeight = 10;

    /// <summary>Of the four tiers, told apart also without seeing colour, by lightness.</summary>
    private static readonly string[] Colours = ["#999999", "#f2c14e", "#ef8a3c", "#d1334a", "#6a1b7a"];

    private readonly StringBuilder _svg = new();

    public string Draw()
    {
        var lanes = Lanes();
        var shown = lanes.OrderByDescending(HasMistake).Take(MaxLanes).Order().ToList();
        var height = Top + (Math.Max(1, shown.Count) * LaneHeight) + 34;
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Left + Width + 30}\" height=\"{height}\" viewBox=\"0 0 {Left + Width + 30} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">");
        Line("<style>text{fill:#222}.muted{fill:#777}.lane{fill:#f6f6f6}.grid{stroke:#ddd}.may{fill-opacity:.35}.wrong{fill:none;stroke:#e00000;stroke-width:2}@media (prefers-color-scheme:dark){svg{background:#16181c}text{fill:#e6e6e6}.muted{fill:#999}.lane{fill:#1f2227}.grid{stroke:#383c44}}</style>");
        Line("<defs><pattern id=\"quiet\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"#7aa66a\" stroke-width=\"1.5\"/></pattern></defs>");
        Text(10, 20, $"{truth.Scenario}, seed {truth.Seed}: recall {Share(score.Total.Recall)}, precision {Share(score.Total.Precision)}", "");
        Text(10, 38, "in each lane above: what truly happened; beneath: what was told", "muted");
        DrawLegend();
        DrawAxis(Top + (shown.Count * LaneHeight));
        for (var i = 0; i < shown.Count; i++)
        {
            DrawLane(Top + (i * LaneHeight), shown[i], i % 2 == 0);
        }

        Text(10, height - 10, lanes.Count > shown.Count ? $"{lanes.Count - shown.Count} more lanes are left out" : lanes.Count == 0 ? "nothing happened, and nothing was told" : "", "muted");
        Line("</svg>");
        return _svg.ToString();
    }

    private List<(string Rule, string Subject)> Lanes() =>
        [.. score.Verdicts.Select(verdict => (verdict.Rule, verdict.Subject)).Concat(truth.Quiet.Select(quiet => (quiet.Rule, quiet.Subject))).Distinct().Order()];

    private bool HasMistake((string Rule, string Subject) lane) => score.Mistakes.Any(mistake => mistake.Rule == lane.Rule && mistake.Subject == lane.Subject);

    private void DrawLegend()
    {
        var x = Left;
        for (var tier = Tier.General; (int)tier < Colours.Length; tier++)
        {
            Line($"<rect x=\"{x}\" y=\"44\" width=\"14\" height=\"10\" fill=\"{Colours[(int)tier]}\"/>");
            Text(x + 19, 53, tier.Name(), "muted");
            x += 105;
        }

        Line($"<rect x=\"{x}\" y=\"44\" width=\"14\" height=\"10\" fill=\"url(#quiet)\"/>");
        Text(x + 19, 53, "must be quiet", "muted");
        Line($"<rect class=\"may\" x=\"{x + 115}\" y=\"44\" width=\"14\" height=\"10\" fill=\"{Colours[0]}\"/>");
        Text(x + 134, 53, "too close to call", "muted");
        Line($"<rect class=\"wrong\" x=\"{x + 245}\" y=\"44\" width=\"14\" height=\"10\"/>");
        Text(x + 264, 53, "mistake", "muted");
    }

    private void DrawAxis(int bottom)
    {
        var step = StepMs(truth.ToMs - truth.FromMs);
        for (var elapsed = 0L; elapsed <= truth.ToMs - truth.FromMs; elapsed += step)
        {
            var x = X(truth.FromMs + elapsed);
            var label = TimeSpan.FromMilliseconds(elapsed).ToString(step < 60_000 ? @"h\:mm\:ss" : @"h\:mm", CultureInfo.InvariantCulture);
            Line($"<line class=\"grid\" x1=\"{x}\" y1=\"{Top - 4}\" x2=\"{x}\" y2=\"{bottom}\"/>");
            Line($"<text class=\"muted\" x=\"{x}\" y=\"{Top - 9}\" text-anchor=\"middle\" font-size=\"10\">{label}</text>");
        }
    }

    private void DrawLane(int y, (string Rule, string Subject) lane, bool isShaded)
    {
        if (isShaded)
        {
            Line($"<rect class=\"lane\" x=\"0\" y=\"{y}\" width=\"{Left + Width}\" height=\"{LaneHeight}\" opacity=\"0.6\"/>");
        }

        Text(10, y + 13, lane.Rule, "");
        Line($"<text class=\"muted\" x=\"10\" y=\"{y + 25}\" font-size=\"10\">{Escaped(lane.Subject)}</text>");
        foreach (var quiet in truth.Quiet.Where(quiet => quiet.Rule == lane.Rule && quiet.Subject == lane.Subject))
        {
            Line($"<g><title>{Escaped("must be quiet: " + quiet.Because)}</title><rect x=\"{X(quiet.FromMs)}\" y=\"{y + 4}\" width=\"{Wide(quiet.FromMs, quiet.UntilMs)}\" height=\"{BarHeight}\" fill=\"url(#quiet)\"/></g>");
        }

        foreach (var episode in truth.Episodes.Where(episode => episode.Rule == lane.Rule && episode.Subject == lane.Subject))
        {
            DrawEpisode(y + 4, episode);
        }

        foreach (var verdict in score.Verdicts.Where(verdict => verdict.Rule == lane.Rule && verdict.Subject == lane.Subject))
        {
            DrawVerdict(y, verdict);
        }
    }

    private void DrawEpisode(int y, TruthEpisode episode)
    {
        var until = episode.EndMs ?? truth.ToMs;
        var what = $"{(episode.IsDue ? "due" : "may be told")} from {Elapsed(episode.BeginMs)}{(episode.EndMs is { } end ? " to " + Elapsed(end) : "")}: {episode.Lowest.Name()}{(episode.Highest > episode.Lowest ? " to " + episode.Highest.Name() : "")}";
        Line($"<g{(episode.IsDue ? "" : " class=\"may\"")}><title>{Escaped(what)}</title><rect x=\"{X(episode.BeginMs)}\" y=\"{y}\" width=\"{Wide(episode.BeginMs, until)}\" height=\"{BarHeight}\" fill=\"{Colours[(int)episode.Lowest]}\"/></g>");
    }

    private void DrawVerdict(int y, Verdict verdict)
    {
        var (from, until) = verdict.Alert is { } alert ? (alert.FiredMs, alert.EndedMs ?? truth.ToMs) : (verdict.Episode!.BeginMs, verdict.Episode.EndMs ?? truth.ToMs);
        var told = y + 4 + BarHeight + 2;
        Line($"<g><title>{Escaped(verdict.IsRight ? $"told at {Elapsed(from)}, {verdict.DelayMs / 1_000.0:0.0} s after it began" : verdict.Mistake)}</title>");
        for (var i = 0; i < (verdict.Alert?.Tiers.Count ?? 0); i++)
        {
            var (tier, since) = verdict.Alert!.Tiers[i];
            var next = i + 1 < verdict.Alert.Tiers.Count ? verdict.Alert.Tiers[i + 1].SinceMs : truth.ToMs;
            if (tier != Tier.None)
            {
                Line($"<rect x=\"{X(since)}\" y=\"{told}\" width=\"{Wide(since, next)}\" height=\"{BarHeight}\" fill=\"{Colours[(int)tier]}\"/>");
            }
        }

        Line(verdict.IsRight ? "</g>" : $"<rect class=\"wrong\" x=\"{X(from)}\" y=\"{y + 3}\" width=\"{Wide(from, until)}\" height=\"{(BarHeight * 2) + 4}\"/></g>");
    }

    private static long StepMs(long rangeMs)
    {
        long[] steps = [10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000];
        var step = steps.FirstOrDefault(step => rangeMs / step <= 14);
        return step > 0 ? step : 86_400_000;
    }

    private double Position(long timeMs) =>
        Left + (Width * (Math.Clamp(timeMs, truth.FromMs, truth.ToMs) - truth.FromMs) / (double)Math.Max(1, truth.ToMs - truth.FromMs));

    private string X(long timeMs) => Number(Position(timeMs));

    private string Wide(long fromMs, long untilMs) => Number(Math.Max(1.5, Position(untilMs) - Position(fromMs)));

    private string Elapsed(long timeMs) => TimeSpan.FromMilliseconds(timeMs - truth.FromMs).ToString(@"h\:mm\:ss\.f", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Share(double share) => share.ToString("0.###", CultureInfo.InvariantCulture);

    private void Text(int x, int y, string text, string css) => Line($"<text{(css.Length > 0 ? $" class=\"{css}\"" : "")} x=\"{x}\" y=\"{y}\">{Escaped(text)}</text>");

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private void Line(string line) => _svg.Append(line).Append('\n');
}
