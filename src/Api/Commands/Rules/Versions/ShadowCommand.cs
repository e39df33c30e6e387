using System.CommandLine;
using System.Text.Json;
using Fengsui.Api.Hosting;
using Fengsui.Devices.RuleSets;
using Fengsui.Rules;

namespace Fengsui.Api.Commands.Rules.Versions;

/// <summary><c>fengsui rules shadow</c>.</summary>
internal static class ShadowCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var what = new Argument<string[]>("DIR|RULE")
        {
            Description = "A directory of rule files, and then perhaps rules of it; or rules of the version in force, as group/alert",
            Arity = ArgumentArity.OneOrMore,
        };
        var silence = new Option<bool>("--silence") { Description = "Also where a rule is live now and would tell nobody any more" };
        var command = new ExampledCommand(
            "shadow",
            "Put rules on trial on a running server: they run and are logged, and tell nobody. A directory is laid over the rules in force: of it the named rules, or without names all that are new or changed, are on trial; everything else goes on as it is.",
            "fengsui rules shadow ./candidate",
            "fengsui rules shadow ./candidate gas-detection/CoHigh2",
            "fengsui rules shadow --silence gas-detection/CoHigh") { what, silence };
        server.AddAllTo(command);
        command.SetAction(async (result, cancel) =>
        {
            var words = result.GetRequiredValue(what);
            IReadOnlyList<RuleFile>? current = null;
            var basedOn = 0;
            var code = await server.GetAsync(result, "/rules", ReadCurrent, cancel);
            if (code != ExitCodes.Ok)
            {
                return code;
            }

            var (files, rules) = Directory.Exists(words[0]) ? (Overlay(current!, RuleDirectory.Read(words[0])), words[1..]) : (current!, words);
            var edited = Edit(current!, files, rules, result.GetValue(silence));
            return await server.ChangeAsync(
                result,
                "/rules/versions",
                json =>
                {
                    json.WriteString("origin", "shadow");
                    json.WriteNumber("based_on", basedOn);
                    VersionJson.WriteFiles(json, edited);
                },
                answer => AcceptedVersion.Show(answer, terminal),
                cancel);

            int ReadCurrent(JsonElement answer)
            {
                basedOn = answer.GetProperty("version").GetInt32();
                current = [.. answer.GetProperty("files").EnumerateArray().Select(file => new RuleFile(file.GetProperty("path").GetString()!, file.GetProperty("text").GetString()!))];
                return ExitCodes.Ok;
            }
        });
        return command;
    }

    /// <summary>
    /// A trial adds to what is in force: files of the same path are replaced, all others stay. So a folder with nothing but the new rule can be tried.
    /// </summary>
    private static IReadOnlyList<RuleFile> Overlay(IReadOnlyList<RuleFile> current, IReadOnlyList<RuleFile> files)
    {
        var replaced = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return [.. current.Where(file => !replaced.Contains(file.Path)).Concat(files).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>The files with the rules in shadow.</summary>
    private static IReadOnlyList<RuleFile> Edit(IReadOnlyList<RuleFile> current, IReadOnlyList<RuleFile> files, string[] rules, bool silences)
    {
        if (RuleSet.Parse(files).RuleSet is null)
        {
            // The server tells every mistake, with its place.
            return files;
        }

        var wanted = rules.Length > 0
            ? rules
            : [.. RuleSetDiff.Of(current, files).Where(change => change.Kind is RuleChangeKind.Added or RuleChangeKind.Changed).Select(change => change.Rule)];
        var edited = ShadowEdit.Apply(files, wanted, isShadow: true, out var mistakes);
        if (mistakes.Count > 0)
        {
            throw new OperatorMistakeException(string.Join(Environment.NewLine, mistakes));
        }

        var live = RuleSetDiff.RulesOf(current).Rules.Where(rule => rule is { Shadow: false, Disabled: false }).Select(rule => rule.Id).ToHashSet();
        var silenced = RuleSetDiff.RulesOf(edited).Rules.Where(rule => rule.Shadow && live.Contains(rule.Id)).Select(rule => rule.Id).ToList();
        return silenced.Count == 0 || silences
            ? edited
            : throw new OperatorMistakeException(
                $"live now, and in shadow would tell nobody any more: {string.Join(", ", silenced)}. "
                + "Give the changed rule another name to run both, or give --silence");
    }
}
