using Fengsui.Devices.Actors;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules;

namespace Fengsui.Devices.Shards;

/// <summary>Actors to bytes and back. The bytes go with the program that was in force when they were packed. Owned by one shard.</summary>
internal sealed class ActorPacking(int index, ShardContext context)
{
    private readonly RecordWriter _writer = new();

    public byte[] Pack(DeviceActor actor)
    {
        _writer.Clear();
        actor.Write(_writer);
        return _writer.Written.ToArray();
    }

    public DeviceActor Fresh(int device, DeviceFacts facts, RuleProgram program) =>
        new(context.Registry.Devices[device], facts, program, context.Options.Actors);

    /// <summary>A packed actor that cannot be read costs its own device its state, and no one else anything.</summary>
    public DeviceActor Unpack(int device, DeviceFacts facts, RuleProgram program, byte[] packed)
    {
        try
        {
            return DeviceActor.Read(packed, context.Registry.Devices[device], facts, program, context.Options.Actors);
        }
        catch (InvalidDataException fault)
        {
            context.Faulted(index, $"the state of device {context.Registry.Devices[device].Name} is lost: {fault.Message}", fault);
            return Fresh(device, facts, program);
        }
    }
}
