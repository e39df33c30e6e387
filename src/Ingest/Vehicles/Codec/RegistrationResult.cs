namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary>The result in a reply to a registration (0x8100).</summary>
internal enum RegistrationResult : byte
{
    Done = 0,
    NoSuchTerminal = 4,
}
