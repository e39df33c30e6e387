using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Fengsui.EndToEnd.Tests.Delivery;

namespace Fengsui.EndToEnd.Tests.Documents;

/// <summary>Somebody new does what the documents say, to the letter.</summary>
public sealed class DocumentedWalkTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>The whole of "A walk" in docs/api.md in one shell; only the ports are others, and a machine under load is given more than a moment.</summary>
    [FactIfInstalled("curl")]
    public async Task The_walk_through_the_api_does_what_it_says()
    {
        var port = LoopbackPorts.Take().ToString(CultureInfo.InvariantCulture);
        await WriteProgramAsync();
        var blocks = DocumentText.Blocks("api.md", "bash");
        Assert.Equal(2, blocks.Count);
        var script = $$"""
            chmod +x fengsui
            trap 'kill $SERVER; wait $SERVER' EXIT
            {{blocks[0].Replace("--data data &", $"--data data --mqtt-port 0 --http-port {port} > serve.log &", StringComparison.Ordinal)}}
            SERVER=$!
            U=http://127.0.0.1:{{port}}/api/v1
            as() { curl -s -H "Authorization: Bearer $(cat $1.key)" "${@:2}"; }
            for i in $(seq 300); do grep -q listening serve.log && break; sleep 0.1; done
            until_has() { for i in $(seq 300); do as operator "$1" | grep -q "$2" && break; sleep 0.1; done; }
            {{blocks[1].Replace("sleep 1\n", "until_has $U/alerts firing\n", StringComparison.Ordinal).Replace("as operator \"$U/dead", "until_has $U/dead-letters unsupported\nas operator \"$U/dead", StringComparison.Ordinal)}}
            """;
        var start = new ProcessStartInfo("/bin/bash", ["-c", script]) { WorkingDirectory = _directory.Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = _directory.Path + ":" + Environment.GetEnvironmentVariable("PATH");
        var result = await Command.RunAsync(start, null, TimeSpan.FromMinutes(2));
        output.WriteLine(result.ToString());
        string[] expected =
        [
            "\"state\":\"firing\"", "ETag: \"1\"", "\"event\":\"acknowledged\"", "\"event\":\"disposal-confirmed\"", "\"event\":\"disposed\"", "\"state\":\"asked\"", "\"state\":\"approved\"",
            "\"note\":\"valve closed\"\n\"note\":\"seal 7 whole\"", "\"reason\":\"unsupported-value\"", "\"state\":\"re-driven\"",
        ];
        var from = 0;
        foreach (var text in expected)
        {
            var at = result.Output.IndexOf(text, from, StringComparison.OrdinalIgnoreCase);
            Assert.True(at >= 0, $"after {from} characters no {text}");
            from = at + text.Length;
        }
    }

    /// <summary>Duties and noise of docs/alerts.md beside the shipped rules, the bridge of docs/bridge.md, and receivers of docs/delivery.md with their secrets.</summary>
    [Fact]
    public async Task The_configurations_to_copy_are_accepted_as_they_stand()
    {
        var config = _directory["config"];
        TestDirectory.Copy(FengsuiProgram.ShippedConfiguration, config);
        var sections = DocumentText.Blocks("alerts.md", "yaml");
        Assert.Equal(2, sections.Count);
        await File.WriteAllTextAsync(Path.Combine(config, "rules", "library", "duties.yaml"), sections[0]);
        await File.WriteAllTextAsync(Path.Combine(config, "rules", "noise.yaml"), sections[1]);

        var bridge = DocumentText.Blocks("bridge.md", "yaml")[0];
        await File.WriteAllTextAsync(Path.Combine(config, "sources", "bridge.yaml"), bridge);
        Directory.CreateDirectory(Path.Combine(config, "secrets"));
        var receivers = Assert.Single(DocumentText.Blocks("delivery.md", "yaml"));
        await File.WriteAllTextAsync(Path.Combine(config, "receivers.yaml"), receivers);
        foreach (Match secret in Regex.Matches(bridge + receivers, @"_file: (\S+)").Where(match => !match.Value.Contains("ca_file", StringComparison.Ordinal)))
        {
            await File.WriteAllTextAsync(Path.Combine(config, secret.Groups[1].Value), "sixteen characters and more\n");
        }

        MailCertificate.Write(_directory);
        File.Copy(_directory["server.pem"], Path.Combine(config, "authority.pem"), overwrite: true);
        var result = await FengsuiProgram.RunAsync(_directory.Path, "check", "--config", config);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private async Task WriteProgramAsync()
    {
        var start = FengsuiProgram.Start([], _directory.Path);
        var path = _directory["fengsui"];
        await File.WriteAllTextAsync(path, $"#!/bin/sh\nexec '{start.FileName}' '{string.Join("' '", start.ArgumentList)}' \"$@\"\n");
    }
}
