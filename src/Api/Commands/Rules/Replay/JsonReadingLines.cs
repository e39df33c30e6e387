using System.Text;
using Fengsui.Devices.Replay;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>One message a line, as gateways send it, with <c>device</c> and <c>ts</c> in it.</summary>
internal sealed class JsonReadingLines(Sandbox sandbox) : IReadingLines
{
    private readonly JsonLineDecoder _decoder = new(sandbox.Registry);
    private long _clockMs;

    public string? Take(string line, Action<long> before)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return null;
        }

        if (_decoder.TryDecode(Encoding.UTF8.GetBytes(line), ref _clockMs, out var batch) is { } mistake)
        {
            return mistake;
        }

        before(_clockMs);
        sandbox.Append(batch);
        return null;
    }

    public void Finish(Action<long> before)
    {
    }
}
