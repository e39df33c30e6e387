using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>What simulated vehicles were given an answer for.</summary>
internal sealed class AckedVehicles
{
    private readonly Dictionary<string, SortedDictionary<long, (double Speed, double Mileage)>> _positions = [];

    public AckedVehicles(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            var phone = document.RootElement.GetProperty("d").GetString()!;
            var values = document.RootElement.GetProperty("v");
            if (!_positions.TryGetValue(phone, out var positions))
            {
                _positions[phone] = positions = [];
            }

            positions[document.RootElement.GetProperty("ts").GetInt64()] = (values[0].GetDouble(), values[2].GetDouble());
        }
    }

    public int Count => _positions.Values.Sum(positions => positions.Count);

    /// <summary>Every acknowledged position is stored, once, as it was sent; and nothing else is.</summary>
    public async Task AssertStoredOnceAsync(ApiClient api)
    {
        foreach (var (phone, positions) in _positions)
        {
            var (from, to) = (positions.Keys.First(), positions.Keys.Last() + 1);
            var mileage = await api.ReadingsAsync($"vehicle-{phone}", "mileage", from, to);
            Assert.Equal(positions.Select(position => (position.Key, position.Value.Mileage)), mileage);
            var missing = positions.Where(position => position.Value.Speed < 0).Select(position => position.Key).ToHashSet();
            var speed = await api.ReadingsAsync($"vehicle-{phone}", "speed", from, to);
            Assert.Equal(
                positions.Where(position => position.Value.Speed >= 0).Select(position => (position.Key, position.Value.Speed)),
                speed.Where(reading => !missing.Contains(reading.TimeMs)));
        }
    }
}
