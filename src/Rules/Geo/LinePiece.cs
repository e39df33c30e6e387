namespace Fengsui.Rules.Geo;

/// <summary>A stretch of a line so short that the straight way through the ground is the line, within centimetres.</summary>
internal readonly struct LinePiece(in EarthPoint start, in EarthPoint end)
{
    /// <summary>Square of a length that is none, m².</summary>
    private const double Tiny = 1e-12;

    private readonly EarthPoint _along = end - start;
    private readonly double _perLength2 = 1 / Math.Max((end - start).Dot(end - start), Tiny);

    public EarthPoint Start { get; } = start;

    public EarthPoint End { get; } = end;

    public EarthPoint NearestTo(in EarthPoint point)
    {
        var share = Math.Clamp((point - Start).Dot(_along) * _perLength2, 0, 1);
        return Start + (_along * share);
    }
}
