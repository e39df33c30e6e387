using System.Text;
using System.Text.Json;

namespace Fengsui.Devices.RuleSets;

/// <summary>Where the features of a route file stand in its bytes.</summary>
/// <param name="Features">From the first byte of each to behind its last, in the order of the file.</param>
/// <param name="End">Behind the last feature of a collection, where another one can be put.</param>
internal sealed record FeaturePlaces(byte[] Bytes, IReadOnlyList<(int Start, int End)> Features, int End, bool IsCollection)
{
    /// <param name="text">Of a file that the rules were read from without a mistake.</param>
    public static FeaturePlaces Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isCollection = SaysCollection(reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isList = isCollection && reader.ValueTextEquals("features"u8);
            reader.Read();
            if (isList)
            {
                return List(bytes, ref reader);
            }

            reader.Skip();
        }

        return new FeaturePlaces(bytes, [(start, (int)reader.BytesConsumed)], (int)reader.BytesConsumed, IsCollection: false);
    }

    /// <summary>By its type: a feature may have a member of its own that is called features.</summary>
    private static bool SaysCollection(Utf8JsonReader ahead)
    {
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isType = ahead.ValueTextEquals("type"u8);
            ahead.Read();
            if (isType)
            {
                return ahead.ValueTextEquals("FeatureCollection"u8);
            }

            ahead.Skip();
        }

        return false;
    }

    private static FeaturePlaces List(byte[] bytes, ref Utf8JsonReader reader)
    {
        var features = new List<(int Start, int End)>();
        var end = (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            end = (int)reader.BytesConsumed;
            features.Add((start, end));
        }

        return new FeaturePlaces(bytes, features, end, IsCollection: true);
    }
}
