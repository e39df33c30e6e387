using Fengsui.Api.Delivery.Files;
using Fengsui.Api.Tests.Commands.Rules;

namespace Fengsui.Api.Tests.Delivery;

public sealed class FileReceiverTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string FilePath => _directory["out/alerts.jsonl"];

    [Fact]
    public async Task Appends_a_line_for_each_entry_and_mends_a_line_that_was_cut_short()
    {
        var receiver = new FileReceiver(FilePath, 1 << 20, 2);
        await receiver.SendAsync([Notices.Firing(), Notices.Overdue()], CancellationToken.None);
        await File.AppendAllTextAsync(FilePath, "{\"id\":\"torn");
        await receiver.SendAsync([Notices.Firing(9, "a2")], CancellationToken.None);
        var lines = await File.ReadAllLinesAsync(FilePath);
        Assert.Equal(4, lines.Length);
        Assert.Contains("\"id\":\"a2-1\"", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renames_a_large_file_and_keeps_so_many()
    {
        var receiver = new FileReceiver(FilePath, 1, 2);
        for (var number = 1; number <= 5; number++)
        {
            await receiver.SendAsync([Notices.Firing(number, $"a{number}")], CancellationToken.None);
        }

        Assert.Equal(["a5-1", "a4-1", "a3-1"], new[] { FilePath, FilePath + ".1", FilePath + ".2" }.Select(path => System.Text.Json.JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("id").GetString()));
        Assert.False(File.Exists(FilePath + ".3"));
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_tried_again()
    {
        Directory.CreateDirectory(FilePath);
        var answer = await new FileReceiver(FilePath, 1 << 20, 2).SendAsync([Notices.Firing()], CancellationToken.None);
        Assert.Equal(Devices.Alerts.Outbox.DeliveryVerdict.Unavailable, answer.Verdict);
    }

    public void Dispose() => _directory.Dispose();
}
