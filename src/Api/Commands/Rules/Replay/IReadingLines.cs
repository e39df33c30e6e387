namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>A form in which readings are written line by line.</summary>
internal interface IReadingLines
{
    /// <summary>Takes the next line. Null, or why it cannot be used.</summary>
    /// <param name="before">Called with the journal time of each row before it is played.</param>
    string? Take(string line, Action<long> before);

    /// <summary>There are no more lines.</summary>
    void Finish(Action<long> before);
}
