using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Files;

/// <summary>
/// Appends each entry as a line of JSON, on the disk before it counts as told. A file that has become large enough is renamed to
/// <c>PATH.1</c>, that one to <c>PATH.2</c>, and so on; the oldest goes.
/// </summary>
/// <param name="keep">Renamed files that are kept.</param>
internal sealed class FileReceiver(string path, long rotateBytes, int keep) : IAlertReceiver
{
    private static readonly ReceiverTerms FileTerms = new() { MaxInFlight = 1, MaxBatch = 500, Timeout = TimeSpan.FromMinutes(1) };

    public ReceiverTerms Terms => FileTerms;

    public async Task<DeliveryAnswer> SendAsync(IReadOnlyList<Notice> notices, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            RotateIfLarge();
            await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            EndLastLine(file);
            foreach (var notice in notices)
            {
                await file.WriteAsync(notice.Json, cancellation);
                file.WriteByte((byte)'\n');
            }

            file.Flush(flushToDisk: true);
            return DeliveryAnswer.Taken($"{notices.Count} lines");
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            return DeliveryAnswer.Unavailable(full.Message);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A line that a crash or a full disk cut short must not spoil the next one, which is sent again whole.</summary>
    private static void EndLastLine(FileStream file)
    {
        if (file.Length > 0)
        {
            file.Position = file.Length - 1;
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }
    }

    private void RotateIfLarge()
    {
        if (!File.Exists(path) || new FileInfo(path).Length < rotateBytes)
        {
            return;
        }

        for (var number = keep; number > 0; number--)
        {
            var from = number == 1 ? path : $"{path}.{number - 1}";
            if (File.Exists(from))
            {
                File.Move(from, $"{path}.{number}", overwrite: true);
            }
        }
    }
}
