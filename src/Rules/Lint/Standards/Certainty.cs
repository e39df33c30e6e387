namespace Fengsui.Rules.Lint.Standards;

/// <summary>How sure a figure is. The letters stand beside each figure of the rule packs.</summary>
public enum Certainty
{
    /// <summary><c>S</c>: read in the standard itself.</summary>
    Source,

    /// <summary><c>2</c>: quoted by a secondary source; the official text was not opened.</summary>
    Secondary,

    /// <summary><c>R</c>: recalled; to be verified before use.</summary>
    Recalled,
}
