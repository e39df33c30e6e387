using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Fengsui.Fleet;

namespace Fengsui.Bench.EndToEnd;

/// <summary>Runs a fleet in a process of its own, so that its CPU and memory are not the benchmark's or the server's.</summary>
internal static class Generator
{
    public static async Task<FleetSummary> RunAsync(FleetOptions options)
    {
        var self = Environment.ProcessPath!;
        List<string> arguments = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        arguments.AddRange(["generate", JsonSerializer.Serialize(options)]);
        var start = new ProcessStartInfo(self, arguments) { RedirectStandardOutput = true };

        // Compile each method once and for good: a short run has no time to warm up.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? FleetSummary.FromJson(output)
            : throw new InvalidOperationException($"the generator ended with {process.ExitCode}");
    }
}
