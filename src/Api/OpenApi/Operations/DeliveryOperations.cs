using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Who is told of alerts outside.</summary>
internal static class DeliveryOperations
{
    public static readonly Operation List = new("listReceivers", Tags.Delivery, "List receivers", Permission.ReadReceivers)
    {
        Description = "By name, each with how far behind the alert log it is.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("Receiver")],
        Problems = [400],
    };

    public static readonly Operation Show = new("getReceiver", Tags.Delivery, "Show one receiver", Permission.ReadReceivers)
    {
        Answers = [Answer.Ok("Receiver", "The receiver and how far it is.")],
        Problems = [404],
    };

    public static readonly Operation Failed = new("listFailedDeliveries", Tags.Delivery, "List what a receiver refused", Permission.ReadReceivers)
    {
        Description = "Entries of the alert log that were set aside after the receiver had refused them for `give_up_after`, in the order of the log.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("FailedDelivery")],
        Problems = [400, 404],
    };

    public static readonly Operation Redeliver = new("redeliver", Tags.Delivery, "Tell a receiver again", Permission.ManageReceivers)
    {
        Description = "One of: `from`, everything from a number of the alert log on, in order; `since`, everything that was logged at a time or later; `alert`, the entries of one alert; `failed`, what was set aside. Routes count as they are now.",
        Body = new Body("Redelivery"),
        Answers = [Answer.Ok("Receiver", "The receiver; `again` counts what waits to be told again.")],
        Problems = [400, 404, 409, 415],
    };

    public static readonly Operation Test = new("testReceiver", Tags.Delivery, "Send a test notice", Permission.ManageReceivers)
    {
        Description = "Once, marked as a test, past everything that waits; answers what the receiver answered.",
        Answers = [Answer.Ok("DeliveryTest", "What became of it.")],
        Problems = [404],
    };
}
