using Fengsui.Api.Security;
using Fengsui.Devices.DeadLetters;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Inputs that were refused.</summary>
internal static class DeadLetterOperations
{
    public static readonly Operation List = new("listDeadLetters", Tags.DeadLetters, "List dead letters", Permission.ReadDeadLetters)
    {
        Description = "Newest first, without their bytes.",
        Parameters =
        [
            Parameter.Limit, Parameter.Cursor, Parameter.Choice("state", "Only those that are so far.", DeadLetterStates.All), Parameter.Text("reason", "Only those refused for this reason."), Parameter.Text("source", "Only those of this client or peer."),
            Parameter.Text("topic", "Only those whose topic begins so."), Parameter.Time("from", "Inclusive."), Parameter.Time("to", "Exclusive."),
        ],
        Answers = [Answer.PageOf("DeadLetter")],
        Problems = [400],
    };

    public static readonly Operation Show = new("getDeadLetter", Tags.DeadLetters, "Show one dead letter", Permission.ReadDeadLetters)
    {
        Description = "With its bytes in base64.",
        Answers = [Answer.Ok("DeadLetterDetail", "The letter.")],
        Problems = [404],
    };

    public static readonly Operation Redrive = Repair(
        "redriveDeadLetter", "Try a dead letter again", "As it was, by the topics and decoders in force now: all of it is taken, or nothing and it stays open (422 says why). By its topic, or by the source that refused it and as of when it came; 409 `cannot-redrive` says what cannot be.", "DeadLetterNote", false);

    public static readonly Operation Fix = Repair("fixDeadLetter", "Send what should have come", "As `redrive`, with another payload, or as a message of another topic. The letter keeps its bytes.", "DeadLetterFix", true);

    public static readonly Operation Discard = Repair("discardDeadLetter", "Discard a dead letter", "It is of no use; it stays listed with the reason until newer ones take its place.", "DeadLetterDiscard", true);

    private static Operation Repair(string id, string summary, string description, string body, bool needsBody) => new(id, Tags.DeadLetters, summary, Permission.RepairDeadLetters)
    {
        Description = description,
        Body = new Body(body, IsRequired: needsBody),
        Answers = [Answer.Ok("DeadLetterOutcome", "What became of it.")],
        Problems = [400, 404, 409, 415, 422],
        TakesIdempotencyKey = true,
    };
}
