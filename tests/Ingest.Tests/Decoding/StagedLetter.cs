using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Tests.Decoding;

internal sealed record StagedLetter(RejectReason Reason, string Topic, byte[] Payload, int OriginalLength);
