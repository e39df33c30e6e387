namespace Fengsui.Fleet.Transport;

internal enum InFlightState : byte
{
    Free,

    /// <summary>PUBLISH sent; PUBACK or PUBREC awaited.</summary>
    Published,

    /// <summary>PUBREC received; PUBCOMP awaited.</summary>
    Released,
}
