namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>One record as it is written; NaN and empty stand for what it does not say.</summary>
internal ref struct SenMlRecord
{
    public SenMlRecord()
    {
    }

    public ReadOnlySpan<byte> BaseName { get; set; }

    /// <summary>An empty base name takes the one before back, an absent one does not.</summary>
    public bool HasBaseName { get; set; }

    public ReadOnlySpan<byte> Name { get; set; }

    public ReadOnlySpan<byte> Unit { get; set; }

    public ReadOnlySpan<byte> BaseUnit { get; set; }

    /// <summary>The text of a value that is text.</summary>
    public ReadOnlySpan<byte> Text { get; set; }

    public bool HasText { get; set; }

    /// <summary>A value that no reading can hold.</summary>
    public bool HasData { get; set; }

    public bool? Boolean { get; set; }

    public double BaseTime { get; set; } = double.NaN;

    public double BaseValue { get; set; } = double.NaN;

    public double BaseSum { get; set; } = double.NaN;

    public double Version { get; set; } = double.NaN;

    public double Value { get; set; } = double.NaN;

    /// <summary>The value is there, even where it is none (null, NaN).</summary>
    public bool HasValue { get; set; }

    public double Sum { get; set; } = double.NaN;

    public double Time { get; set; } = double.NaN;

    /// <summary>A label was there that must be understood and is not.</summary>
    public bool IsMandatory { get; set; }

    /// <summary>Keeps the number of a label that takes one. False when it takes none.</summary>
    public bool TrySet(SenMlLabel label, double number)
    {
        switch (label)
        {
            case SenMlLabel.BaseTime:
                BaseTime = number;
                return true;
            case SenMlLabel.BaseValue:
                BaseValue = number;
                return true;
            case SenMlLabel.BaseSum:
                BaseSum = number;
                return true;
            case SenMlLabel.Version:
                Version = number;
                return true;
            case SenMlLabel.Value:
                Value = number;
                HasValue = true;
                return true;
            case SenMlLabel.Sum:
                Sum = number;
                return true;
            case SenMlLabel.Time:
                Time = number;
                return true;
            default:
                return label == SenMlLabel.UpdateTime;
        }
    }

    /// <summary>Keeps the text of a label that takes one. False when it takes none.</summary>
    public bool TrySet(SenMlLabel label, ReadOnlySpan<byte> text)
    {
        switch (label)
        {
            case SenMlLabel.BaseName:
                BaseName = text;
                HasBaseName = true;
                return true;
            case SenMlLabel.Name:
                Name = text;
                return true;
            case SenMlLabel.Text:
                Text = text;
                HasText = true;
                return true;
            case SenMlLabel.Data:
                HasData = true;
                return true;
            case SenMlLabel.Unit:
                Unit = text;
                return true;
            case SenMlLabel.BaseUnit:
                BaseUnit = text;
                return true;
            default:
                return false;
        }
    }
}
