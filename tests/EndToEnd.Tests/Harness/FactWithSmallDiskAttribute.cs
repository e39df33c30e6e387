namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>A fact that needs a disk of a few megabytes, and so the right to mount one; skipped by name where that is not given.</summary>
public sealed class FactWithSmallDiskAttribute : FactAttribute
{
    public FactWithSmallDiskAttribute()
    {
        if (!SmallDisk.IsPossible)
        {
            Skip = "a small disk cannot be mounted here";
        }
    }
}
