using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Devices.Records;
using Fengsui.Devices.Tests.Alerts.Outbox.Routing;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Xunit.Abstractions;

namespace Fengsui.Devices.Tests.Alerts;

/// <summary>
/// Whatever rules, people, time and changes of the configuration do: what enters, is in or leaves the highest tier is held back by nothing, reaches whom it would reach without any noise, and is
/// the next thing that a receiver is told.
/// </summary>
public sealed class HighestTierProperties(ITestOutputHelper output)
{
    private const int Operations = 150;

    private static readonly RuleSet[] Policies =
    [
        .. new[]
        {
            "noise: { flapping: { changes: 3 }, grouping: { within: 1h }, flood: { alerts: 2, below: 2, up_to: cross-border }, inhibit: [{ source: general, target: [general, significant, major, cross-border] }] }",
            "noise: { flapping: { changes: 3 }, flood: { alerts: 1, below: 1 } }",
            "noise: { grouping: { within: 1h }, inhibit: [{ source: major }] }",
            "groups: []",
        }.Select(text => RuleSet.Parse([new RuleFile("n.yaml", text + "\n")]).RuleSet).OfType<RuleSet>(),
    ];

    [Fact]
    public void Nothing_hides_or_delays_the_highest_tier()
    {
        var (held, urgent) = (0L, 0L);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var plant = new RandomPlant(seed);
            for (var i = 0; i < Operations; i++)
            {
                plant.Act();
            }

            (held, urgent) = (held + plant.Held, urgent + plant.Urgent);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

        // Without noise, or without the highest tier, nothing would have been tried.
        output.WriteLine($"{held} entries were held back, {urgent} were of the highest tier");
        Assert.True(held > 500 && urgent > 2_000, $"{held} held, {urgent} of the highest tier");
    }

    /// <summary>Four devices with three rules each in two zones, and a receiver. FsCheck says with which seed it failed.</summary>
    private sealed class RandomPlant
    {
        private readonly Random _random;
        private readonly AlertDeskCore _desk = new();
        private readonly AlertQueues _queues = new();
        private readonly List<Parcel> _underWay = [];
        private readonly Dictionary<(int Device, int Rule), (Tier Tier, string Episode, int Sequence)> _rules = [];
        private readonly List<AlertEntry> _entries = [];
        private readonly List<Notice> _untold = [];
        private readonly HashSet<string> _taken = [];
        private readonly Router _router;
        private long _position;
        private long _nowMs;

        public RandomPlant(int seed)
        {
            _random = new Random(seed);
            _router = new Router(RandomRoutes.Receivers, new RandomRoutes(_random).Tree());
            Take(new PendingTransition(new PolicyInput(++_position, Policies[0])));
        }

        public long Held { get; private set; }

        public long Urgent { get; private set; }

        public void Act()
        {
            _nowMs += _random.Next(3) == 0 ? _random.Next(3_600_000) : _random.Next(20_000);
            _position++;
            switch (_random.Next(10))
            {
                case <= 4: Take(new PendingTransition(Step(), 0)); break;
                case <= 6: Command(); break;
                case 7: Take(new PendingTransition(new TickInput(_position, _nowMs))); break;
                case 8: Take(new PendingTransition(new PolicyInput(_position, Policies[_random.Next(Policies.Length)]))); break;
                default: Deliver(); break;
            }
        }

        private AlertTransition Step()
        {
            var key = (Device: _random.Next(4), Rule: _random.Next(3));
            var (before, episode, sequence) = _rules.GetValueOrDefault(key, (Tier.None, "", 0));
            var after = (Tier)_random.Next(5);
            after = after == before ? (before == Tier.CrossBorder ? Tier.None : Tier.CrossBorder) : after;
            (episode, sequence) = before == Tier.None ? ($"a{_position}", 1) : (episode, sequence + 1);
            _rules[key] = (after, episode, sequence);
            return AlertSamples.At(_position, alert: episode, sequence: sequence) with
            {
                State = before == Tier.None ? AlertState.Firing : after == Tier.None ? AlertState.Resolved : AlertState.TierChanged,
                Tier = after,
                PreviousTier = before,
                Rule = $"g/r{key.Rule}",
                Device = $"d{key.Device}",
                Zone = $"z{key.Device % 2}",
                ReceiveTimeMs = _nowMs,
            };
        }

        private void Command()
        {
            var known = _rules.Values.Select(rule => rule.Episode).Where(id => _desk.Board.Find(id) is not null).ToList();
            if (known.Count == 0)
            {
                return;
            }

            var status = _desk.Board.Find(known[_random.Next(known.Count)])!;
            var command = new AlertCommand
            {
                Id = $"c{_position}",
                AlertId = status.Id,
                ExpectedVersion = status.Version,
                Action = _random.Next(2) == 0 ? AlertAction.Shelve : (AlertAction)(1 + _random.Next(8)),
                Note = "n",
                Assignee = "li",
                DurationMs = 7_200_000,
            };
            Take(new PendingTransition(new CommandInput(_position, new AlertCommandRecord(_nowMs, "li", ["safety", "customs"], command), _nowMs)));
        }

        private void Take(PendingTransition pending)
        {
            _entries.Clear();
            _desk.Take(pending, isLogged: false, _entries);
            Assert.True(pending.Transition is null || _entries is [AlertTransition, ..], "a step is logged at once");
            foreach (var entry in _entries)
            {
                Look(entry);
            }

            foreach (var status in _rules.Values.Select(rule => _desk.Board.Find(rule.Episode)).OfType<AlertStatus>().Where(status => status.Tier == Tier.CrossBorder))
            {
                Assert.True(status is { HeldBy: HoldReason.None, IsShelved: false }, $"{status.Id} is held back by {status.HeldBy}, shelved: {status.IsShelved}");
            }
        }

        private void Look(AlertEntry entry)
        {
            var notice = new Notice(_position, entry, "x");
            Held += entry.HeldBy != HoldReason.None ? 1 : 0;
            if (entry.Tier == Tier.CrossBorder || entry is AlertTransition { PreviousTier: Tier.CrossBorder })
            {
                Urgent++;
                Assert.True(entry is AlertEvent { IsFiring: false } || entry.HeldBy == HoldReason.None, $"{entry.Id} is held back by {entry.HeldBy}");
                Assert.True(notice.Facts.IsUrgent);
                Assert.Equal(_router.Reached(notice.Facts with { IsHeld = false }), _router.Reached(notice.Facts with { IsHeld = true }));
            }

            _untold.Add(notice);
            _queues.Add(notice);
        }

        /// <summary>A receiver takes something, or says that it has what it took.</summary>
        private void Deliver()
        {
            if (_underWay.Count > 0 && _random.Next(2) == 0)
            {
                var done = _underWay[0];
                _underWay.RemoveAt(0);
                _queues.Finish(done);
                _taken.ExceptWith(done.All.Select(notice => notice.AlertId));
                return;
            }

            // Of an alert that is under way nothing more may be told before the answer: the order of its entries.
            var first = _untold.Where(notice => notice.Facts.IsUrgent && !_taken.Contains(notice.AlertId)).Select(notice => notice.AlertId).ToHashSet();
            var parcel = _queues.Take(_random.Next(1, 4));
            if (parcel is null)
            {
                Assert.Empty(first);
                return;
            }

            Assert.True(first.Count == 0 || first.Contains(parcel.All[0].AlertId), "something else is told before the highest tier");
            _underWay.Add(parcel);
            _taken.UnionWith(parcel.All.Select(notice => notice.AlertId));
            _untold.RemoveAll(parcel.All.Contains);
        }
    }
}
