using System.Globalization;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Commands.History;

/// <summary>How far an export or an import has come: a small file beside the large one, which goes when all is done.</summary>
/// <param name="path">Of the small file.</param>
/// <param name="question">What is being done; another one must not go on where this one stopped.</param>
internal sealed class ResumeFile(string path, string question)
{
    /// <summary>Bytes of the large file that are done, and a number of the caller's; null when nothing has been begun.</summary>
    /// <exception cref="OperatorMistakeException">The file is of something else.</exception>
    public (long Bytes, long Next)? Read()
    {
        if (!File.Exists(path))
            return null;
        var lines = File.ReadAllLines(path);
        var isOurs = lines.Length == 3 && lines[0] == question;
        if (isOurs && long.TryParse(lines[1], CultureInfo.InvariantCulture, out var bytes) && long.TryParse(lines[2], CultureInfo.InvariantCulture, out var next))
            return (bytes, next);
        throw new OperatorMistakeException($"{path} says how far something else has come: run that to its end, or remove the file to begin anew");
    }

    public void Write(long bytes, long next)
    {
        var temporary = path + ".tmp";
        File.WriteAllLines(temporary, [question, bytes.ToString(CultureInfo.InvariantCulture), next.ToString(CultureInfo.InvariantCulture)]);
        File.Move(temporary, path, overwrite: true);
    }

    public void Remove() => File.Delete(path);
}
