namespace Fengsui.Ingest.Sources.Again;

/// <summary>Takes bytes of its protocol that were refused before, as if their sender said them again. By the same decoders, and for the same devices.</summary>
internal interface ISecondTaker
{
    /// <summary>Stages what the bytes hold.</summary>
    /// <param name="intake">Of this letter alone; what it refuses is found by its counters, and nothing is committed then.</param>
    /// <param name="report">Counts for nobody.</param>
    /// <returns>Why bytes of this kind cannot be taken again at all; empty when they were, or were refused.</returns>
    ValueTask<string> TakeAsync(SecondLetter letter, SampleIntake intake, SourceConnection report, CancellationToken cancellation);
}
