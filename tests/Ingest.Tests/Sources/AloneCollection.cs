namespace Fengsui.Ingest.Tests.Sources;

/// <summary>Tests that look at the memory of the whole process, and so run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
