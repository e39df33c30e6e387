namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>What an advertisement is to what was heard before.</summary>
internal enum Verdict : byte
{
    /// <summary>Not heard before.</summary>
    New,

    /// <summary>Heard before: the newest, or within the window, or sent again by its gateway. The same row once more.</summary>
    Again,

    /// <summary>The newest of all, heard again after a restart: it is in the journal, and nothing need be done.</summary>
    Stored,

    /// <summary>Its counter does not rise.</summary>
    Replayed,
}
