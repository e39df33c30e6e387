using YamlDotNet.Core;

namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>Loads one YAML file as nodes with places. Never throws for what the file holds.</summary>
public static class YamlDocument
{
    /// <summary>The root node; null when the file is empty (no diagnostic) or is not YAML (with one).</summary>
    public static YamlNode? Load(string file, string text, DiagnosticBag diagnostics)
    {
        var start = new SourceSpot(file, 1, 1);
        if (text.Length > YamlLimits.MaxTextLength)
        {
            diagnostics.Error(start, DiagnosticCodes.YamlLimit, "the file is too long", $"at most {YamlLimits.MaxTextLength} characters");
            return null;
        }

        var source = text.StartsWith('\uFEFF') ? text[1..] : text;
        var builder = new YamlTreeBuilder(file, source, diagnostics);
        try
        {
            return builder.Build();
        }
        catch (YamlException mistake)
        {
            var spot = new SourceSpot(file, (int)Math.Max(1, mistake.Start.Line), (int)Math.Max(1, mistake.Start.Column));
            diagnostics.Error(spot, DiagnosticCodes.YamlSyntax, Sentence(mistake));
            return null;
        }
        catch (YamlLimitException limit)
        {
            diagnostics.Error(limit.Spot, DiagnosticCodes.YamlLimit, limit.Message, limit.Expected);
            return null;
        }
        catch (Exception fault) when (IsScannerFault(fault))
        {
            diagnostics.Error(builder.LatestSpot, DiagnosticCodes.YamlSyntax, "what follows is not YAML");
            return null;
        }
    }

    /// <summary>What the scanner is known to throw, beside its own exception, at some texts that are not YAML.</summary>
    private static bool IsScannerFault(Exception exception) =>
        exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException;

    private static string Sentence(YamlException mistake)
    {
        var message = mistake.InnerException is YamlException inner ? inner.Message : mistake.Message;
        var line = message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return line.Length == 0 ? "this is not YAML" : char.ToLowerInvariant(line[0]) + line[1..];
    }
}
