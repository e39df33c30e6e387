using System.CommandLine;

namespace Fengsui.Api.Commands;

/// <summary>A command whose help ends with examples to copy.</summary>
/// <param name="name">The word.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Whole command lines.</param>
internal sealed class ExampledCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
