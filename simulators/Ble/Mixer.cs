namespace Fengsui.Ble;

/// <summary>A 64-bit finalizer (SplitMix64): the only source of chance among simulated locks.</summary>
internal static class Mixer
{
    public static ulong Mix(ulong value)
    {
        value += 0x9E37_79B9_7F4A_7C15;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
