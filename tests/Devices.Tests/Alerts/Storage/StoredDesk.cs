using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Storage;

/// <summary>A desk over an alert log on disk, as the engine runs it, without threads of its own.</summary>
internal sealed class StoredDesk : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly AlertLogOptions _log;
    private readonly List<string> _told = [];

    public StoredDesk(AlertLogOptions log)
    {
        _log = log;
        Open();
    }

    public AlertDeskCore Desk { get; private set; } = null!;

    public AlertBook Alerts { get; private set; } = null!;

    public AlertBook Shadow { get; private set; } = null!;

    public AlertStore Store { get; private set; } = null!;

    public string Folder => Path.Combine(_directory.Path, "alerts");

    /// <summary>What a person was told.</summary>
    public IReadOnlyList<string> Told => _told;

    /// <summary>What the sequencer does with what all shards have passed; the entries and the answers of commands, as text.</summary>
    public List<string> Take(IReadOnlyList<PendingTransition> inputs)
    {
        var (fresh, answers) = (new List<AlertEntry>(), new List<Task<AlertCommandResult>>());
        foreach (var pending in inputs)
        {
            var isLogged = pending.Position <= Store.Log.LastPosition;
            if (!isLogged && pending.Input is CommandInput command)
            {
                answers.Add(Desk.Expect(command.Record.Command.Id));
            }

            Desk.Take(pending, isLogged, fresh);
        }

        if (fresh.Count > 0)
        {
            fresh.ForEach(entry => Assert.True(Store.Log.Stage(entry)));
            Store.Log.Flush();
            fresh.ForEach(entry => (entry.IsShadow ? Shadow : Alerts).Apply(entry));
            if (Store.Log.TryRoll())
            {
                Store.Keep();
            }
        }

        Desk.Answer();
        return
        [
            .. fresh.Select(TextOf),
            .. answers.Select(answer => answer.GetAwaiter().GetResult()).Select(answer => $"{answer.Outcome} {answer.Version} {answer.Reason} {(answer.Entry is { } happened ? TextOf(happened) : "")}"),
        ];
    }

    /// <summary>All that is known, once in an order that does not depend on tables and once in the order in which it is listed.</summary>
    public List<string> State()
    {
        using var lines = new MemoryStream();
        var (desk, alerts, shadow) = (Desk.Image(), Alerts.Image(), Shadow.Image());
        new AlertMemoryWriter(lines).Write(new AlertMemory(new AlertLogResume(1, 1, new byte[16]), desk, alerts, shadow), version: 1);
        return
        [
            .. Encoding.UTF8.GetString(lines.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.LastIndexOf('\t')]).Order(StringComparer.Ordinal),
            "closed " + string.Join(' ', desk.Board.Closed),
            "commands " + string.Join(' ', desk.Commands.Select(command => command.CommandId)),
            "list " + string.Join(' ', Alerts.List(includeResolved: true).Select(alert => alert.Id)),
            "open " + string.Join(' ', Alerts.Open().Select(alert => alert.Id)),
            "shadow " + string.Join(' ', Shadow.List(includeResolved: true).Select(alert => alert.Id)),
        ];
    }

    /// <param name="damage">What happens to the folder meanwhile.</param>
    public async Task RestartAsync(Action<string> damage)
    {
        await Store.DisposeAsync();
        damage(Folder);
        Open();
    }

    public static string TextOf(AlertEntry entry) => Encoding.UTF8.GetString(AlertJson.ToBytes(entry));

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _directory.Dispose();
    }

    private void Open()
    {
        var bounds = new AlertBookOptions { MaxResolved = 20, MaxTransitionsPerAlert = 6 };
        (Desk, Alerts, Shadow) = (new AlertDeskCore(), new AlertBook(bounds), new AlertBook(bounds));
        var options = new EngineOptions
        {
            DataDirectory = _directory.Path,
            Journal = new JournalOptions { Directory = _directory.Of("journal"), Durability = Durability.Os },
            History = new EmbeddedHistoryOptions { Directory = _directory.Of("history") },
            DeadLetters = new DeadLetterStoreOptions { Directory = _directory.Path },
            AlertLog = _log,
        };
        Store = new AlertStore(options, Desk, Alerts, Shadow, (message, _) => _told.Add(message));
    }
}
