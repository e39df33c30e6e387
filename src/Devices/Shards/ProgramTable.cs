using Fengsui.Devices.Registry;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Shards;

/// <summary>The programs of one rule set, one for each profile met. Owned by one shard.</summary>
internal sealed class ProgramTable(RuleSet rules, DeviceRegistry registry)
{
    private readonly Dictionary<DeviceProfile, RuleProgram> _programs = [];
    private readonly bool _hasTimed = rules.HasTimed;

    /// <summary>What each device asked for last, by device.</summary>
    private (DeviceFacts? Facts, RuleProgram Program)[] _latest = [];

    public RuleSet Rules { get; } = rules;

    /// <summary>Whether a device with these facts wants ticks.</summary>
    public bool IsTimed(int device, DeviceFacts facts) => _hasTimed && For(device, facts).IsTimed;

    /// <summary>Devices that an override or a maintenance window is for have a program apart.</summary>
    public RuleProgram For(int device, DeviceFacts facts)
    {
        if (device >= _latest.Length)
        {
            Array.Resize(ref _latest, Math.Max(device + 1, _latest.Length * 2));
        }

        ref var latest = ref _latest[device];
        if (!ReferenceEquals(latest.Facts, facts))
        {
            latest = (facts, Compiled(Rules.ProfileOf(registry.Devices[device].Name, facts.Zone, facts.Profile)));
        }

        return latest.Program;
    }

    private RuleProgram Compiled(DeviceProfile profile)
    {
        if (!_programs.TryGetValue(profile, out var program))
        {
            program = RuleProgram.Compile(Rules, profile, registry.Metrics);
            _programs.Add(profile, program);
        }

        return program;
    }
}
