using System.Diagnostics;
using System.Text;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>A program of the system that runs beside the test: a subscriber that prints what it gets.</summary>
internal sealed class BackgroundCommand : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly StringBuilder _error = new();

    public BackgroundCommand(string program, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(Programs.Find(program) ?? program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => AddError(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public string Error
    {
        get
        {
            lock (_lines)
            {
                return _error.ToString();
            }
        }
    }

    public Task ExitAsync() => _process.WaitForExitAsync().WaitAsync(Eventually.Patience);

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }

    private void AddError(string? line)
    {
        lock (_lines)
        {
            _error.AppendLine(line);
        }
    }
}
