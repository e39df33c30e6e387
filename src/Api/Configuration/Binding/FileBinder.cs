using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Binds the tree of <c>fengsui.yaml</c> to the options, reporting every mistake and going on.</summary>
internal sealed class FileBinder(FengsuiOptions options, Origins origins, EntryBinder entries, DiagnosticBag diagnostics)
{
    public void Bind(YamlNode root)
    {
        if (YamlMap.Of(root, "the file", diagnostics) is { } map)
        {
            BindSection(map, string.Empty);
        }
    }

    private void BindSection(YamlMap map, string prefix)
    {
        var sections = new List<string>();
        foreach (var setting in Settings.All.Where(setting => setting.Path.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var rest = setting.Path[prefix.Length..];
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                BindSetting(map, setting);
            }
            else if (!sections.Contains(rest[..dot]))
            {
                sections.Add(rest[..dot]);
            }
        }

        entries.Bind(map, prefix);
        foreach (var section in sections)
        {
            if (map.Map(section, $"'{prefix}{section}'") is { } below)
                BindSection(below, $"{prefix}{section}.");
        }

        map.Finish();
    }

    private void BindSetting(YamlMap map, Setting setting)
    {
        var node = map.Node(setting.Key);
        if (node is null)
        {
            return;
        }

        if (node is YamlScalar single)
        {
            Apply(setting, node, [single]);
        }
        else if (setting.IsList && node is YamlSequence list && list.Items.All(item => item is YamlScalar))
        {
            Apply(setting, node, [.. list.Items.Cast<YamlScalar>()]);
        }
        else
        {
            diagnostics.Error(node.Spot, DiagnosticCodes.WrongType, $"'{setting.Key}' is {node.Kind}", setting.Expected);
        }
    }

    private void Apply(Setting setting, YamlNode node, YamlScalar[] scalars)
    {
        if (setting.TryApply(options, [.. scalars.Select(scalar => scalar.Text)]))
        {
            origins.Set(setting.Path, node.Spot);
            return;
        }

        var scratch = new FengsuiOptions();
        foreach (var scalar in scalars.Where(scalar => !setting.TryApply(scratch, [scalar.Text])))
        {
            var hint = NearMiss.Hint(scalar.Text, setting.Words);
            diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'{setting.Key}' is {scalar.Kind}{hint}", setting.Expected);
        }
    }
}
