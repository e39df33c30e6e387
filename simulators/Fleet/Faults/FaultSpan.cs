namespace Fengsui.Fleet.Faults;

/// <summary>One fault of one device: samples <paramref name="From"/> up to but not including <paramref name="To"/>.</summary>
internal readonly record struct FaultSpan(FaultKind Kind, int From, int To, uint Salt)
{
    public static FaultSpan None => default;

    private const int MaxSkewMs = 600_000;
    private const int MinSkewMs = 30_000;

    /// <summary>How far along the fault is, 0 to 1000: a ramp up, then a ramp down.</summary>
    public int Intensity(int sample)
    {
        var length = To - From;
        var rise = Math.Max(1, length * 6 / 10);
        var into = sample - From + 1;
        return into <= rise ? into * 1000 / rise : Math.Max(0, (To - sample) * 1000 / Math.Max(1, length - rise));
    }

    /// <summary>Error of the device's clock in ms, either way.</summary>
    public int SkewMs()
    {
        var size = MinSkewMs + (int)(Salt % (MaxSkewMs - MinSkewMs));
        return (Salt & 0x8000_0000) == 0 ? size : -size;
    }

    /// <summary>Which sample is sent in the place of <paramref name="sample"/> when pairs change places.</summary>
    public int Swap(int sample)
    {
        var partner = From + ((sample - From) ^ 1);
        return partner < To ? partner : sample;
    }
}
