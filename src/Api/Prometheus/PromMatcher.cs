using System.Text.RegularExpressions;

namespace Fengsui.Api.Prometheus;

/// <summary>One condition on a label; a label that a series lacks is empty.</summary>
internal sealed class PromMatcher
{
    public const string NameLabel = "__name__";

    /// <summary>Bound on one comparison, beyond which the question fails.</summary>
    private static readonly TimeSpan RegexPatience = TimeSpan.FromSeconds(1);

    private readonly string _value;
    private readonly bool _isNegated;
    private readonly Regex? _regex;

    /// <param name="sign">==, !=, =~ or !~.</param>
    /// <exception cref="PromException">The regular expression is none.</exception>
    public PromMatcher(string label, string sign, string value)
    {
        (Label, _value, _isNegated) = (label, value, sign[0] == '!');
        if (sign[1..] != "~")
            return;
        try
        {
            _regex = new Regex($"^(?:{value})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, RegexPatience);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw PromException.BadData($"'{value}' is no regular expression: {exception.Message}");
        }
    }

    public string Label { get; }

    /// <summary>The one value that matches; null when it is not one.</summary>
    public string? Exactly => _regex is null && !_isNegated ? _value : null;

    public bool Matches(string value) => (_regex?.IsMatch(value) ?? value == _value) != _isNegated;
}
