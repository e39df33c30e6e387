using System.Globalization;
using Fengsui.Modbus;

namespace Fengsui.EndToEnd.Tests.Modbus;

/// <summary>A master that is not ours: mbpoll, made with libmodbus, against our simulated slaves.</summary>
public sealed class MbpollTests
{
    [FactIfInstalled("mbpoll")]
    public async Task Mbpoll_reads_the_signals_of_every_slave()
    {
        await using var farm = new Farm(new FarmOptions { Port = 0, Ports = 2, Units = 3, Seed = 5 });
        foreach (var port in farm.Ports)
        {
            for (var unit = 1; unit <= 3; unit++)
            {
                var hundredths = await ReadAsync(port, unit, 12, "-t", "3", "-r", "1");
                Assert.InRange(hundredths[0], 2_000, 2_500);
                Assert.InRange(hundredths[8], 10_000, 10_300);
                Assert.InRange(hundredths[11] - 65_536, -7_500, -5_500);
                var floats = await ReadAsync(port, unit, 12, "-t", "4:float", "-B", "-r", "1");
                Assert.InRange(floats[0], 20, 25);
                Assert.InRange(floats[11], -75, -55);
                Assert.Equal([0, 0, 0, 1], await ReadAsync(port, unit, 4, "-t", "1", "-r", "1"));
            }
        }
    }

    [FactIfInstalled("mbpoll")]
    public async Task Mbpoll_is_told_of_an_address_that_does_not_exist_and_hears_nothing_of_a_unit_that_does_not()
    {
        await using var farm = new Farm(new FarmOptions { Port = 0, Units = 1 });
        Assert.Contains("Illegal data address", (await PollAsync(farm.Ports[0], 1, 1, "-t", "3", "-r", "50")).ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("timed out", (await PollAsync(farm.Ports[0], 9, 1, "-t", "3", "-r", "1", "-o", "0.2")).ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, farm.Summary().UnknownUnits);
    }

    [Fact]
    public async Task Sub_command_names_its_ports_and_sums_up()
    {
        using var directory = new TestDirectory();
        var run = await FengsuiProgram.RunAsync(directory.Path, "sim", "modbus", "--port", "0", "--ports", "3", "--duration", "300ms", "--fault", "silent", "--fault-share", "1", "--truth", directory["truth.jsonl"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("listening 127.0.0.1 ports=", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 slaves, 0 requests", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(directory["truth.jsonl"]));
        Assert.Equal(2, (await FengsuiProgram.RunAsync(directory.Path, "sim", "modbus", "--fault", "silence")).ExitCode);
        Assert.Equal(2, (await FengsuiProgram.RunAsync(directory.Path, "sim", "modbus", "--units", "300")).ExitCode);
    }

    private static async Task<List<double>> ReadAsync(int port, int unit, int count, params string[] arguments)
    {
        var run = await PollAsync(port, unit, count, arguments);
        Assert.True(run.ExitCode == 0, run.ToString());

        // "[1]: 	2204" or "[1]: 	65134 (-402)".
        return [.. run.Output.Split('\n').Where(line => line.StartsWith('[')).Select(line =>
            double.Parse(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture))];
    }

    private static Task<CommandResult> PollAsync(int port, int unit, int count, params string[] arguments) => Command.RunAsync(
        "mbpoll",
        ["-m", "tcp", "-1", "-p", port.ToString(CultureInfo.InvariantCulture), "-a", unit.ToString(CultureInfo.InvariantCulture), "-c", count.ToString(CultureInfo.InvariantCulture), .. arguments, "127.0.0.1"]);
}
