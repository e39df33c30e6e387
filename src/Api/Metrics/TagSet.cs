namespace Fengsui.Api.Metrics;

/// <summary>
/// The tags of a series as a dictionary key, found by the span that a measurement brings along, so that measuring on a
/// series that exists allocates nothing.
/// </summary>
internal sealed class TagSet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
{
    private readonly KeyValuePair<string, object?>[] _tags = tags.ToArray();

    public sealed class Comparer : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
    {
        public static Comparer Instance { get; } = new();

        public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate);

        public bool Equals(TagSet? x, TagSet? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x._tags, y));

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
        {
            if (alternate.Length != other._tags.Length)
            {
                return false;
            }

            for (var i = 0; i < alternate.Length; i++)
            {
                if (alternate[i].Key != other._tags[i].Key || !Equals(alternate[i].Value, other._tags[i].Value))
                    return false;
            }

            return true;
        }

        public int GetHashCode(TagSet obj) => GetHashCode(obj._tags);

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            var hash = default(HashCode);
            foreach (var (name, value) in alternate)
            {
                hash.Add(name, StringComparer.Ordinal);
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
