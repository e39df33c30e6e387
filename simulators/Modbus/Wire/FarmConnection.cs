using System.Net.Sockets;
using Fengsui.Modbus.Faults;
using Fengsui.Modbus.Slaves;

namespace Fengsui.Modbus.Wire;

/// <summary>One master's connection to one port of the farm: answers its requests in their order, as the slaves behind it would.</summary>
internal sealed class FarmConnection(Farm farm, Socket socket, int port)
{
    private const byte IllegalFunction = 1;
    private const byte IllegalAddress = 2;
    private const byte IllegalValue = 3;
    private const byte DeviceFailure = 4;
    private const byte DeviceBusy = 6;
    private const byte ExceptionBit = 0x80;
    private const int MaxRegisters = 125;
    private const int MaxBits = 2_000;

    private readonly byte[] _input = new byte[8 * 1024];
    private readonly byte[] _output = new byte[64 * 1024];
    private readonly byte[] _pdu = new byte[SlaveFraming.MaxFrameBytes];
    private int _held;

    public async Task ServeAsync(CancellationToken stopping)
    {
        while (await socket.ReceiveAsync(_input.AsMemory(_held), stopping).ConfigureAwait(false) is > 0 and var got)
        {
            _held += got;
            if (!await AnswerAllAsync(stopping).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>False when the connection is to end.</summary>
    private async Task<bool> AnswerAllAsync(CancellationToken stopping)
    {
        var (taken, written) = (0, 0);
        while (true)
        {
            var length = SlaveFraming.TryRead(_input.AsSpan(taken, _held - taken), farm.Options.IsSerial, out var request);
            if (length <= 0)
            {
                Keep(taken);
                await SendAsync(written, stopping).ConfigureAwait(false);
                return length == 0;
            }

            taken += length;
            var slave = request.Unit >= 1 && request.Unit <= farm.Options.Units ? (port * farm.Options.Units) + request.Unit - 1 : -1;
            farm.Meter.Count(slave, request);
            if (slave < 0)
            {
                // Nobody has this address: on a serial line nobody says so.
                continue;
            }

            var ms = farm.ElapsedMs;
            var fault = farm.Faults.At(slave, ms);
            if (fault.Kind is FarmFault.None or FarmFault.Heat or FarmFault.GasLeak or FarmFault.Failure or FarmFault.Busy && _output.Length - written > SlaveFraming.MaxFrameBytes)
            {
                // What came together is answered together.
                written += Write(written, request, request.Transaction, request.Unit, Pdu(request, slave, fault, ms));
                continue;
            }

            await SendAsync(written, stopping).ConfigureAwait(false);
            written = 0;
            if (!await MisbehaveAsync(request, slave, fault, ms, stopping).ConfigureAwait(false))
            {
                return false;
            }
        }
    }

    private void Keep(int taken)
    {
        _input.AsSpan(taken, _held - taken).CopyTo(_input);
        _held -= taken;
    }

    private async Task<bool> MisbehaveAsync(SlaveRequest request, int slave, FarmFaultSpan fault, long ms, CancellationToken stopping)
    {
        if (fault.Kind != FarmFault.None)
        {
            farm.Meter.Misbehaved();
        }

        var pdu = Pdu(request, slave, fault, ms);
        switch (fault.Kind)
        {
            case FarmFault.Silent:
                return true;
            case FarmFault.Late:
                await Task.Delay(farm.Options.Lateness, stopping).ConfigureAwait(false);
                break;
            case FarmFault.WrongTransaction:
                await SendAsync(Write(0, request, (ushort)(request.Transaction + 0x4000), request.Unit, pdu), stopping).ConfigureAwait(false);
                return true;
            case FarmFault.WrongUnit:
                await SendAsync(Write(0, request, request.Transaction, (byte)(request.Unit + 1), pdu), stopping).ConfigureAwait(false);
                return true;
            case FarmFault.WrongLength when pdu > 3:
                _pdu[1] -= 1;
                pdu--;
                break;
            case FarmFault.Garbage:
                await socket.SendAsync("this is not Modbus\n"u8.ToArray(), stopping).ConfigureAwait(false);
                return true;
            case FarmFault.Cut:
                await SendAsync(Write(0, request, request.Transaction, request.Unit, pdu) / 2, stopping).ConfigureAwait(false);
                return false;
            case FarmFault.Dribble:
                await DribbleAsync(Write(0, request, request.Transaction, request.Unit, pdu), stopping).ConfigureAwait(false);
                return true;
        }

        await SendAsync(Write(0, request, request.Transaction, request.Unit, pdu), stopping).ConfigureAwait(false);
        return true;
    }

    private async Task DribbleAsync(int length, CancellationToken stopping)
    {
        for (var i = 0; i < length; i++)
        {
            await socket.SendAsync(_output.AsMemory(i, 1), stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Builds the answer; gives its bytes.</summary>
    private int Pdu(in SlaveRequest request, int slave, in FarmFaultSpan fault, long ms)
    {
        var isBits = request.Function is SlaveTables.Coils or SlaveTables.DiscreteInputs;
        var exception = request.Function is < SlaveTables.Coils or > SlaveTables.InputRegisters ? IllegalFunction
            : fault.Kind == FarmFault.Failure ? DeviceFailure
            : fault.Kind == FarmFault.Busy ? DeviceBusy
            : request.Count == 0 || request.Count > (isBits ? MaxBits : MaxRegisters) ? IllegalValue
            : (byte)0;
        var bytes = exception != 0 ? 0 : SlaveTables.Read(request.Function, request.Address, request.Count, slave, farm.Options.Seed, fault, ms, _pdu.AsSpan(2));
        _pdu[0] = bytes > 0 ? request.Function : (byte)(request.Function | ExceptionBit);
        _pdu[1] = bytes > 0 ? (byte)bytes : exception != 0 ? exception : IllegalAddress;
        return 2 + bytes;
    }

    private int Write(int at, in SlaveRequest request, ushort transaction, byte unit, int pdu) =>
        SlaveFraming.Write(_output.AsSpan(at), farm.Options.IsSerial, transaction, unit, _pdu.AsSpan(0, pdu));

    private async Task SendAsync(int length, CancellationToken stopping)
    {
        for (var sent = 0; sent < length;)
        {
            sent += await socket.SendAsync(_output.AsMemory(sent, length - sent), stopping).ConfigureAwait(false);
        }
    }
}
