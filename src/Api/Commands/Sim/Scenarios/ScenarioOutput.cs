using System.ComponentModel;
using System.Diagnostics;
using Fengsui.Devices.Alerts;
using Fengsui.Scenarios.Live;
using Fengsui.Scenarios.Scoring;
using Fengsui.Scenarios.Truth;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary>The files that a run leaves.</summary>
internal static class ScenarioOutput
{
    private const string Converter = "rsvg-convert";

    public static async Task WriteAsync(
        string directory, TruthRecord truth, IReadOnlyList<AlertTransition> steps, Score score, TextWriter output, CancellationToken cancel)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "truth.jsonl"), TruthFile.Write(truth), cancel);
        await File.WriteAllTextAsync(Path.Combine(directory, "alerts.jsonl"), AlertArchive.Write(steps), cancel);
        await DrawAsync(Path.Combine(directory, "timeline.svg"), truth, score, cancel);
        output.WriteLine($"written {directory}");
    }

    /// <summary>Draws the timeline as SVG, and beside it as PNG where a converter is installed.</summary>
    public static async Task DrawAsync(string path, TruthRecord truth, Score score, CancellationToken cancel)
    {
        await File.WriteAllTextAsync(path, new TimelinePicture(truth, score).Draw(), cancel);
        try
        {
            using var converter = Process.Start(new ProcessStartInfo(Converter, ["--output", Path.ChangeExtension(path, ".png"), path]) { RedirectStandardError = true });
            if (converter is not null)
            {
                await converter.WaitForExitAsync(cancel);
            }
        }
        catch (Win32Exception)
        {
            // There is none on this machine: the SVG has it all.
        }
    }
}
