using System.Text;
using Fengsui.Api.Security;
using Fengsui.Devices.Audit;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Sources.Again;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// <c>POST /dead-letters/{id}/redrive</c>, <c>/fix</c> and <c>/discard</c>: what becomes of an input that was refused. One at a time, so that two people
/// do not send the same one twice.
/// </summary>
internal sealed class DeadLetterRepair(Func<TelemetryIntake?> intake, Func<IAccessJournal?> journal)
{
    private static readonly SemaphoreSlim One = new(1, 1);

    /// <summary><c>{"note"?}</c>: once more as it was; a device may have been declared meanwhile.</summary>
    public Task RedriveAsync(HttpContext context, DeviceEngine engine) => DecideAsync(context, engine, (body, letter) => new Mended(null, letter.Payload, body.Lines("note", MaxNote)));

    /// <summary><c>{"topic"?, "payload"? or "payload_base64"?, "note"?}</c>: what should have come.</summary>
    public Task FixAsync(HttpContext context, DeviceEngine engine) => DecideAsync(context, engine, (body, letter) =>
    {
        var topic = body.Text("topic", isRequired: false);
        var text = body.Lines("payload", DeadLetter.MaxPayloadBytes);
        var bytes = body.Base64("payload_base64", DeadLetter.MaxPayloadBytes);
        _ = text.Length == 0 || bytes is null || body.Mistake("payload", "and payload_base64 cannot both be given", false);
        return new Mended(topic.Length > 0 ? topic : null, bytes ?? (text.Length > 0 ? Encoding.UTF8.GetBytes(text) : letter.Payload), body.Lines("note", MaxNote));
    });

    /// <summary><c>{"note"}</c>: why it is of no use.</summary>
    public Task DiscardAsync(HttpContext context, DeviceEngine engine) => DecideAsync(context, engine, (body, _) => new Mended(null, null, body.Text("note")));

    private const int MaxNote = 1_000;

    private async Task DecideAsync(HttpContext context, DeviceEngine engine, Func<RequestBody, DeadLetter, Mended> read)
    {
        if (await RequestBody.ReadOptionalAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            await One.WaitAsync(context.RequestAborted);
            try
            {
                if (DeadLetterEndpoints.Find(context, engine) is not { } stored)
                {
                    await DeadLetterEndpoints.NotFoundAsync(context);
                }
                else if (read(body, stored.Letter) is var mended && await body.IsRightAsync(context))
                {
                    await DecideAsync(context, engine, stored, mended);
                }
            }
            finally
            {
                One.Release();
            }
        }
    }

    private async Task DecideAsync(HttpContext context, DeviceEngine engine, StoredDeadLetter stored, Mended mended)
    {
        if (stored.Decision is { } decided)
        {
            await Problem.WriteAsync(context, ProblemTypes.Conflict, $"{decided.Actor} saw to it already: it is {decided.State}");
            return;
        }

        if (mended.Payload is { } payload)
        {
            if (stored.Letter.IsTruncated && ReferenceEquals(payload, stored.Letter.Payload))
            {
                await Problem.WriteAsync(context, ProblemTypes.Conflict, $"only the first {payload.Length} of its {stored.Letter.OriginalLength} bytes were kept: send the whole with 'fix'");
                return;
            }

            var isOfTopic = mended.Topic is not null || !SecondTries.Knows(stored.Letter.Protocol);
            if (!await (isOfTopic ? TakeAsync(context, mended.Topic ?? stored.Letter.Topic, payload) : TakeAsync(context, stored.Letter, payload)))
            {
                return;
            }
        }

        await KeepAsync(context, engine, stored, mended);
    }

    /// <summary>As a message of a topic. False when it was not taken; that has been answered.</summary>
    private async Task<bool> TakeAsync(HttpContext context, string topic, byte[] payload)
    {
        var reason = await intake()!.TakeAgainAsync(topic, payload, context.RequestAborted);
        if (reason is null)
        {
            await Problem.WriteAsync(context, ProblemTypes.CannotRedrive, $"the topic '{topic}' is not one of telemetry: send it with 'fix' under one that is, such as telemetry/DEVICE");
            return false;
        }

        return await IsTakenAsync(context, reason.Value);
    }

    /// <summary>As bytes of the source that refused them.</summary>
    private async Task<bool> TakeAsync(HttpContext context, DeadLetter letter, byte[] payload)
    {
        var isMended = !ReferenceEquals(payload, letter.Payload);
        var outcome = await intake()!.SecondTries.TakeAsync(
            new SecondLetter(letter.Protocol, letter.Source, letter.Topic, letter.Reason, letter.TimeMs, payload, isMended), context.RequestAborted);
        if (outcome.Impossible.Length > 0)
        {
            await Problem.WriteAsync(context, ProblemTypes.CannotRedrive, $"{letter.Protocol}: {outcome.Impossible}. Send what should have come with 'fix' under a topic, such as telemetry/DEVICE");
            return false;
        }

        return await IsTakenAsync(context, outcome.Reason);
    }

    private static async Task<bool> IsTakenAsync(HttpContext context, RejectReason reason)
    {
        if (reason != RejectReason.None)
            await Problem.WriteAsync(context, ProblemTypes.NotAccepted, $"it is refused again, and nothing of it was stored: {reason.Name()}");
        return reason == RejectReason.None;
    }

    private async Task KeepAsync(HttpContext context, DeviceEngine engine, StoredDeadLetter stored, Mended mended)
    {
        var caller = Caller.Of(context);
        var state = mended.Payload is null ? DeadLetterStates.Discarded : DeadLetterStates.ReDriven;
        engine.DeadLetters.TryDecide(stored.Id, new DeadLetterDecision(state, engine.Clock.NowMs(), caller.Author, mended.Note));
        journal()?.Record(new AccessAttempt(
            caller.Author, string.Join(',', RoleNames.Of(caller.Roles)), "dead-letter-" + state, $"dead-letters/{stored.Id}", IsJoint: false, IsGranted: true, mended.Note));
        await Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", stored.Id);
            json.WriteString("state", state);
            json.WriteEndObject();
        });
    }

    /// <summary>What is sent in its place; no payload: nothing is.</summary>
    /// <param name="Topic">Null: by the way that it came.</param>
    private sealed record Mended(string? Topic, byte[]? Payload, string Note);
}
