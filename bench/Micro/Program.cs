using System.Globalization;
using BenchmarkDotNet.Running;
using Fengsui.Micro.Allocation;
using Fengsui.Micro.Replay;

if (args is ["--gate"])
{
    return AllocationGate.Run(Console.Out);
}

if (args is ["--replay", ..])
{
    return await ReplayRatio.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 600, args.Length > 2 ? args[2] : Path.Combine("config", "rules"), Console.Out);
}

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(
        """
        Benchmarks of single operations.

          --gate                 runs each hot-path operation and fails when one allocates (seconds)
          --replay [S] [DIR]     records S seconds (600) of 1,000 devices at 10 Hz and back-tests the rules of DIR (config/rules)
                                 over them: times real time; fails below 100 (seconds)
          --filter '*Decode*'    runs the benchmarks of that name; further options are BenchmarkDotNet's
          --list flat            names the benchmarks
        """);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(AllocationGate).Assembly).Run(args);
return 0;
