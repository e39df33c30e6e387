using System.Text.Json;
using Fengsui.Bench.EndToEnd;
using Fengsui.Bench.EndToEnd.Modbus;
using Fengsui.Bench.EndToEnd.Storm;
using Fengsui.Fleet;
using Spectre.Console;

if (args is ["generate", var json])
{
    var summary = await new FleetRunner(JsonSerializer.Deserialize<FleetOptions>(json)!).RunAsync();
    Console.WriteLine(summary.ToJson());
    return 0;
}

if (!BenchOptions.TryParse(args, out var options, out var mistake))
{
    Console.Error.WriteLine(mistake);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

if (options.Stores)
{
    return await new StoreRun(options, AnsiConsole.Console).RunAsync();
}

if (options.Storm)
{
    return await new StormRun(options).RunAsync();
}

return options.Modbus
    ? await new ModbusRun(options, Console.Out).RunAsync()
    : options.SoakMinutes > 0
    ? await new SoakRun(options, AnsiConsole.Console).RunAsync()
    : await new ComparisonRun(options, AnsiConsole.Console).RunAsync();
