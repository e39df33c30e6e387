using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Joint data for a time, with the approval of a second person.</summary>
internal static class AccessOperations
{
    public static readonly Operation List = new("listAccessRequests", Tags.Access, "List requests for joint data", Permission.ReadAccess)
    {
        Description = "Newest first.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("AccessRequest")],
        Problems = [400],
    };

    public static readonly Operation Show = new("getAccessRequest", Tags.Access, "Show a request for joint data", Permission.ReadAccess)
    {
        Answers = [Answer.Ok("AccessRequest", "The request.")],
        Problems = [404],
    };

    public static readonly Operation Ask = new("askAccess", Tags.Access, "Ask to see joint data", Permission.GrantAccess)
    {
        Description = "For somebody with one of the roles safety and customs. It waits for a day.",
        Body = new Body("AccessQuestion"),
        Answers = [Answer.Created("AccessRequest", "The request.")],
        Problems = [400, 409, 415],
        TakesIdempotencyKey = true,
    };

    public static readonly Operation Approve = Decision("approveAccess", "Approve a request for joint data", "The access begins now and lasts as long as was asked for.");

    public static readonly Operation Refuse = Decision("refuseAccess", "Refuse a request for joint data", "It is over.");

    public static readonly Operation End = new("endAccess", Tags.Access, "End an access, or take a request back", Permission.GrantAccess)
    {
        Description = "Once more changes nothing.",
        Answers = [Answer.Ok("AccessRequest", "The request.")],
        Problems = [404],
    };

    private static Operation Decision(string id, string summary, string description) => new(id, Tags.Access, summary, Permission.GrantAccess)
    {
        Description = description + " By another person than the one who asked, with the role that person has not.",
        Answers = [Answer.Ok("AccessRequest", "The request after that.")],
        Problems = [404, 409],
        TakesIdempotencyKey = true,
    };
}
