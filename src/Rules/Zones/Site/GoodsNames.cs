namespace Fengsui.Rules.Zones.Site;

/// <summary>How dangerous goods are named: UN Model Regulations, 2.0.1.1 (classes and divisions) and 3.2 (UN numbers).</summary>
public static class GoodsNames
{
    private const int UnNumberLength = 4;

    /// <summary>Four digits.</summary>
    public static bool IsUnNumber(string text) => text.Length == UnNumberLength && text.All(char.IsAsciiDigit);

    /// <summary>A class 1 to 9, with a division or without: <c>3</c>, <c>5.1</c>.</summary>
    public static bool IsClass(string text) =>
        text is [>= '1' and <= '9'] or [>= '1' and <= '9', '.', >= '1' and <= '6'];
}
