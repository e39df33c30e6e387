using System.Security.Cryptography;
using Fengsui.Devices.Replay;
using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>A rule cannot be tried on what was recorded before it goes live, or only by another engine than the one that runs.</summary>
public sealed class TestBeforeGoLive
{
    private const string Live = "- { alert: Hot, expr: temperature > 30, for: 3s, tier: general }";

    /// <summary>prometheus#1154, #13430, grafana#53443, chronograf#2620: what would this rule have done?</summary>
    [Fact]
    public async Task A_candidate_is_tried_on_what_was_recorded_beside_the_running_server_and_changes_nothing()
    {
        await using var plant = await RecordedAsync();
        var (before, log) = (Fingerprint(plant.DataDirectory), await plant.LogAsync());
        var result = await TryAsync(plant, Live.Replace("30", "25", StringComparison.Ordinal));
        var rule = Assert.Single(result.Rules);
        Assert.Equal((1, 0, 1), (rule.Added, rule.Removed, rule.Changed));
        Assert.Equal(-5_000, Assert.Single(rule.Differences, difference => difference.Did is not null).LaterMs);
        Assert.Equal(before, Fingerprint(plant.DataDirectory));
        Assert.Equal(log.Select(step => step.Id), (await plant.LogAsync()).Select(step => step.Id));
        Assert.Equal(1, (await plant.Engine.RuleSets.CurrentAsync())!.Version);
    }

    /// <summary>thingsboard#10222: a test bench that gives other results than production.</summary>
    [Fact]
    public async Task The_rules_in_force_tried_again_give_what_did_fire()
    {
        await using var plant = await RecordedAsync();
        var result = await TryAsync(plant, Live);
        Assert.False(result.IsDifferent);
        Assert.Equal((await plant.LogAsync()).Select(step => step.Id), result.Transitions.Select(step => step.Id));
    }

    /// <summary>prometheus#13430: on trial beside the live rules, on live data, and told to nobody.</summary>
    [Fact]
    public async Task A_rule_in_shadow_runs_on_live_data_and_is_told_to_nobody()
    {
        await using var plant = await Plant.StartAsync(Live.Replace("tier", "shadow: true, tier", StringComparison.Ordinal));
        await plant.HoldAsync(0, 5, "probe", ("temperature", 40));
        Assert.True(Assert.Single(await plant.LogAsync()).IsShadow);
        Assert.Equal((0, 1), (plant.Engine.Alerts.ActiveCount, plant.Engine.ShadowAlerts.ActiveCount));
    }

    /// <summary>Up to 40 degrees by one a second, down again, and later up to 29.</summary>
    private static async Task<Plant> RecordedAsync()
    {
        var plant = await Plant.StartAsync(Live);
        for (var second = 0; second < 120; second++)
        {
            var temperature = second < 50 ? Math.Min(second, 40) : second is > 70 and < 110 ? Math.Min(second - 70, 29) : 0;
            await plant.HoldAsync(second, second, "probe", ("temperature", temperature));
        }

        await plant.Engine.DrainAsync(CancellationToken.None);
        return plant;
    }

    private static Task<BackTestResult> TryAsync(Plant plant, string rules) =>
        BackTest.RunAsync(new BackTestOptions { DataDirectory = plant.DataDirectory, Rules = [Plant.FileOf(rules)] }, CancellationToken.None);

    private static string Fingerprint(string directory) => string.Join('\n', Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Where(path => !Path.GetFileName(path).StartsWith("deadletters", StringComparison.Ordinal) && !path.Contains("lock", StringComparison.Ordinal))
        .Select(path => $"{path} {Convert.ToHexString(HashOf(path))}"));

    private static byte[] HashOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return SHA256.HashData(file);
    }
}
