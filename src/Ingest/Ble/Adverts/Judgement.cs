namespace Fengsui.Ingest.Ble.Adverts;

/// <param name="Verdict">What it is.</param>
/// <param name="EventMs">The event time of its row, ms since 1970 UTC.</param>
/// <param name="FirstRssi">The strength that stands in its row.</param>
/// <param name="IsStronger">It was heard better than ever before.</param>
internal readonly record struct Judgement(Verdict Verdict, long EventMs = 0, double FirstRssi = double.NaN, bool IsStronger = false);
