using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Forms;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Again;

namespace Fengsui.Ingest.Ble.Tcp;

/// <summary>
/// Takes again a frame of a gateway. What was stored of it is recognised as heard before; adverts that are refused again are found before the book is asked
/// about any, so that none is taken for heard that was not stored.
/// </summary>
/// <param name="about"><c>ble/SOURCE</c>; the gateway stands behind it.</param>
internal sealed class GatewaySecondTaker(string about, AdvertBook book, SourceContext context) : ISecondTaker
{
    public async ValueTask<string> TakeAsync(SecondLetter letter, SampleIntake intake, SourceConnection report, CancellationToken cancellation)
    {
        if (!letter.About.StartsWith(about + "/", StringComparison.Ordinal))
        {
            return "it was kept without the name of its gateway, by an earlier version of this server";
        }

        if (letter.Reason == RejectReason.Replayed.Name() && !letter.IsMended)
        {
            return "a counter in it was used already (replayed): nobody can tell it from a recording";
        }

        var taker = new AdvertTaker(book, report);
        Stage(letter, taker, intake);
        foreach (var unlock in taker.Unlocks)
        {
            await context.Engine.Site.SubmitAsync(about, unlock.Zone, unlock.Fact, cancellation).ConfigureAwait(false);
        }

        return "";
    }

    private void Stage(SecondLetter letter, AdvertTaker taker, SampleIntake intake)
    {
        var message = new GatewayMessage();
        message.SetGateway(Encoding.UTF8.GetBytes(letter.About[(about.Length + 1)..]));
        intake.BeginMessage();
        var fault = GatewayJson.Read(letter.Bytes.Span, message);
        if (fault == RejectReason.None)
        {
            AdvertTimes.Apply(message);
            fault = taker.Take(message, intake.Rows, intake.Devices);
        }

        if (fault != RejectReason.None || intake.Rows is not { Count: 0, Partial: RejectReason.None, IsExpected: false })
        {
            intake.EndMessage(fault, default, letter.Bytes.Span);
        }
    }
}
