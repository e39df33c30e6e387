using System.Buffers;
using System.Text.Json;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Streaming;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Security.Views;

/// <summary>
/// What one request may show to its caller. Everything that has a view is written through it, and what was shown of joint data is on the disk of the
/// audit log before the answer leaves.
/// </summary>
internal sealed class CallerView(Caller caller, FieldFilter filter, DataClasses own, Func<IReadOnlyList<AccessGrant>> grants, IAccessJournal? journal)
{
    private static readonly object Item = new();
    private readonly List<(string Resource, string Subject)> _joint = [];

    /// <summary>For a request that nobody let in: nothing that is of any kind.</summary>
    private static CallerView Nothing { get; } = new(Caller.Nobody, new FieldFilter(FieldSets.Default), DataClasses.None, static () => [], null);

    public static CallerView Of(HttpContext context) => context.Items.TryGetValue(Item, out var view) ? (CallerView)view! : Nothing;

    public static void Set(HttpContext context, CallerView view) => context.Items[Item] = view;

    /// <summary>Without a record there is no access: where there is no audit log, nobody sees joint data.</summary>
    public DataClasses Visible(string zone)
    {
        var visible = own | (grants().Any(grant => grant.Covers(zone)) ? DataClasses.All : DataClasses.None);
        return journal is null ? visible & ~DataClasses.Joint : visible;
    }

    /// <summary>Writes an object as far as the caller may see it.</summary>
    /// <param name="resource">One of <see cref="FieldSets.Resources"/>.</param>
    /// <param name="subject">What stands in the record if joint data are shown: the alert's id.</param>
    /// <param name="write">All of its fields, into an object that is open.</param>
    public void WriteObject(Utf8JsonWriter json, string resource, string zone, string subject, Action<Utf8JsonWriter> write)
    {
        var visible = Visible(zone);
        if (filter.IsWhole(resource, visible))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var whole = new Utf8JsonWriter(buffer, AlertJson.WriterOptions))
        {
            whole.WriteStartObject();
            write(whole);
            whole.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        if ((filter.Write(json, resource, visible, document.RootElement) & DataClasses.Joint) != 0)
            _joint.Add((resource, subject));
    }

    public void WriteAlert(Utf8JsonWriter json, AlertEntry entry) =>
        WriteObject(json, "alerts", entry.Zone, entry.AlertId, whole => AlertJson.WriteFields(whole, entry));

    /// <summary>An event of the stream as far as the caller may see it now: what was opened for a time closes by itself, in a stream that is open too.</summary>
    public StreamEvent See(EventViews events, in StreamEvent item)
    {
        var (seen, shown) = events.See(item, Visible(item.Entry?.Zone ?? ""));
        if ((shown & DataClasses.Joint) != 0)
            _joint.Add(("alert-log", item.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return seen;
    }

    /// <summary>An answer tells everything about something, joint data too, to somebody whose office that is: the access is put on record.</summary>
    public void Tell(string resource, string subject)
    {
        if (journal is not null)
            _joint.Add((resource, subject));
    }

    /// <summary>Puts what was shown of joint data on record; completes when it is durable.</summary>
    /// <exception cref="UnrecordedAccessException">It cannot be put on record: nothing may leave then.</exception>
    public async Task DiscloseAsync(HttpContext context)
    {
        if (_joint.Count == 0)
        {
            return;
        }

        var reason = string.Join(", ", grants().Select(grant => $"granted by {grant.ApprovedBy} as {grant.Id}"));
        foreach (var (resource, subject) in _joint.Distinct())
        {
            journal!.Record(new AccessAttempt(
                caller.Author, string.Join(',', RoleNames.Of(caller.Roles)), $"{context.Request.Method} {context.Request.Path}", $"{resource}/{subject}", IsJoint: true, IsGranted: true, reason));
        }

        _joint.Clear();
        await DurableRecord.AwaitAsync(journal!, context.RequestAborted);
    }

    /// <summary>Answers 403 unless the caller sees this kind of data of the zone.</summary>
    public async Task<bool> NeedsAsync(HttpContext context, DataClasses kind, string zone)
    {
        if ((Visible(zone) & kind) == kind)
        {
            return true;
        }

        await Problem.WriteAsync(context, ProblemTypes.ViewMissing, $"this shows data of the kind {kind.ToString().ToLowerInvariant()}, which your roles do not see");
        return false;
    }
}
