namespace Fengsui.Rules.Zones.Site;

/// <summary>The permit of this id ends now. It cannot be granted again under the same id.</summary>
public sealed record PermitRevoked(string Id) : SiteFact(Id);
