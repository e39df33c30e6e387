using Fengsui.Devices.Audit;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>An access journal in memory.</summary>
internal sealed class ListedAccess : IAccessJournal
{
    private readonly List<AccessAttempt> _all = [];

    public bool IsBroken { get; set; }

    public IReadOnlyList<AccessAttempt> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    public void Record(AccessAttempt access)
    {
        lock (_all)
        {
            _all.Add(access);
        }
    }

    public void RecordChange(string actor, string subject, string change)
    {
    }

    public Task DurableAsync(CancellationToken cancellation) => IsBroken ? throw new IOException("the disk is full") : Task.CompletedTask;
}
