using Fengsui.Rules.Binding;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Library.SetPoints;

/// <summary>Limits by the type or a label of a device: by substance, by goods class, by regime.</summary>
internal sealed class SetPointTable
{
    public required string Name { get; init; }

    /// <summary>The label whose text chooses the value; null when the device's type does.</summary>
    public required string? Label { get; init; }

    /// <summary>Of the values; null when they are in that of whatever they are compared with.</summary>
    public required Unit? Unit { get; init; }

    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>For a device that no value is for; NaN when there is none.</summary>
    public required double Default { get; init; }

    /// <summary>Where the figures stand: norm, edition, clause; null when nobody said.</summary>
    public required string? Clause { get; init; }

    /// <summary>How sure the figures are; null when nobody said.</summary>
    public required string? Certainty { get; init; }

    public required SourceSpot Spot { get; init; }

    /// <summary>NaN when the table says nothing about the device.</summary>
    public double ValueFor(DeviceProfile profile)
    {
        if (profile.Variant.SetPointOf(Name) is { } own)
        {
            return own;
        }

        var key = Label is null ? profile.Type : profile.Labels.GetValueOrDefault(Label);
        return key is not null && Values.TryGetValue(key, out var value) ? value : Default;
    }
}
