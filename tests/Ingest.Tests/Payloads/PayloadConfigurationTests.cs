using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Tests.Payloads;

/// <summary>Every mistake of the file at once, each where it stands.</summary>
public sealed class PayloadConfigurationTests
{
    [Fact]
    public void All_mistakes_are_found_at_once_where_they_stand()
    {
        const string yaml = """
            payloads:
              - name: a
                topics: [plant/#/x, ok/#]
                form: line-protocol
                device: "{tag.}"
                metric: fields
                precision: minutes
              - name: b
                topics: spBv1.0/#
                form: sparkplug
                node: "{device}"
                host: a/b
                rebirth_interval: 5
                max_nodes: 0
                names: { x: "" }
              - name: c
                topics: acme/#
                form: json
                rows: data
                device: "{da..ta}"
                time: { path: t, format: epoch, zone: CET }
                no_value: [none]
                metrics:
                  - { name: t, path: "a[", unit: °F, to: kPa }
                  - { name: u, path: a, unit: °F }
                  - { name: v, path: a, unit: furlong, to: m, scale: 0 }
                  - { name: w }
                  - { name: x, path: a, value: 1 }
                  - { name: position, path: a }
                  - { name: place, latitude: a, longitude: b }
                  - { name: all, path: a.* }
                  - { name: y, path: "b[*].c", words: { on: x }, scael: 2 }
              - name: d
                topics: acme/#
                form: csv
              - { form: senml, encoding: xml, units: { K: m } }
            http_writes:
              device: "{measurement"
              max_body: 1
              unknown: 1
            """;
        var found = SourceFileReader.Read([new SourceFile("p.yaml", yaml)]).Diagnostics.Select(one => $"{one.Line}:{one.Column} {one.Code}").ToArray();
        Assert.Equal(
            [
                "3:13 invalid-value", "5:14 invalid-value", "6:13 invalid-value", "7:16 invalid-value",
                "11:12 invalid-value", "12:11 invalid-value", "13:23 invalid-value", "14:16 out-of-range", "15:17 metric-name",
                "19:11 invalid-value", "20:14 invalid-value", "21:30 invalid-value", "21:43 invalid-value", "22:15 invalid-value",
                "24:28 invalid-value", "24:46 wrong-unit", "25:35 missing-key", "26:35 unknown-unit", "26:58 out-of-range", "27:9 conflict", "28:9 conflict",
                "29:17 metric-name", "30:17 metric-name", "31:17 metric-name", "32:26 invalid-value", "32:49 invalid-value", "32:54 unknown-key",
                "34:13 duplicate-name", "35:11 invalid-value", "36:5 missing-key", "36:5 missing-key", "36:30 invalid-value", "36:47 wrong-unit",
                "38:12 invalid-value", "39:13 out-of-range", "40:3 unknown-key",
            ],
            found);
    }

    [Fact]
    public void A_source_whose_text_changes_is_another_one()
    {
        static string Fingerprint(string yaml) => Assert.Single(SourceFileReader.Read([new SourceFile("p.yaml", yaml)]).Sources).Fingerprint;
        const string one = "payloads: [{ name: a, topics: x, form: senml }]";
        Assert.Equal(Fingerprint(one), Fingerprint("payloads:\n- name: a\n  topics: x # comment\n  form: senml\n"));
        Assert.NotEqual(Fingerprint(one), Fingerprint("payloads: [{ name: a, topics: y, form: senml }]"));
        Assert.NotEqual(Fingerprint(one), Fingerprint("payloads: [{ name: a, topics: x, form: senml, encoding: cbor }]"));
    }
}
