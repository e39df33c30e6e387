using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Vehicles.Configuration;
using Fengsui.Ingest.Vehicles.Reports;

namespace Fengsui.Ingest.Tests.Vehicles;

public sealed class VehicleSectionTests
{
    private const string Good = """
        jt808:
          - name: trucks
            listen: 127.0.0.1:8808
            max_connections: 20
            idle_timeout: 3m
            device: truck-{phone}
            auth_secret_file: secrets/jt808
            registration: closed
            cargo_doors: [middle, rear]
            terminals:
              - { phone: "013912344329", device: tanker-7 }
              - { phone: "13912344330", auth_code_file: secrets/tanker-8 }
        """;

    [Fact]
    public void A_section_reads_as_it_is_written()
    {
        var source = Assert.IsType<VehicleDefinition>(Assert.Single(Read(Good).Sources));
        Assert.Equal(("jt808", "trucks", "127.0.0.1:8808"), (source.Protocol, source.Name, source.Listen.EndPoint.ToString()));
        Assert.Equal((20, TimeSpan.FromMinutes(3)), (source.Listen.MaxConnections, source.Listen.IdleTimeout));
        Assert.Equal((false, false, "truck-{phone}"), (source.AcceptUnknown, source.IsRegistrationOpen, source.DeviceTemplate));
        Assert.Equal(StatusBits.MiddleDoor | StatusBits.RearDoor, source.CargoDoors);
        Assert.Equal(
            [new TerminalFact("13912344329", "tanker-7", null), new TerminalFact("13912344330", null, "secrets/tanker-8")], source.Terminals);
    }

    [Fact]
    public void Nothing_listens_without_a_section() => Assert.Empty(Read("# nothing\n{}").Sources);

    [Fact]
    public void The_fingerprint_changes_with_every_value_and_not_with_comments()
    {
        var print = Assert.Single(Read(Good).Sources).Fingerprint;
        Assert.Equal(print, Assert.Single(Read("# a comment\n" + Good).Sources).Fingerprint);
        Assert.NotEqual(print, Assert.Single(Read(Good.Replace("3m", "4m", StringComparison.Ordinal)).Sources).Fingerprint);
        Assert.NotEqual(print, Assert.Single(Read(Good.Replace("tanker-7", "tanker-9", StringComparison.Ordinal)).Sources).Fingerprint);
    }

    [Fact]
    public void Every_mistake_is_found_at_once()
    {
        var catalog = Read("""
            jt808:
              - name: trucks
                listen: somewhere
                max_connections: 0
                device: truck
                unknown: maybe
                cargo_doors: [rear, roof]
                terminals:
                  - { phone: "12a" }
                  - { device: x }
                  - { phone: "1", device: "a/b" }
                  - { phone: "01", devise: c }
            """);
        Assert.Equal(
            [
                "2:5 missing-key terminal '1' has no authentication code",
                "3:13 invalid-value 'somewhere' is nothing to listen on",
                "4:22 out-of-range 'max_connections' is '0'",
                "5:13 invalid-value 'truck' does not make an id of each phone",
                "6:14 invalid-value 'unknown' is 'maybe'",
                "7:18 invalid-value there is no door 'roof'",
                "9:18 invalid-value '12a' is no phone number of a terminal",
                "10:9 missing-key a terminal needs the key 'phone'",
                "11:31 invalid-value 'a/b' cannot be a level of a topic",
                "12:18 duplicate-name terminal '1' is declared already",
                "12:24 unknown-key unknown key 'devise' in a terminal; did you mean 'device'?",
            ],
            Texts(catalog));
        Assert.Empty(catalog.Sources);
    }

    [Theory]
    [InlineData("unknown: accept", "any terminal could connect to 0.0.0.0:8808")]
    [InlineData("auth: none", "anybody who knows a phone number could report to 0.0.0.0:8808")]
    public void Beyond_loopback_it_is_not_open_to_everybody(string key, string message) =>
        Assert.Contains(message, string.Join('\n', Texts(Read($"jt808:\n  - name: a\n    listen: '*:8808'\n    auth_secret_file: s\n    {key}\n"))), StringComparison.Ordinal);

    [Fact]
    public void Two_sources_of_one_name_are_a_mistake() =>
        Assert.Contains("declared already", string.Join('\n', Texts(Read(Good + "\n  - { name: trucks, listen: '127.0.0.1:1', auth: none }\n"))), StringComparison.Ordinal);

    private static SourceCatalog Read(string text) => SourceFileReader.Read([new SourceFile("s.yaml", text)]);

    private static IEnumerable<string> Texts(SourceCatalog catalog) =>
        catalog.Diagnostics.Select(mistake => $"{mistake.Line}:{mistake.Column} {mistake.Code} {mistake.Message}");
}
