using System.Text.Json;

namespace Fengsui.Devices.Canary;

/// <summary>A missing canary of which not everybody knows yet all that there is to tell: what a restart goes on from.</summary>
/// <param name="SinceMs">When it was first missing, ms since 1970 UTC: names the alert.</param>
/// <param name="Steps">In order; ends with that it is missing, or that it is back.</param>
/// <param name="Told">Up to which step each receiver has been told.</param>
internal sealed record CanaryMark(long SinceMs, IReadOnlyList<CanaryStep> Steps, IReadOnlyDictionary<string, int> Told)
{
    /// <summary>Bound on steps that wait for a receiver that is away: beyond it the oldest pair of missing and back goes.</summary>
    public const int MaxSteps = 64;

    public bool IsMissing => Steps[^1].IsMissing;

    public static CanaryMark Of(CanaryStep first) => new(first.AtMs, [first], new SortedDictionary<string, int>(StringComparer.Ordinal));

    /// <summary>Null when there is none, or none that can be read: then the next round says where the canary is.</summary>
    public static CanaryMark? Load(string path)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<CanaryMark>(File.ReadAllBytes(path)) is { Steps.Count: > 0, Told: not null } mark ? mark : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file durably.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = path + ".next";
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, new { SinceMs, Steps, Told });
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
    }

    public CanaryMark With(bool isMissing, long atMs, string stage, string reason)
    {
        var next = new CanaryStep(Steps[^1].Number + 1, isMissing, atMs, stage, reason);
        return this with { Steps = Steps.Count < MaxSteps ? [.. Steps, next] : [Steps[0], .. Steps.Skip(3), next] };
    }

    public CanaryMark Knows(string receiver, int step) => this with { Told = new SortedDictionary<string, int>(Told.ToDictionary(), StringComparer.Ordinal) { [receiver] = step } };

    /// <summary>The next step that a receiver does not know; null when there is none.</summary>
    public CanaryStep? NextFor(string receiver)
    {
        var told = Told.GetValueOrDefault(receiver);
        return Steps.FirstOrDefault(step => step.Number > told);
    }
}
