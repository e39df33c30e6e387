using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Binding;

/// <summary>A place where an expression reads the zone.</summary>
internal interface IZoneNode
{
    ZoneInput Input { get; }
}
