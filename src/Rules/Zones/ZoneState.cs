using System.Buffers;
using Fengsui.Rules.Model;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Rules.Zones;

/// <summary>
/// One zone: what its members say together, who is inside, what is known of the site. Belongs to one rule set at a time;
/// not thread-safe; knows no clock.
/// </summary>
public sealed class ZoneState
{
    /// <summary>The type of device that is a person; where such a device is, the person is.</summary>
    public const string PersonType = "person";

    /// <summary>Before a person's name in the id of their device: <c>person/WANG-LI</c>.</summary>
    public const string PersonPrefix = "person/";

    private readonly SortedList<int, string> _persons = [];
    private RuleSet _rules;
    private AggregateState?[] _aggregates;

    public ZoneState(RuleSet rules)
    {
        _rules = rules;
        _aggregates = [.. rules.ZoneInputs.Select(input => input is ZoneAggregate aggregate ? new AggregateState(aggregate) : null)];
    }

    public SiteFacts Site { get; set; } = new();

    /// <summary>Names of the persons inside, in the order of their devices' ids.</summary>
    public IReadOnlyList<string> Persons => [.. _persons.Values];

    public int PersonCount => _persons.Count;

    /// <summary>Persons inside whom no active permit names.</summary>
    public int PersonsWithoutPermit(long nowMs)
    {
        var count = 0;
        for (var i = 0; i < _persons.Count; i++)
        {
            count += Site.Permits.Allows(_persons.GetValueAtIndex(i), nowMs) ? 0 : 1;
        }

        return count;
    }

    /// <summary>A device is in the zone, or its profile changed while it is: what it says no more is left out.</summary>
    /// <param name="device">Its id.</param>
    /// <param name="name">Its name.</param>
    public void Enter(int device, string name, DeviceProfile profile)
    {
        if (profile.Type == PersonType)
        {
            _persons[device] = name.StartsWith(PersonPrefix, StringComparison.Ordinal) ? name[PersonPrefix.Length..] : name;
        }
        else
        {
            _persons.Remove(device);
        }

        foreach (var aggregate in _aggregates)
        {
            if (aggregate is not null && !aggregate.Aggregate.Counts(profile))
            {
                aggregate.Remove(device);
            }
        }
    }

    public void Leave(int device)
    {
        _persons.Remove(device);
        foreach (var aggregate in _aggregates)
        {
            aggregate?.Remove(device);
        }
    }

    /// <summary>Goes over to other rules: what is asked in the same words keeps what it knows.</summary>
    public void Adopt(RuleSet rules)
    {
        var known = _aggregates.OfType<AggregateState>().ToDictionary(state => state.Aggregate.Canonical, StringComparer.Ordinal);
        _rules = rules;
        _aggregates = [.. rules.ZoneInputs.Select(input =>
            input is ZoneAggregate aggregate ? known.GetValueOrDefault(aggregate.Canonical) ?? new AggregateState(aggregate) : null)];
    }

    /// <summary>From now on only changes of what the rules about this zone read are told by <see cref="Contribute"/> and its kin.</summary>
    /// <param name="program">Null while no rule about zones applies here.</param>
    public void Watch(RuleProgram? program)
    {
        foreach (var aggregate in _aggregates)
        {
            if (aggregate is not null)
            {
                aggregate.IsOfZoneRules = program is not null && program.ZoneInputs.Any(input => input.Canonical == aggregate.Aggregate.Canonical);
            }
        }
    }

    /// <summary>Tells a program's state what the zone says now; before a row or a tick.</summary>
    public void Show(RuleProgram program, DeviceState state, long nowMs)
    {
        for (var i = 0; i < program.ZoneInputs.Count; i++)
        {
            RuleProgram.SetZoneInput(state, i, program.ZoneInputs[i].Read(this, program.ZonePlaces[i], nowMs));
        }
    }

    /// <summary>What the zone says is not known to be about this device's present.</summary>
    public static void Hide(DeviceState state) => Array.Fill(state.Zone, double.NaN);

    /// <summary>A member says what its newest row makes of it. True when that changed something that the rules about the zone read.</summary>
    public bool Contribute(int device, RuleProgram program, RowPlan plan, DeviceState state, in Moment now)
    {
        var isChanged = false;
        foreach (var contribution in plan.Contributions)
        {
            isChanged |= Set(device, program, contribution, program.Contribute(state, contribution, now), now.JournalMs);
        }

        return isChanged;
    }

    /// <summary>After a tick: a member says what changes with time. What it does not know now leaves what it said before.</summary>
    public bool ContributeTimed(int device, RuleProgram program, DeviceState state, in Moment now)
    {
        var isChanged = false;
        for (var i = 0; i < program.Contributions.Length; i++)
        {
            if (program.Contributions[i].Aggregate.IsTimed && program.Contribute(state, i, now, isTick: true) is var value && !double.IsNaN(value))
            {
                isChanged |= Set(device, program, i, value, now.JournalMs);
            }
        }

        return isChanged;
    }

    /// <summary>A member is new here, or the rules are: it says what it reported before, where it has said nothing yet.</summary>
    public bool Introduce(int device, RuleProgram program, DeviceState state, in Moment now)
    {
        var isChanged = false;
        for (var i = 0; i < program.Contributions.Length; i++)
        {
            if (program.Contributions[i].Aggregate.IsTimed || AggregateAt(program.ContributionPlaces[i]).Has(device))
            {
                continue;
            }

            var value = program.Contribute(state, i, now);
            isChanged |= !double.IsNaN(value) && Set(device, program, i, value, now.JournalMs - program.AgeOf(state, i, now.EventMs));
        }

        return isChanged;
    }

    /// <summary>Appends what the members said.</summary>
    public void Write(IBufferWriter<byte> output) => ZoneFormat.Write(_aggregates, output);

    /// <summary>Takes over what <see cref="Write"/> wrote under the same rules.</summary>
    /// <exception cref="InvalidDataException">The bytes are no zone.</exception>
    public void Read(ref ReadOnlySpan<byte> input) => ZoneFormat.Read(_aggregates, ref input);

    internal AggregateState AggregateAt(int place) => _aggregates[place]!;

    private bool Set(int device, RuleProgram program, int contribution, double value, long timeMs)
    {
        var aggregate = AggregateAt(program.ContributionPlaces[contribution]);
        return aggregate.Set(device, value, timeMs) && aggregate.IsOfZoneRules;
    }
}
