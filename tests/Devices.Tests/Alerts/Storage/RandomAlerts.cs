using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tests.Alerts.Storage;

/// <summary>What shards might give to a desk, one thing at each position of a journal: steps of rules, ticks, commands (some sent twice) and changes of policy.</summary>
/// <param name="book">Of a desk that takes what is given: what people look at.</param>
internal sealed class RandomAlerts(Random random, AlertBook book)
{
    private const string Duties = "duties: { tiers: { general: { due: 20m, remind_every: 5m, escalate: [{ unacknowledged: 3m, to: boss }] }, major: { due: 10m, confirmations: [safety] } } }\n";

    private static readonly RuleSet[] Policies =
    [
        .. new[]
        {
            "",
            Duties + "noise: { flapping: { changes: 4, within: 20m, steady_for: 10m }, grouping: { within: 15m }, flood: { alerts: 3, within: 20m, below: 2, up_to: significant }, inhibit: [{ source: major }] }",
            Duties + "noise: { grouping: { within: 1h }, flood: { alerts: 2, within: 1h, below: 2 } }",
            "noise: { flapping: { changes: 3 }, inhibit: [{ source: significant, target: [general] }] }",
        }.Select(text => RuleSet.Parse([new RuleFile("n.yaml", text.Length == 0 ? "groups: []" : text)]).RuleSet!),
    ];

    private readonly Dictionary<(string Rule, string Subject), AlertTransition> _newest = [];
    private readonly List<AlertCommandRecord> _sent = [];
    private long _position;
    private int _commands;

    public long NowMs { get; private set; } = 1_700_000_000_000;

    public PendingTransition Next()
    {
        _position++;
        NowMs += random.Next(20) == 0 ? 3_600_000 : random.Next(1, 120_000);
        return _position == 1 || random.Next(60) == 0 ? new PendingTransition(new PolicyInput(_position, Policies[random.Next(Policies.Length)]))
            : random.Next(10) switch
            {
                < 5 => new PendingTransition(Step(), 0),
                < 7 => new PendingTransition(new TickInput(_position, NowMs)),
                _ => new PendingTransition(new CommandInput(_position, Command(), NowMs)),
            };
    }

    private AlertTransition Step()
    {
        var rule = "ABCD"[random.Next(4)];
        var device = rule == 'C' ? "" : $"d{random.Next(5)}";
        var zone = rule == 'C' || random.Next(8) == 0 ? $"z{random.Next(2)}" : $"z{(device[^1] - '0') % 2}";
        var key = ($"g/{rule}", rule == 'C' ? zone : device);
        var before = _newest.GetValueOrDefault(key);
        var tier = before is not { IsActive: true } || random.Next(3) == 0 ? (Tier)random.Next(1, 5) : Tier.None;
        if (before is { IsActive: true } && before.Tier == tier)
        {
            tier = Tier.None;
        }

        var begins = before is not { IsActive: true };
        var startMs = begins ? NowMs / 600_000 * 600_000 : before!.StartTimeMs;
        var id = $"{rule}-{key.Item2}-{startMs / 600_000 % 100_000}";
        return _newest[key] = new AlertTransition
        {
            AlertId = id,
            Sequence = before?.AlertId == id ? before.Sequence + 1 : 1,
            State = begins ? AlertState.Firing : tier == Tier.None ? AlertState.Resolved : AlertState.TierChanged,
            Tier = tier,
            PreviousTier = begins ? Tier.None : before!.Tier,
            Rule = key.Item1,
            RuleSetVersion = 1,
            Device = device,
            Zone = zone,
            EventTimeMs = NowMs,
            StartTimeMs = startMs,
            ReceiveTimeMs = NowMs,
            JournalPosition = _position,
            JournalIndex = 0,
            Reason = tier == Tier.None ? "cleared" : "",
            Values = [new("m0", random.Next(100) / 3.0)],
            Labels = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["cause"] = random.Next(2) == 0 ? "gas" : "heat", ["team"] = "夜" },
            Annotations = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["summary"] = "热\t\"x\"" },
            IsShadow = rule == 'D',
        };
    }

    private AlertCommandRecord Command()
    {
        if (_sent.Count > 0 && random.Next(5) == 0)
        {
            return _sent[random.Next(_sent.Count)];
        }

        var alerts = book.List(includeResolved: true);
        var alert = alerts.Count == 0 ? null : alerts[random.Next(alerts.Count)];
        var action = alert is { IsOpen: false } ? AlertAction.Reopen : alert is { Latest.IsActive: false } && random.Next(2) == 0 ? AlertAction.Close : (AlertAction)random.Next(1, 9);
        var record = new AlertCommandRecord(NowMs, $"p{random.Next(3)}", [random.Next(2) == 0 ? "safety" : "customs"], new AlertCommand
        {
            Id = $"c{++_commands}",
            AlertId = alert?.Id ?? "nobody's",
            ExpectedVersion = (alert?.Version ?? 0) - (random.Next(8) == 0 ? 1 : 0),
            Action = action,
            Note = "查看",
            Evidence = random.Next(3) == 0 ? ["a.jpg"] : [],
            Assignee = action == AlertAction.Assign ? "li" : "",
            DurationMs = action == AlertAction.Shelve ? 900_000 : 0,
            IsFinal = random.Next(3) > 0,
        });
        _sent.Add(record);
        return record;
    }
}
