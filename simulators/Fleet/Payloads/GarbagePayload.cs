namespace Fengsui.Fleet.Payloads;

/// <summary>Spoils a payload in one of the ways seen in the field, keeping its length. None of the results is JSON.</summary>
internal static class GarbagePayload
{
    private const int Ways = 4;

    public static void Spoil(Span<byte> payload, ulong noise)
    {
        switch ((int)(noise % Ways))
        {
            case 0:
                // The tail never arrived: a gateway flushed its buffer half full.
                payload[(payload.Length / 2)..].Fill((byte)' ');
                break;
            case 1:
                // Another protocol's frame on the same topic.
                FillWithNoise(payload, noise);
                payload[0] = 0x7E;
                break;
            case 2:
                // A number that the firmware's printf made.
                "{\"temperature\":nan,"u8[..Math.Min(19, payload.Length)].CopyTo(payload);
                break;
            default:
                // Zeroed memory.
                payload.Clear();
                break;
        }
    }

    private static void FillWithNoise(Span<byte> payload, ulong noise)
    {
        for (var i = 0; i < payload.Length; i++)
        {
            noise = (noise * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
            payload[i] = (byte)(noise >> 56);
        }
    }
}
