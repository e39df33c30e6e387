using System.Text.Json;
using System.Text.Json.Nodes;
using Fengsui.Api.Commands;
using Fengsui.Rules;

namespace Fengsui.Api.RuleTools;

/// <summary>Shows what is wrong with files, for people or for programs.</summary>
internal static class DiagnosticReport
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For people errors go to the error output and warnings to the output, one a line; for programs all are one object on the output.</summary>
    public static void Write(IReadOnlyList<Diagnostic> diagnostics, bool asJson, CommandTerminal terminal)
    {
        if (asJson)
        {
            WriteJson(new JsonObject { ["diagnostics"] = ToJson(diagnostics) }, terminal.Output);
            return;
        }

        foreach (var diagnostic in diagnostics)
        {
            (diagnostic.Severity == Severity.Error ? terminal.Error : terminal.Output).WriteLine(diagnostic);
        }
    }

    public static JsonArray ToJson(IReadOnlyList<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(diagnostic => new JsonObject
        {
            ["file"] = diagnostic.File,
            ["line"] = diagnostic.Line,
            ["column"] = diagnostic.Column,
            ["severity"] = diagnostic.Severity == Severity.Error ? "error" : "warning",
            ["code"] = diagnostic.Code,
            ["message"] = diagnostic.Message,
            ["expected"] = diagnostic.Expected,
        })];

    public static void WriteJson(JsonNode node, TextWriter output) => output.WriteLine(node.ToJsonString(Layout));
}
