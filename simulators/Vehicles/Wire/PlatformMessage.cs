namespace Fengsui.Vehicles.Wire;

/// <summary>What the platform says: 0x8001 with the serial and the result of an answer, 0x8100 with the code, or something else.</summary>
internal sealed record PlatformMessage(ushort Id, byte[] Body)
{
    public const ushort GeneralReply = 0x8001;
    public const ushort RegistrationReply = 0x8100;

    /// <summary>The serial of the message that this answers.</summary>
    public ushort AnswerTo => Body.Length < 2 ? (ushort)0 : (ushort)((Body[0] << 8) | Body[1]);

    /// <summary>0 is success.</summary>
    public byte Result => Id == GeneralReply ? At(4) : At(2);

    /// <summary>The authentication code of a registration's answer.</summary>
    public byte[] Code => Body.Length > 3 ? Body[3..] : [];

    private byte At(int index) => Body.Length > index ? Body[index] : byte.MaxValue;
}
