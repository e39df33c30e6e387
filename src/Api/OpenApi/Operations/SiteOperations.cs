using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Zones and what is known of them.</summary>
internal static class SiteOperations
{
    public static readonly Operation ListZones = new("listZones", Tags.Site, "List zones", Permission.ReadSite)
    {
        Description = "In the order in which the journal first named them.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("Zone")],
        Problems = [400],
    };

    public static readonly Operation ShowZone = new("getZone", Tags.Site, "Show one zone", Permission.ReadSite)
    {
        Description = "Everything that is known of it, with its own active alerts.",
        Answers = [Answer.Ok("ZoneDetail", "The zone.")],
        Problems = [404],
    };

    public static readonly Operation TestGas = new("reportGasTest", Tags.Site, "Report a gas test", Permission.ChangeSite)
    {
        Body = new Body("GasTestReport"),
        Answers = [Answer.Created("GasTest", "The test, durable and seen by the rules.")],
        Problems = [400, 404, 415],
        TakesIdempotencyKey = true,
    };

    public static readonly Operation Unlock = new("reportUnlock", Tags.Site, "Report an unlock", Permission.ChangeSite)
    {
        Body = new Body("UnlockReport"),
        Answers = [Answer.Created("Unlock", "The unlock, durable and seen by the rules.")],
        Problems = [400, 404, 415],
        TakesIdempotencyKey = true,
    };

    public static readonly Operation ListPermits = new("listPermits", Tags.Site, "List permits of a zone", Permission.ReadSite)
    {
        Description = "All that are remembered, by id.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("Permit")],
        Problems = [400, 404],
    };

    public static readonly Operation ShowPermit = new("getPermit", Tags.Site, "Show one permit", Permission.ReadSite)
    {
        Description = "Its `ETag` is what a change names in `If-Match`.",
        Answers = [Answer.Ok("Permit", "The permit.")],
        Problems = [404],
    };

    public static readonly Operation GrantPermit = new("grantPermit", Tags.Site, "Grant a permit, or replace one", Permission.ChangeSite)
    {
        Description = "Without an id each call makes a new permit. To replace one, name in `If-Match` what you have seen of it.",
        Parameters = [Parameter.IfMatchState],
        Body = new Body("PermitGrant"),
        Answers = [Answer.Created("Permit", "The new permit."), Answer.Ok("Permit", "The permit that was replaced.")],
        Problems = [400, 404, 409, 412, 415, 428],
        TakesIdempotencyKey = true,
    };

    public static readonly Operation RevokePermit = new("revokePermit", Tags.Site, "Revoke a permit", Permission.ChangeSite)
    {
        Description = "Ends it now, whatever it has become; with `If-Match` only as it was seen. Once more changes nothing.",
        Parameters = [Parameter.IfMatchState],
        Answers = [Answer.Ok("Permit", "The permit.")],
        Problems = [400, 404, 412],
    };

    public static readonly Operation ShowGoods = new("getGoods", Tags.Site, "Show the goods of a zone", Permission.ReadSite)
    {
        Description = "Its `ETag` is what a change names in `If-Match`.",
        Answers = [Answer.Ok("GoodsOfZone", "The goods.")],
        Problems = [404],
    };

    public static readonly Operation SetGoods = new("setGoods", Tags.Site, "Say how much of a substance is there", Permission.ChangeSite)
    {
        Description = "A substance that is there with other figures is replaced only with `If-Match`: the tag of the zone's goods, or `*` from what is the truth itself, such as scales.",
        Parameters = [Parameter.IfMatchState],
        Body = new Body("GoodsSet"),
        Answers = [Answer.Ok("GoodsOfZone", "The goods after that.")],
        Problems = [400, 404, 409, 412, 415, 428],
    };

    public static readonly Operation MoveGoods = new("moveGoods", Tags.Site, "Say how much of a substance came or went", Permission.ChangeSite)
    {
        Description = "Added to or taken from what is there, so it needs no version; with `If-Match` it counts only when the zone's goods are as they were seen.",
        Parameters = [Parameter.IfMatchState],
        Body = new Body("GoodsMove"),
        Answers = [Answer.Ok("GoodsOfZone", "The goods after that.")],
        Problems = [400, 404, 409, 412, 415],
        TakesIdempotencyKey = true,
    };

    public static readonly Operation ListPersons = new("listPersons", Tags.Site, "List persons", Permission.ReadPersons)
    {
        Description = "In the order in which they were first heard of.",
        Parameters = [Parameter.Limit, Parameter.Cursor, Parameter.Text("zone", "Only those in this zone.")],
        Answers = [Answer.PageOf("Person")],
        Problems = [400],
    };

    public static readonly Operation ShowPerson = new("getPerson", Tags.Site, "Show where a person is", Permission.ReadPersons)
    {
        Answers = [Answer.Ok("Person", "The person.")],
        Problems = [404],
    };

    public static readonly Operation MovePerson = new("movePerson", Tags.Site, "Say where a person is", Permission.ChangeSite)
    {
        Body = new Body("PersonMove"),
        Answers = [Answer.Ok("Person", "The person.")],
        Problems = [400, 404, 409, 415],
    };
}
