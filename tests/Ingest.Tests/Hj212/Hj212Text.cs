using System.Globalization;
using System.Text;

namespace Fengsui.Ingest.Tests.Hj212;

/// <summary>Builds packets from the description of the protocol, not from the code under test.</summary>
internal static class Hj212Text
{
    /// <summary>The vector of the standard's own example, check 1C80.</summary>
    public const string Golden =
        "##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80\r\n";

    public const string Station = "010000A8900016F000169DC0";

    public static byte[] Packet(
        string content, int command = 2011, int flag = 5, string station = Station, string password = "100000", string number = "20261125115900000", string place = "") =>
        Wrap($"QN={number};ST=32;CN={command};PW={password};MN={station};Flag={flag};{place}CP=&&{content}&&");

    public static byte[] Wrap(string data) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"##{data.Length:D4}{data}{Check(data):X4}\r\n"));

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static int Check(string data)
    {
        var sum = 0xFFFF;
        foreach (var character in data)
        {
            sum = (sum >> 8) ^ character;
            for (var step = 0; step < 8; step++)
            {
                var carries = sum % 2 == 1;
                sum /= 2;
                sum = carries ? sum ^ 0xA001 : sum;
            }
        }

        return sum;
    }
}
