using System.Globalization;
using System.Net;
using System.Text.Json;
using Fengsui.Ble;
using Fengsui.Ble.Faults;
using Fengsui.Ble.Wire;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>Simulated locks and gateways against the real server: attacks whose truth is known, and SIGKILL.</summary>
public sealed class SimulatedLockTests(ITestOutputHelper output)
{
    private const int Kills = 8;

    [Fact]
    public async Task Simulated_locks_are_stored_and_every_attack_on_them_is_refused()
    {
        using var scratch = new TestDirectory();
        var options = Options(0, null, 300, [LockFault.Replay, LockFault.Downgrade, LockFault.Forgery, LockFault.Phone, LockFault.SilentGateway], scratch["truth.jsonl"]);
        await using var ble = await BleServer.StartAsync(output, Keys(options));
        var summary = await new LocksRunner(At(options, ble.Port)).RunAsync();
        output.WriteLine(summary.ToJson());
        Assert.Equal(0, summary.Unacknowledged);

        var truth = File.ReadLines(scratch["truth.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()).ToLookup(kind => kind);
        Assert.True(truth.Count == 5, string.Join(' ', truth.Select(kind => kind.Key)));
        for (var number = 0; number < options.Locks; number++)
        {
            var counters = await ble.StoredAsync("lock-" + LockKey.AddressOf(options, number), "ble.counter", 300 - (3 * 3 * LockFaultNames.All.Count));
            Assert.Equal(counters.Distinct().Order(), counters);
            Assert.InRange(counters.Count, 300 - (3 * 3 * LockFaultNames.All.Count), 300);
        }

        Assert.True(await ble.RejectedAsync("replayed") >= truth["replay"].Count());
        Assert.True(await ble.RejectedAsync("not-decrypted") >= truth["downgrade"].Count() + truth["forgery"].Count());
        Assert.True(await ble.RejectedAsync("device-not-allowed") >= truth["phone"].Count());
        Assert.True((await ble.Server.Api.LedgerAsync()).Balanced);
    }

    [Fact]
    public async Task Sigkill_loses_no_acknowledged_advert_and_stores_none_twice()
    {
        var seed = Seed.Take(output);
        var random = new Random(seed);
        using var scratch = new TestDirectory();
        var options = Options(0, scratch["acked.jsonl"], 600, [], null);
        await using var ble = await BleServer.StartAsync(output, Keys(options), "devices.snapshot_interval=1s");
        var runner = new LocksRunner(At(options, ble.Port));
        var run = runner.RunAsync();
        var all = options.Locks * options.Heard * 600L;
        foreach (var moment in Enumerable.Range(0, Kills).Select(_ => random.NextInt64(all)).Order())
        {
            await Eventually.TrueAsync($"{moment} acknowledged", () => runner.Snapshot().Acked >= moment || run.IsCompleted, TimeSpan.FromSeconds(60));
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(12)));
            await ble.Server.KillAsync();
            await ble.Server.StartAsync();
        }

        var summary = await run;
        output.WriteLine(summary.ToJson());
        Assert.Equal((all, 0), (summary.Acked, summary.Unacknowledged));
        Assert.True(summary.Resent > 0, "no kill met a frame in flight: the test proves nothing");
        for (var number = 0; number < options.Locks; number++)
        {
            Assert.Equal(Enumerable.Range(1, 600).Select(n => (double)n), await ble.StoredAsync("lock-" + LockKey.AddressOf(options, number), "ble.counter", 600));
        }

        Assert.True((await ble.Server.Api.LedgerAsync()).Balanced);
    }

    [Fact]
    public async Task Bad_peers_keep_no_good_gateway_from_being_answered()
    {
        var options = Options(0, null, 300, [], null);
        await using var ble = await BleServer.StartAsync(output, Keys(options));
        using var over = new CancellationTokenSource();
        var peers = Enumerable.Range(0, 20).Select(kind => BotherAsync(ble.Port, kind, over.Token)).ToArray();
        await Eventually.TrueAsync("bad peers are turned away", async () => await ble.RejectedAsync("not-authenticated") + await ble.RejectedAsync("frame-too-large") > 20);

        var summary = await new LocksRunner(At(options, ble.Port)).RunAsync();
        output.WriteLine(summary.ToJson());
        await over.CancelAsync();
        await Task.WhenAll(peers);
        Assert.Equal((options.Locks * options.Heard * 300L, 0, 0, 0), (summary.Acked, summary.Resent, summary.Unacknowledged, summary.Failures));
    }

    [Fact]
    public async Task The_simulators_command_writes_the_keys_and_says_what_became_of_the_run()
    {
        await using var ble = await BleServer.StartAsync(output, Keys(Options(0, null, 1, [], null)));
        var token = Path.Combine(ble.Server.WorkingDirectory, "token");
        await File.WriteAllTextAsync(token, BleServer.Token + "\n");
        var run = await FengsuiProgram.RunAsync(
            ble.Server.WorkingDirectory, "sim", "ble", "--port", ble.Port.ToString(CultureInfo.InvariantCulture), "--token-file", token, "--locks", "2", "--adverts", "25",
            "--unthrottled", "--write-keys", "keys", "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        using var summary = JsonDocument.Parse(run.Output);
        Assert.Equal(100, summary.RootElement.GetProperty("acked").GetInt64());
        Assert.StartsWith(Keys(Options(0, null, 1, [], null)).Split('\n')[0], await File.ReadAllTextAsync(Path.Combine(ble.Server.WorkingDirectory, "keys")), StringComparison.Ordinal);
    }

    private static LocksOptions Options(int port, string? acked, int adverts, IReadOnlyList<LockFault> faults, string? truth) => new()
    {
        Port = port == 0 ? 1 : port,
        Token = BleServer.Token,
        Locks = 10,
        Gateways = 3,
        Heard = 2,
        Unthrottled = true,
        Adverts = adverts,
        FaultEvery = 20,
        Faults = faults,
        AnswerTimeout = TimeSpan.FromSeconds(5),
        TruthPath = truth,
        AckedLogPath = acked,
    };

    /// <summary>Sends noise, a length without end, a wrong token, or half a frame and then nothing, and comes back whenever it is thrown out.</summary>
    private static async Task BotherAsync(int port, int kind, CancellationToken over)
    {
        var noise = new byte[4_096];
        new Random(kind).NextBytes(noise);
        byte[][] ways = [noise, [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 2, (byte)'{', (byte)'}'], [0, 0, 1, 0, (byte)'{']];
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var peer = await RawConnection.OpenAsync(new IPEndPoint(IPAddress.Loopback, port));
                await peer.TrySendAsync(ways[kind % ways.Length]);
                await Task.Delay(kind % ways.Length == 3 ? 500 : 5, over);
            }
            catch (Exception end) when (end is System.Net.Sockets.SocketException or OperationCanceledException)
            {
                // Thrown out, or told to stop.
            }
        }
    }

    private static LocksOptions At(LocksOptions options, int port) => new()
    {
        Port = port,
        Token = options.Token,
        Locks = options.Locks,
        Gateways = options.Gateways,
        Heard = options.Heard,
        Unthrottled = true,
        Adverts = options.Adverts,
        FaultEvery = options.FaultEvery,
        Faults = options.Faults,
        AnswerTimeout = options.AnswerTimeout,
        TruthPath = options.TruthPath,
        AckedLogPath = options.AckedLogPath,
    };

    private static string Keys(LocksOptions options)
    {
        var file = Path.GetTempFileName();
        try
        {
            LockKey.WriteFile(file, options);
            return File.ReadAllText(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
