using Fengsui.Ble.Faults;
using Fengsui.Ble.Wire;

namespace Fengsui.Ble.Locks;

/// <summary>One lock: what it advertises, and what others advertise in its name.</summary>
internal sealed class SimulatedLock : IDisposable
{
    private const byte Battery = 0x01, Door = 0x1A, Lock = 0x1F, Tamper = 0x2B;
    private const int Persons = 20, NearestDbm = -45, FarthestDbm = 40;

    /// <summary>Adverts that whoever listens has recorded: far more than a gateway could be behind another.</summary>
    private const int Recorded = 40;

    private readonly int _number;
    private readonly LocksOptions _options;
    private readonly LockFaultPlan _plan;
    private readonly TruthLog _truth;
    private readonly BthomeAdvert _advert;
    private readonly BthomeAdvert _forged;
    private readonly Queue<string> _recorded = [];
    private readonly string _address;

    public SimulatedLock(int number, LocksOptions options, LockFaultPlan plan, TruthLog truth)
    {
        (_number, _options, _plan, _truth) = (number, options, plan, truth);
        var address = options.FirstAddress + number;
        _address = LockKey.AddressOf(options, number);
        _advert = new BthomeAdvert(address, LockKey.Of(options.Seed, address));
        _forged = new BthomeAdvert(address, LockKey.Of(~options.Seed, address));
    }

    /// <summary>What is in the air at step <paramref name="step"/>, from 0, in the order in which it is.</summary>
    public IEnumerable<(string Address, uint? Counter, string Data, string? Person)> Say(long step)
    {
        var counter = _options.FirstCounter + (uint)step + 1;
        var fault = _plan.Of(_number, step, out var isBegin);
        var isOpened = step % _options.OpenEvery == _options.OpenEvery / 2;
        var isOpen = isOpened || fault == LockFault.Unlock;
        byte[] objects = [Battery, (byte)(100 - (step / 1_000 % 80)), Door, isOpen ? (byte)1 : (byte)0, Lock, isOpen ? (byte)1 : (byte)0, Tamper, fault == LockFault.Tamper ? (byte)1 : (byte)0];
        var data = _advert.Encrypt(objects, counter);
        yield return (_address, counter, data, isOpened ? $"person-{Mixer.Mix(_options.Seed ^ (ulong)step) % Persons}" : null);
        if (isBegin && IsDone(fault))
        {
            _truth.OfLock(fault, _address, counter);
            if (OfOthers(fault, counter) is { } other)
            {
                yield return (fault == LockFault.Phone ? "F0" + _address[2..] : _address, null, other, null);
            }
        }

        _recorded.Enqueue(data);
        if (_recorded.Count > Recorded)
        {
            _recorded.Dequeue();
        }
    }

    /// <summary>dBm at which a gateway hears it at a step.</summary>
    public int RssiAt(int gateway, long step) =>
        NearestDbm - (int)(Mixer.Mix(_options.Seed ^ (ulong)step ^ ((ulong)gateway << 40) ^ ((ulong)_number << 50)) % FarthestDbm);

    public void Dispose()
    {
        _advert.Dispose();
        _forged.Dispose();
    }

    /// <summary>A gateway's fault is none of a lock, and nothing can be sent again that was not recorded.</summary>
    private bool IsDone(LockFault fault) =>
        fault is not (LockFault.None or LockFault.SilentGateway) && (fault != LockFault.Replay || _recorded.Count == Recorded);

    private string? OfOthers(LockFault fault, uint counter)
    {
        byte[] open = [Lock, 1];
        return fault switch
        {
            LockFault.Replay => _recorded.Peek(),
            LockFault.Downgrade or LockFault.Phone => BthomeAdvert.Plain(open),
            LockFault.Forgery => _forged.Encrypt(open, counter + 1_000),
            _ => null,
        };
    }
}
