using Fengsui.Devices.Registry;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Shards;

/// <summary>The programs of one rule set, one for each profile met. Owned by one shard.</summary>
internal sealed class ProgramTable(RuleSet rules, MetricTable metrics)
{
    private readonly Dictionary<DeviceProfile, RuleProgram> _programs = [];
    private readonly bool _hasTimed = rules.HasTimed;

    public RuleSet Rules { get; } = rules;

    /// <summary>Whether the devices with these facts want ticks.</summary>
    public bool IsTimed(DeviceFacts facts) => _hasTimed && For(facts).IsTimed;

    public RuleProgram For(DeviceFacts facts)
    {
        if (!_programs.TryGetValue(facts.Profile, out var program))
        {
            program = RuleProgram.Compile(Rules, facts.Profile, metrics);
            _programs.Add(facts.Profile, program);
        }

        return program;
    }
}
