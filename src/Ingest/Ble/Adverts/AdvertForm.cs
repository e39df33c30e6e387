namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>What bytes of an advertisement a gateway hands on.</summary>
internal enum AdvertForm : byte
{
    /// <summary>None: only values that it has read itself.</summary>
    None,

    /// <summary>Service data, without its UUID.</summary>
    ServiceData,

    /// <summary>Manufacturer data, with the company id.</summary>
    ManufacturerData,

    /// <summary>The whole payload: structures of length, type and data.</summary>
    Payload,
}
