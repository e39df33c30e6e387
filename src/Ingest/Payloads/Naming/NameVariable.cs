namespace Fengsui.Ingest.Payloads.Naming;

/// <summary>What a part of a name stands for.</summary>
internal enum NameVariable : byte
{
    Literal,

    /// <summary>A level of the topic, counted from one.</summary>
    TopicLevel,

    /// <summary>A tag of line protocol.</summary>
    Tag,

    /// <summary>The measurement of line protocol.</summary>
    Measurement,

    /// <summary>The base name of SenML.</summary>
    Base,

    /// <summary>Sparkplug's group.</summary>
    Group,

    /// <summary>Sparkplug's edge node.</summary>
    Edge,

    /// <summary>Sparkplug's device.</summary>
    Device,

    /// <summary>A value in mapped JSON.</summary>
    Path,

    /// <summary>The key of the member of mapped JSON that is in hand.</summary>
    Key,
}
