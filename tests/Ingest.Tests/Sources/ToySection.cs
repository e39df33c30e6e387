using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Tests.Sources;

/// <summary>The section <c>toys: [{ name, word }]</c>, whose sources note when they start and end.</summary>
internal sealed class ToySection(List<string> notes) : ISourceSection
{
    public void Read(IReadOnlyList<YamlMap> files, SourceCatalog catalog)
    {
        foreach (var map in files.SelectMany(file => file.Maps("toys", "a toy")))
        {
            var (name, word) = (map.RequiredString("name"), map.String("word", "-")!);
            map.Finish();
            if (name is not null)
            {
                catalog.Add(new Toy(notes, word) { Protocol = "toy", Name = name, Spot = map.Spot, Fingerprint = word });
            }
        }
    }

    private sealed class Toy(List<string> notes, string word) : SourceDefinition
    {
        internal override ISource Open(SourceContext context) => new Source(notes, $"{Name} {word}", word == "fails");
    }

    private sealed class Source(List<string> notes, string says, bool fails) : ISource
    {
        public async Task RunAsync(CancellationToken stopping)
        {
            Note($"+{says}");
            if (fails)
            {
                throw new NotSupportedException("a fault of ours");
            }

            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Note($"-{says}");
        }

        private void Note(string note)
        {
            lock (notes)
            {
                notes.Add(note);
            }
        }
    }
}
