using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Inputs that were refused.</summary>
internal static class DeadLetterOperations
{
    public static readonly Operation List = new("listDeadLetters", Tags.DeadLetters, "List dead letters", Permission.ReadDeadLetters)
    {
        Description = "Newest first, without their bytes.",
        Parameters =
        [
            Parameter.Limit, Parameter.Cursor, Parameter.Text("reason", "Only those refused for this reason."), Parameter.Text("source", "Only those of this client or peer."),
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
}
