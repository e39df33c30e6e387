using Xunit;

namespace Fengsui.Devices.Tests.Journal;

using Fengsui.Devices.Journal;
using static JournalTesting;

/// <summary>The journal on the real file system.</summary>
public sealed class FileJournalStorageTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "fengsui-journal-" + Guid.NewGuid().ToString("N"));

    private JournalOptions FileOptions => Options with { Directory = Path.Combine(_directory, "journal") };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(Durability.Fsync, true)]
    [InlineData(Durability.Fsync, false)]
    [InlineData(Durability.Os, true)]
    public async Task What_was_written_is_read_after_reopening(Durability durability, bool preallocate)
    {
        var options = FileOptions with { Durability = durability, Preallocate = preallocate };
        var batches = new List<(long Position, byte[] Bytes)>();
        for (var life = 0; life < 3; life++)
        {
            await using var journal = Journal.Open(options, TimeProvider.System);
            Assert.True(journal.RecoveryReport.IsClean);
            journal.Start([]);
            for (var i = 0; i < 10; i++)
                batches.Add((await journal.CommitAsync(Bytes(100 * i, i)), Bytes(100 * i, i)));

            using var reader = journal.ReadFrom(0);
            var read = ReadAll(reader, out var gaps);
            Assert.Empty(gaps);
            Assert.Equal(batches.Select(batch => batch.Position), read.Select(batch => batch.Position));
            Assert.All(batches.Zip(read), pair => Assert.Equal(pair.First.Bytes, pair.Second.Bytes));

            var beside = JournalVerifier.Verify(options.Directory);
            Assert.True(beside.IsIntact);
            Assert.Equal(batches.Count, beside.Batches);
        }
    }

    [Fact]
    public async Task A_second_opening_is_refused_and_names_the_holder_until_the_first_is_closed()
    {
        await using (Journal.Open(FileOptions, TimeProvider.System))
        {
            var refusal = Assert.Throws<JournalLockedException>(() => Journal.Open(FileOptions, TimeProvider.System));
            Assert.Contains(FileOptions.Directory, refusal.Message, StringComparison.Ordinal);
            Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
        }

        await using var second = Journal.Open(FileOptions, TimeProvider.System);
    }

    [Fact]
    public async Task Files_are_readable_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var journal = Journal.Open(FileOptions, TimeProvider.System);
        journal.Start([]);
        await journal.CommitAsync([1]);

        foreach (var file in Directory.GetFiles(FileOptions.Directory))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(FileOptions.Directory));
    }

    [Fact]
    public async Task A_segment_takes_its_space_when_it_is_begun_and_gives_back_what_it_did_not_use()
    {
        var options = FileOptions with { SegmentSizeBytes = 1 << 20 };
        var journal = Journal.Open(options, TimeProvider.System);
        journal.Start([]);
        var position = await journal.CommitAsync([1]);
        var file = Assert.Single(Directory.GetFiles(options.Directory, "*.seg"));
        Assert.Equal(1 << 20, new FileInfo(file).Length);

        await journal.DisposeAsync();
        Assert.Equal(64 + position, new FileInfo(file).Length);
    }
}
