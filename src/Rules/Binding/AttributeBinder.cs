using System.Globalization;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Expressions;

namespace Fengsui.Rules.Binding;

/// <summary>
/// What is known of a device beside its readings: <c>labels.NAME</c> as a number or a text, <c>device.type</c> as a text. Its id and its zone
/// are not among them: devices of equal type and labels share a program.
/// </summary>
internal static class AttributeBinder
{
    public const string Examples = "labels.NAME or device.type";

    private const string LabelPrefix = "labels.";
    private const string DeviceType = "device.type";

    /// <summary>The number that a label says; unknown for a device without the label, or with one that is no number. Null when the name is none of a label.</summary>
    public static ProfileNumberNode? NumberOf(NameSyntax name) =>
        LabelOf(name.Name) is { } label ? new ProfileNumberNode($"label `{label}`", profile => NumberOf(profile, label)) : null;

    /// <summary>Whether the text of an attribute is one of those given; null when it is no attribute.</summary>
    public static ProfileTruthNode? IsOneOf(Syntax attribute, IReadOnlyList<string> texts, bool isNegated = false)
    {
        if (attribute is not NameSyntax { Name: var name } || (name != DeviceType && LabelOf(name) is null))
        {
            return null;
        }

        var label = LabelOf(name);
        var canonical = $"({(isNegated ? "not " : "")}text `{name}` in {string.Join(' ', texts.Select(text => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'"))})";
        return new ProfileTruthNode(canonical, profile => IsAmong(label is null ? profile.Type : profile.Labels.GetValueOrDefault(label), texts) != isNegated ? 1 : 0);
    }

    /// <summary>A device without the label is like none of the texts, as in <c>select</c>.</summary>
    private static bool IsAmong(string? text, IReadOnlyList<string> texts) => text is not null && texts.Contains(text);

    private static string? LabelOf(string name) =>
        name.StartsWith(LabelPrefix, StringComparison.Ordinal) && name.Length > LabelPrefix.Length ? name[LabelPrefix.Length..] : null;

    /// <summary>A yes-or-no label is a number as a yes-or-no metric is.</summary>
    private static double NumberOf(DeviceProfile profile, string label) => profile.Labels.GetValueOrDefault(label) switch
    {
        "true" => 1,
        "false" => 0,
        { } text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) => value,
        _ => double.NaN,
    };
}
