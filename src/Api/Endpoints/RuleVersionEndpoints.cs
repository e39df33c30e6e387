using System.Globalization;
using System.Text.Json;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Devices.RuleSets;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/rules/versions</c>: the accepted rule sets, and what differs between them.</summary>
internal static class RuleVersionEndpoints
{
    /// <summary>Newest first, without their files; each with what changed against the one before it.</summary>
    public static async Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
            return;
        }

        var current = await engine.RuleSets.CurrentAsync();
        var store = engine.RuleSets.Versions;
        var before = int.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : int.MaxValue;
        var found = store.Numbers().Reverse().Where(version => version < before).Select(store.Find).OfType<RuleSetRecord>();
        await Listing.WriteAsync(context, page, found, record => record.Version.ToString(CultureInfo.InvariantCulture), (json, record) =>
        {
            json.WriteStartObject();
            VersionJson.WriteFields(json, record);
            json.WriteBoolean("in_force", record.Version == current?.Version);
            WriteChanges(json, store.Find(record.Version - 1) is { } previous ? RuleSetDiff.Of(previous.Files, record.Files) : RuleSetDiff.Of([], record.Files));
            json.WriteEndObject();
        });
    }

    /// <summary>One version with its files.</summary>
    public static Task ShowAsync(HttpContext context, DeviceEngine engine) =>
        Find(context, engine, "version") is { } record
            ? Json.WriteAsync(context, StatusCodes.Status200OK, json =>
            {
                json.WriteStartObject();
                VersionJson.WriteFields(json, record);
                VersionJson.WriteFiles(json, record.Files);
                json.WriteEndObject();
            })
            : NotKeptAsync(context, engine);

    /// <summary>From one version to another: rule by rule, and as a unified diff of each file.</summary>
    public static Task DiffAsync(HttpContext context, DeviceEngine engine) =>
        Find(context, engine, "version") is { } from && Find(context, engine, "other") is { } to
            ? Json.WriteAsync(context, StatusCodes.Status200OK, json => WriteDiff(json, from, to))
            : NotKeptAsync(context, engine);

    public static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<RuleChange> changes)
    {
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("rule", change.Rule);
            json.WriteString("kind", Word(change.Kind));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDiff(Utf8JsonWriter json, RuleSetRecord from, RuleSetRecord to)
    {
        json.WriteStartObject();
        json.WriteNumber("from", from.Version);
        json.WriteNumber("to", to.Version);
        WriteChanges(json, RuleSetDiff.Of(from.Files, to.Files));
        json.WriteStartArray("files");
        foreach (var path in from.Files.Concat(to.Files).Select(file => file.Path).Distinct().Order(StringComparer.Ordinal))
        {
            var diff = TextDiff.Unified(path, TextOf(from, path), TextOf(to, path));
            if (diff.Count > 0)
            {
                json.WriteStartObject();
                json.WriteString("path", path);
                json.WriteString("diff", string.Join('\n', diff));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Null when the route does not name a version that is kept.</summary>
    private static RuleSetRecord? Find(HttpContext context, DeviceEngine engine, string name) =>
        int.TryParse((string)context.Request.RouteValues[name]!, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? engine.RuleSets.Versions.Find(version)
            : null;

    private static Task NotKeptAsync(HttpContext context, DeviceEngine engine)
    {
        var kept = engine.RuleSets.Versions.Numbers();
        return Problem.WriteAsync(
            context, StatusCodes.Status404NotFound, kept.Count == 0 ? "no version is kept" : $"that version is not kept: {kept[0]} to {kept[^1]} are");
    }

    private static string TextOf(RuleSetRecord record, string path) => record.Files.FirstOrDefault(file => file.Path == path)?.Text ?? "";

    private static string Word(RuleChangeKind kind) => kind switch
    {
        RuleChangeKind.Added => "added",
        RuleChangeKind.Removed => "removed",
        RuleChangeKind.Changed => "changed",
        RuleChangeKind.Edited => "edited",
        RuleChangeKind.Shadowed => "shadowed",
        _ => "promoted",
    };
}
