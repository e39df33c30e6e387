using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Tests.Sources;

public sealed class SourceHostTests
{
    private readonly List<string> _notes = [];

    [Fact]
    public async Task Only_what_has_changed_is_started_anew()
    {
        await using var fixture = await SourceFixture.StartAsync();
        await using var host = new SourceHost(fixture.Context);
        await host.ApplyAsync(Read("toys: [{ name: a }, { name: b, word: x }, { name: c }]"));
        await Said(3);
        await host.ApplyAsync(Read("# moved\ntoys:\n  - { name: c }\n  - { name: b, word: y }\n  - { name: d }"));
        await Said(7);

        Assert.Equal(["+a -", "+b x", "+b y", "+c -", "+d -", "-a -", "-b x"], Sorted());
    }

    [Fact]
    public async Task A_stop_ends_all()
    {
        await using var fixture = await SourceFixture.StartAsync();
        await using var host = new SourceHost(fixture.Context);
        await host.ApplyAsync(Read("toys: [{ name: a }, { name: b }]"));
        await Said(2);
        await host.StopAsync();

        Assert.Equal(["+a -", "+b -", "-a -", "-b -"], Sorted());
    }

    [Fact]
    public async Task A_source_that_fails_is_started_again_and_disturbs_no_other()
    {
        await using var fixture = await SourceFixture.StartAsync();
        await using var host = new SourceHost(fixture.Context);
        await host.ApplyAsync(Read("toys: [{ name: a, word: fails }, { name: b }]"));
        await Said(4);

        Assert.True(Sorted().Count(note => note == "+a fails") >= 2);
        Assert.DoesNotContain("-b -", Sorted());
    }

    private SourceCatalog Read(string yaml)
    {
        var catalog = SourceFileReader.Read([new SourceFile("s.yaml", yaml)], [new ToySection(_notes)]);
        Assert.False(catalog.HasErrors);
        return catalog;
    }

    private string[] Sorted()
    {
        lock (_notes)
        {
            return [.. _notes.Order(StringComparer.Ordinal)];
        }
    }

    private async Task Said(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Sorted().Length < count)
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
