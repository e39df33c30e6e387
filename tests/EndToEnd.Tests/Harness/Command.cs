using System.Diagnostics;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>Runs programs of the system.</summary>
internal static class Command
{
    public static Task<CommandResult> RunAsync(string program, params string[] arguments) =>
        RunAsync(program, null, Eventually.Patience, arguments);

    public static Task<CommandResult> RunAsync(string program, string? input, TimeSpan patience, params string[] arguments) =>
        RunAsync(
            new ProcessStartInfo(Programs.Find(program) ?? program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            input,
            patience);

    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, string? input, TimeSpan patience)
    {
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(patience);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within {patience.TotalSeconds:0} s");
        }
        catch (IOException) when (process.HasExited)
        {
            return new CommandResult(process.ExitCode, await output, await error);
        }
    }
}
