using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fengsui.Rules;

/// <summary>The deterministic name of one alert: the same rule, subject and start give the same id on every replay.</summary>
public static class AlertId
{
    /// <summary>26 characters of five bits: 130 bits of the hash.</summary>
    public const int Length = 26;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary><paramref name="subject"/> is the device's or zone's name.</summary>
    public static string Of(string ruleId, string subject, long startTimeMs)
    {
        // The rule id's length goes first, so that no two pairs of names join to the same bytes.
        var ruleBytes = Encoding.UTF8.GetByteCount(ruleId);
        var input = new byte[12 + ruleBytes + Encoding.UTF8.GetByteCount(subject)];
        BinaryPrimitives.WriteInt64LittleEndian(input, startTimeMs);
        BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(8), ruleBytes);
        Encoding.UTF8.GetBytes(ruleId, input.AsSpan(12));
        Encoding.UTF8.GetBytes(subject, input.AsSpan(12 + ruleBytes));
        return string.Create(Length, SHA256.HashData(input), static (text, hash) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var bit = i * 5;
                var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
                text[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
            }
        });
    }

    /// <summary>The name of one transition of an alert.</summary>
    public static string OfTransition(string alertId, int sequence) => $"{alertId}-{sequence}";
}
