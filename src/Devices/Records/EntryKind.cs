namespace Fengsui.Devices.Records;

/// <summary>The first byte of an entry in a <see cref="BatchKind.Readings"/> batch. On disk: never renumber.</summary>
public enum EntryKind : byte
{
    Row = 1,
    DeadLetter = 2,
}
