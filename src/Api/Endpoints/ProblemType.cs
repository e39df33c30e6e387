namespace Fengsui.Api.Endpoints;

/// <summary>A kind of error that programs can tell from others by its <see cref="Uri"/>. They are listed in <see cref="ProblemTypes"/> and in docs/problems.md.</summary>
public sealed record ProblemType(string Name, int Status, string Title)
{
    /// <summary>Never changes once it has been published.</summary>
    public string Uri { get; } = "urn:fengsui:problem:" + Name;
}
