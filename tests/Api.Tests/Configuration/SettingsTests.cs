using Fengsui.Api.Configuration;
using Fengsui.Api.Configuration.Binding;

namespace Fengsui.Api.Tests.Configuration;

public sealed class SettingsTests
{
    [Fact]
    public void Every_option_takes_back_what_it_shows_of_its_default()
    {
        foreach (var setting in Settings.All)
        {
            var defaults = new FengsuiOptions();
            var shown = setting.Show(defaults);
            if (shown.Length == 0)
            {
                continue;
            }

            string[] texts = setting.IsList ? shown.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries) : [shown];
            Assert.True(setting.TryApply(defaults, texts), $"{setting.Path} does not take {shown}");
            Assert.Equal(shown, setting.Show(defaults));
        }
    }

    [Fact]
    public void Paths_and_variables_of_options_are_unique()
    {
        Assert.Equal(Settings.All.Count, Settings.All.Select(setting => setting.Path).Distinct().Count());
        var variables = Settings.All.Select(setting => setting.Variable).Concat(OverrideBinder.ShortVariables.Keys).Concat(OverrideBinder.OtherVariables).ToArray();
        Assert.Equal(variables.Length, variables.Distinct().Count());
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("*", "0.0.0.0")]
    [InlineData("::1", "::1")]
    [InlineData("::", "::")]
    public void Addresses_to_bind_are_taken_in_the_ways_people_write_them(string text, string address)
    {
        Assert.True(BindAddress.TryParse(text, out var parsed));
        Assert.Equal(address, parsed.ToString());
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("0x7f000001")]
    [InlineData("example.com")]
    [InlineData("")]
    public void What_is_no_address_is_not_guessed_at(string text) => Assert.False(BindAddress.TryParse(text, out _));

    [Fact]
    public void The_operations_document_lists_every_option_with_its_default()
    {
        var document = File.ReadAllText(Repository.File("docs/operations.md"));
        var defaults = new FengsuiOptions();

        var missing = Settings.All.Select(setting => $"| `{setting.Path}` | {Shown(setting.Show(defaults))} |").Where(row => !document.Contains(row, StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_shipped_configuration_is_valid_and_changes_no_default()
    {
        var shipped = ConfigurationLoader.Load(ConfigurationSources.None with { ConfigDirectory = Repository.File("config") });
        var defaults = new FengsuiOptions();

        Assert.Empty(shipped.Mistakes);
        Assert.Empty(shipped.Warnings);
        Assert.All(Settings.All, setting => Assert.Equal(setting.Show(defaults), setting.Show(shipped.Options)));
    }

    [Fact]
    public void The_shipped_configuration_shows_every_option_with_its_default()
    {
        var file = File.ReadAllText(Repository.File("config/fengsui.yaml")).Replace("'", "", StringComparison.Ordinal);
        var defaults = new FengsuiOptions();

        Assert.All(Settings.All, setting => Assert.Contains($"{setting.Key}: {setting.Show(defaults)}", file, StringComparison.Ordinal));
    }

    private static string Shown(string value) => value.Length == 0 ? "–" : $"`{value}`";
}
