using Fengsui.Ingest.Hj212.Configuration;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Tests.Hj212;

public sealed class Hj212SectionTests
{
    private const string Good = """
        hj212:
          - name: stacks
            listen: 127.0.0.1:9212
            device: stack-{mn}
            password_file: secrets/hj212
            other_factors: drop
            stations:
              - { mn: 010000A8900016F000169DC0, device: stack-1 }
              - { mn: ABC, password_file: secrets/abc }
            factors:
              a21026: stack.so2_mg
              a34013: { metric: dust, scale: 1000 }
              a01001: { metric: outlet.temperature, unit: K }
        """;

    [Fact]
    public void A_section_reads_as_it_is_written()
    {
        var source = Assert.IsType<Hj212Definition>(Assert.Single(Read(Good).Sources));
        Assert.Equal(("hj212", "stacks", "127.0.0.1:9212"), (source.Protocol, source.Name, source.Listen.EndPoint.ToString()));
        Assert.Equal(
            [new StationFact("010000A8900016F000169DC0", "stack-1", null), new StationFact("ABC", null, "secrets/abc")], source.Stations);
        var name = new byte[64];
        Assert.Equal((4, (1_000.0, 0.0)), (source.Factors.Find("A34013"u8, name, out var conversion), conversion));
        source.Factors.Find("a01001"u8, name, out conversion);
        Assert.Equal((1.0, -273.15), conversion);
        Assert.Equal(0, source.Factors.Find("w01018"u8, name, out _));
    }

    [Fact]
    public void Every_mistake_is_found_at_once()
    {
        var catalog = Read("""
            hj212:
              - name: stacks
                listen: 127.0.0.1:99999
                auth: pasword
                device: stack
                stations:
                  - { mn: "a b" }
                  - { mn: A }
                  - { mn: a, device: "x#" }
                factors:
                  a21026: "so 2"
                  a34013: { scale: x }
                  A34013: { metric: dust, scael: 2 }
                  w1: [1]
                  a21026x: { metric: so2, unit: mg/m3 }
                  a21002: { metric: nox, unit: ppm }
                  a21003: { metric: no2, unit: pmm }
            """);
        Assert.Equal(
            [
                "2:5 missing-key station 'A' has no password",
                "3:13 invalid-value '127.0.0.1:99999' is nothing to listen on",
                "4:11 invalid-value 'auth' is 'pasword'; did you mean 'password'?",
                "5:13 invalid-value 'stack' does not make an id of each station number",
                "7:15 invalid-value 'a b' is no number of a station",
                "9:15 duplicate-name station 'a' is declared already",
                "9:26 invalid-value 'x#' cannot be a level of a topic",
                "11:15 metric-name 'so 2' cannot be a metric's name",
                "12:15 missing-key a factor needs the key 'metric'",
                "12:24 invalid-value 'scale' is 'x'",
                "13:31 unknown-key unknown key 'scael' in a factor; did you mean 'scale'?",
                "14:11 wrong-type a factor is a list",
                "15:37 wrong-unit mg/m3 cannot be brought to ppm, the unit of 'so2'",
                "16:36 wrong-unit metric 'nox' has no unit of its own to bring ppm to",
                "17:36 unknown-unit unknown unit 'pmm'; did you mean 'ppm'?",
            ],
            catalog.Diagnostics.Select(mistake => $"{mistake.Line}:{mistake.Column} {mistake.Code} {mistake.Message}"));
        Assert.Empty(catalog.Sources);
    }

    [Fact]
    public void Beyond_loopback_a_password_is_needed()
    {
        var catalog = Read("hj212:\n  - { name: a, listen: '*:9212', auth: none }\n");
        Assert.Contains("anybody who knows a station's number", Assert.Single(catalog.Diagnostics).Message, StringComparison.Ordinal);
    }

    private static SourceCatalog Read(string text) => SourceFileReader.Read([new SourceFile("s.yaml", text)]);
}
