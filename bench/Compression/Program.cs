using Fengsui.Bench.Compression;

if (!CompressionOptions.TryParse(args, out var options))
{
    Console.Error.WriteLine(CompressionOptions.Usage);
    return args is ["--help"] or ["-h"] ? 0 : 2;
}

return await new CompressionRun(options, Console.Out).RunAsync();
