using System.Diagnostics.Metrics;
using Fengsui.Api.Metrics;
using Fengsui.Support;

namespace Fengsui.Api.Tests.Metrics;

public sealed class MetricStoreTests : IDisposable
{
    private readonly MetricStore _store = new();
    private readonly Meter _meter = new("Fengsui.Test");

    public void Dispose()
    {
        _meter.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void Counters_have_the_suffix_total_and_add_up_by_their_labels()
    {
        var counter = _meter.CreateCounter<long>("fengsui.test.messages", "{message}", "Messages.");
        counter.Add(2, new("qos", 1), new("form", "json"));
        counter.Add(3, new("form", "json"), new("qos", 1));
        counter.Add(5, new("qos", 0), new("form", "json"));

        var text = Scrape();

        Assert.Equal("counter", text.TypeOf("fengsui_test_messages_total"));
        Assert.Equal("Messages.", text.HelpOf("fengsui_test_messages_total"));
        Assert.Equal(5, text.Value("fengsui_test_messages_total", "form=\"json\",qos=\"1\""));
        Assert.Equal(5, text.Value("fengsui_test_messages_total", "form=\"json\",qos=\"0\""));
    }

    [Fact]
    public void Units_become_words_of_the_name()
    {
        _meter.CreateCounter<double>("fengsui.test.cpu", "s").Add(1.5);
        _meter.CreateUpDownCounter<long>("fengsui.test.queue", "By").Add(64);
        _meter.CreateGauge<double>("fengsui.test.rate", "By/s").Record(0.25);
        _meter.CreateGauge<int>("fengsui.test.flag", "1").Record(1);

        var text = Scrape();

        Assert.Equal(1.5, text.Value("fengsui_test_cpu_seconds_total"));
        Assert.Equal(64, text.Value("fengsui_test_queue_bytes"));
        Assert.Equal("gauge", text.TypeOf("fengsui_test_queue_bytes"));
        Assert.Equal(0.25, text.Value("fengsui_test_rate_bytes_per_second"));
        Assert.Equal(1, text.Value("fengsui_test_flag"));
    }

    [Fact]
    public void Histograms_have_cumulative_buckets_a_sum_and_a_count()
    {
        var histogram = _meter.CreateHistogram("fengsui.test.wait", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in new[] { 0.25, 0.5, 0.75, 100, double.NaN })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("step", "a"));
        }

        var text = Scrape();

        Assert.Equal("histogram", text.TypeOf("fengsui_test_wait_seconds"));
        Assert.Equal(2, text.Value("fengsui_test_wait_seconds_bucket", "step=\"a\",le=\"0.5\""));
        Assert.Equal(3, text.Value("fengsui_test_wait_seconds_bucket", "step=\"a\",le=\"1\""));
        Assert.Equal(4, text.Value("fengsui_test_wait_seconds_bucket", "step=\"a\",le=\"+Inf\""));
        Assert.Equal(101.5, text.Value("fengsui_test_wait_seconds_sum", "step=\"a\""));
        Assert.Equal(4, text.Value("fengsui_test_wait_seconds_count", "step=\"a\""));
    }

    [Fact]
    public void A_gauge_shows_its_last_value_and_an_observed_one_its_present_value()
    {
        var gauge = _meter.CreateGauge<long>("fengsui.test.level");
        gauge.Record(7);
        gauge.Record(3);
        var depth = 10;
        _meter.CreateObservableGauge("fengsui.test.depth", () => depth);
        _meter.CreateObservableCounter("fengsui.test.done", () => (long)depth);

        Assert.Equal(3, Scrape().Value("fengsui_test_level"));
        depth = 20;
        var text = Scrape();
        Assert.Equal(20, text.Value("fengsui_test_depth"));
        Assert.Equal(20, text.Value("fengsui_test_done_total"));
    }

    [Fact]
    public void An_observed_series_that_is_no_longer_reported_disappears()
    {
        string[] shards = ["0", "1"];
        _meter.CreateObservableGauge("fengsui.test.shard", () => shards.Select(shard => new Measurement<int>(1, new KeyValuePair<string, object?>("shard", shard))));

        Assert.True(Scrape().Has("fengsui_test_shard", "shard=\"1\""));
        shards = ["0"];
        var text = Scrape();
        Assert.True(text.Has("fengsui_test_shard", "shard=\"0\""));
        Assert.False(text.Has("fengsui_test_shard", "shard=\"1\""));
    }

    [Fact]
    public void Two_instruments_of_one_name_add_up_and_one_of_another_kind_is_left_out_and_counted()
    {
        using var other = new Meter("Fengsui.Other");
        _meter.CreateCounter<long>("fengsui.test.shared").Add(1);
        other.CreateCounter<int>("fengsui.test.shared").Add(2);
        other.CreateHistogram<double>("fengsui.test.shared_total").Record(1);

        var text = Scrape();

        Assert.Equal(3, text.Value("fengsui_test_shared_total"));
        Assert.Equal("counter", text.TypeOf("fengsui_test_shared_total"));
        Assert.Equal(1, text.Value("fengsui_metrics_dropped_measurements_total"));
    }

    [Fact]
    public void Label_values_and_help_are_escaped()
    {
        _meter.CreateCounter<long>("fengsui.test.escape", description: "a \\ and\na line").Add(1, new KeyValuePair<string, object?>("odd-name", "q\"b\\n\nx"));

        var text = Scrape();

        Assert.Equal("a \\\\ and\\na line", text.HelpOf("fengsui_test_escape_total"));
        Assert.Equal(1, text.Value("fengsui_test_escape_total", "odd_name=\"q\\\"b\\\\n\\nx\""));
    }

    [Fact]
    public void A_family_keeps_a_bounded_number_of_series_and_counts_what_it_drops()
    {
        var counter = _meter.CreateCounter<long>("fengsui.test.flood");
        for (var i = 0; i < MetricFamily.MaxSeries + 5; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("client", i));
        }

        var text = Scrape();

        Assert.Equal(MetricFamily.MaxSeries, text.CountOf("fengsui_test_flood_total"));
        Assert.Equal(5, text.Value("fengsui_metrics_dropped_measurements_total"));
    }

    [Fact]
    public void Meters_of_others_are_left_out_and_the_runtime_is_shown()
    {
        using var other = new Meter("Somebody.Else");
        other.CreateCounter<long>("somebody.else").Add(1);

        var text = Scrape();

        Assert.False(text.Has("somebody_else_total"));
        Assert.True(text.Has("dotnet_process_memory_working_set_bytes"));
    }

    [Fact]
    public void Measuring_on_a_series_that_exists_allocates_nothing()
    {
        var counter = _meter.CreateCounter<long>("fengsui.test.hot");
        var histogram = _meter.CreateHistogram<double>("fengsui.test.hot_wait", "s");
        var tag = new KeyValuePair<string, object?>("shard", "3");
        Measure(10_000);

        Assert.Equal(0, Allocation.LeastOf(() => Measure(1000)));

        void Measure(int times)
        {
            for (var i = 0; i < times; i++)
            {
                counter.Add(1, tag);
                counter.Add(1);
                histogram.Record(0.002, tag);
            }
        }
    }

    private ExpositionText Scrape()
    {
        using var text = new StringWriter { NewLine = "\n" };
        _store.WriteTo(text);
        return ExpositionText.Parse(text.ToString());
    }
}
