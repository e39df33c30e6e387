using System.IO.Pipelines;
using System.Runtime.InteropServices;

namespace Fengsui.Ingest.Modbus.Serial;

/// <summary>
/// A serial port as a stream. One thread of its own waits for bytes: the system tells nobody asynchronously that a terminal has some. Requests
/// are a few bytes and go straight into the driver's buffer.
/// </summary>
internal sealed class SerialPort : Stream
{
    /// <summary>A closing port is noticed after this at the latest.</summary>
    private const int WaitMs = 50;
    private const int ReadBytes = 512;

    private readonly int _descriptor;
    private readonly Pipe _pipe = new();
    private readonly Stream _received;
    private readonly Thread _reader;
    private volatile bool _isClosing;

    private SerialPort(int descriptor, string path)
    {
        _descriptor = descriptor;
        _received = _pipe.Reader.AsStream();
        _reader = new Thread(Receive) { IsBackground = true, Name = "serial " + path };
        _reader.Start();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the port, sets it up, and forgets what came before.</summary>
    /// <exception cref="IOException">It is not there, not ours, not a serial port, or this is not Linux.</exception>
    public static SerialPort Open(SerialPortOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new IOException("serial ports are opened on Linux only");
        }

        var descriptor = Libc.Open(options.Path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec);
        if (descriptor < 0)
        {
            throw Fault(options.Path);
        }

        var attributes = default(Termios);
        if (Libc.GetAttributes(descriptor, ref attributes) != 0 || !TrySet(descriptor, ref attributes, options))
        {
            var fault = Fault(options.Path);
            _ = Libc.Close(descriptor);
            throw fault;
        }

        return new SerialPort(descriptor, options.Path);
    }

    public override int Read(byte[] buffer, int offset, int count) => _received.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _received.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _received.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <exception cref="IOException">The driver does not take the bytes.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = Libc.Write(_descriptor, buffer, buffer.Length);
            if (written < 0 && Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                throw Fault("write");
            }

            buffer = buffer[(int)Math.Max(0, written)..];
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosing)
        {
            _isClosing = true;
            _reader.Join();
            _received.Dispose();
            _ = Libc.Close(_descriptor);
        }

        base.Dispose(disposing);
    }

    private static bool TrySet(int descriptor, ref Termios attributes, SerialPortOptions options)
    {
        Libc.MakeRaw(ref attributes);
        attributes.Control &= ~(Termios.TwoStopBits | Termios.ParityOn | Termios.ParityOdd | Termios.HardwareFlow);
        attributes.Control |= Termios.Receive | Termios.Local;
        attributes.Control |= options.StopBits == 2 ? Termios.TwoStopBits : 0;
        if (options.Parity != SerialParity.None)
        {
            attributes.Control |= Termios.ParityOn | (options.Parity == SerialParity.Odd ? Termios.ParityOdd : 0);
            attributes.Input |= Termios.CheckParity | Termios.DropWrong;
        }

        return Libc.SetSpeed(ref attributes, SerialPortOptions.BaudRates[options.Baud]) == 0
            && Libc.SetAttributes(descriptor, Libc.Now, ref attributes) == 0
            && Libc.Flush(descriptor, Libc.FlushBoth) == 0;
    }

    private static IOException Fault(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");

    /// <summary>Waits while frames are not taken as fast as they come: a line that never falls silent must not fill the memory.</summary>
    private void Flush(Task flushing)
    {
        while (!flushing.Wait(WaitMs) && !_isClosing)
        {
        }
    }

    private void Receive()
    {
        Span<byte> buffer = stackalloc byte[ReadBytes];
        var entry = new Libc.PollEntry { Descriptor = _descriptor, Wanted = Libc.Readable };
        Exception? fault = null;
        while (!_isClosing)
        {
            if (Libc.Poll(ref entry, 1, WaitMs) <= 0)
            {
                continue;
            }

            var got = Libc.Read(_descriptor, buffer, buffer.Length);
            if (got > 0)
            {
                buffer[..(int)got].CopyTo(_pipe.Writer.GetSpan((int)got));
                _pipe.Writer.Advance((int)got);
                Flush(_pipe.Writer.FlushAsync().AsTask());
            }
            else if (got == 0 || Marshal.GetLastPInvokeError() is not (Libc.Again or Libc.Interrupted))
            {
                fault = got == 0 ? new IOException("the serial port is gone") : Fault("read");
                break;
            }
        }

        _pipe.Writer.Complete(fault);
    }
}
