using Fengsui.Devices.Records;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Xunit;

namespace Fengsui.Devices.Tests.RuleSets;

public sealed class VersionStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_was_saved_is_found_whole()
    {
        var store = new VersionStore(_directory.Of("rules"));
        store.Save(Record(7, "groups: [] # 温度 \" \\"));
        var found = store.Find(7)!;
        Assert.Equal(Record(7, "").ToString()[..40], found.ToString()[..40]);
        Assert.Equal("groups: [] # 温度 \" \\", Assert.Single(found.Files).Text);
        Assert.Equal(("me", "promote", "why", "abc", 99L), (found.Author, found.Origin, found.Comment, found.ConfigFingerprint, found.TimeMs));
        Assert.Null(store.Find(8));
    }

    [Fact]
    public void A_damaged_file_is_a_version_that_is_not_kept()
    {
        var store = new VersionStore(_directory.Of("rules"));
        store.Save(Record(1, "a"));
        File.WriteAllText(_directory.Of("rules", "000001.json"), "{ \"version\": 1");
        Assert.Null(store.Find(1));
        Assert.Empty(store.All());
    }

    [Fact]
    public void The_oldest_go_when_there_are_too_many()
    {
        var store = new VersionStore(_directory.Of("rules"));
        for (var version = 1; version <= VersionStore.MaxVersions + 2; version++)
        {
            store.Save(Record(version, "a"));
        }

        Assert.Equal(Enumerable.Range(3, VersionStore.MaxVersions), store.Numbers());
    }

    [Fact]
    public void A_record_comes_back_from_its_bytes()
    {
        var record = Record(3, "text");
        var read = RuleSetRecord.Decode(record.Encode());
        Assert.Equal(record with { Files = [] }, read with { Files = [] });
        Assert.Equal(record.Files, read.Files);
    }

    [Theory]
    [InlineData("config", "config")]
    [InlineData("wang", "api")]
    public void A_record_of_the_first_form_can_be_read(string author, string origin)
    {
        var writer = new RecordWriter();
        writer.Byte((byte)BatchKind.RuleSet);
        writer.Int32(4);
        writer.String(author);
        writer.Int64(123);
        writer.Int32(1);
        writer.String("rules/a.yaml");
        writer.String("groups: []");
        var read = RuleSetRecord.Decode(writer.Written);
        Assert.Equal((4, author, 123L, origin, ""), (read.Version, read.Author, read.TimeMs, read.Origin, read.Comment));
        Assert.Equal(new RuleFile("rules/a.yaml", "groups: []"), Assert.Single(read.Files));
        Assert.Equal(origin == "config" ? RuleSet.Parse(read.Files).RuleSet?.Fingerprint ?? "" : "", read.ConfigFingerprint);
    }

    private static RuleSetRecord Record(int version, string text) =>
        new(version, "me", 99, [new RuleFile("rules/a.yaml", text)]) { Origin = RuleSetOrigins.Promote, Comment = "why", ConfigFingerprint = "abc" };
}
