using System.Collections.Concurrent;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// Named questions whose answers together say whether the server can take traffic. Each is asked at every
/// <c>/readyz</c>, so it must answer from memory at once.
/// </summary>
public sealed class ReadinessChecks
{
    private readonly ConcurrentDictionary<string, Func<ReadinessResult>> _checks = new(StringComparer.Ordinal);

    /// <summary>Adds a check, or replaces the one of that name.</summary>
    public void Add(string name, Func<ReadinessResult> check) => _checks[name] = check;

    /// <summary>Every answer, by name. A check that throws is not ready.</summary>
    public IReadOnlyList<(string Name, ReadinessResult Result)> Ask(ILogger logger) =>
        [.. _checks.OrderBy(check => check.Key, StringComparer.Ordinal).Select(check => (check.Key, Ask(check.Key, check.Value, logger)))];

    private static ReadinessResult Ask(string name, Func<ReadinessResult> check, ILogger logger)
    {
        try
        {
            return check();
        }
        catch (Exception e)
        {
            Log.ReadinessCheckFailed(logger, e, name);
            return ReadinessResult.NotReady("the check itself failed; see the log");
        }
    }
}
