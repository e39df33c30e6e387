using Fengsui.Bench.Replay;

if (!MeasureOptions.TryParse(args, out var options))
{
    Console.Error.WriteLine(MeasureOptions.Usage);
    return args is ["--help"] or ["-h"] ? 0 : 2;
}

return await new Measure(options, Console.Out).RunAsync();
