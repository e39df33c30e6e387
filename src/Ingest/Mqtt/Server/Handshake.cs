using System.Buffers;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>From a well-formed CONNECT to its CONNACK: who is it, may it come, which session does it get.</summary>
internal sealed class Handshake(MqttBroker broker, MqttConnection connection, ConnectRequest request)
{
    private const int HardestKeepAlive = ushort.MaxValue;

    private string? _assignedClientId;

    /// <summary>True when the client is in.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var refusal = Examine();
        if (refusal != ReasonCode.Success) return Refuse(refusal);
        var result = await broker.Authenticator.AuthenticateAsync(request.ClientId, request.UserName, request.Password, cancellation).ConfigureAwait(false);
        if (result.Outcome != AuthenticationOutcome.Accepted)
        {
            broker.Count(DropPolicy.LoginRefused);
            return Refuse(ToReason(result.Outcome));
        }
        var access = new ClientAccess(broker.Access, request.ClientId, result.User);
        var will = request.CreateWill(access);
        if (will is not null && !broker.TopicIsInBounds(will.Message.TopicBytes))
        {
            broker.Count(DropPolicy.TopicOutOfBounds);
            return Refuse(ReasonCode.TopicNameInvalid);
        }
        if (will is not null && !access.MayPublish(will.Message.Topic))
        {
            broker.Count(DropPolicy.PublishDenied);
            return Refuse(ReasonCode.NotAuthorized);
        }
        if (Acceptance(present: false).WrittenCount > request.MaxPacketSizeBytes)
        {
            broker.Count(DropPolicy.LargerThanClientAccepts);
            return Refuse(ReasonCode.PacketTooLarge);
        }
        await AdmitAsync(access, will, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Answers a CONNECT that could not be decoded, in the form its level calls for; an unknown protocol gets no answer.</summary>
    public static void Refuse(ConnectionOutput output, byte protocolLevel, MalformedCause cause)
    {
        if (protocolLevel >= (byte)MqttVersion.V5) Write(output, MqttVersion.V5, new ConnAckPacket { Code = (byte)cause.ToReasonCode() });
        else if (cause == MalformedCause.UnsupportedProtocolVersion) Write(output, MqttVersion.V311, new ConnAckPacket { Code = (byte)ConnectReturnCode.UnacceptableProtocolVersion });
    }

    private static void Write(ConnectionOutput output, MqttVersion version, in ConnAckPacket packet)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        packet.WriteTo(buffer, version);
        output.Append(buffer.WrittenSpan, 1);
    }

    private static ReasonCode ToReason(AuthenticationOutcome outcome) => outcome switch
    {
        AuthenticationOutcome.BadUserNameOrPassword => ReasonCode.BadUserNameOrPassword,
        AuthenticationOutcome.Busy => ReasonCode.ServerBusy,
        _ => ReasonCode.NotAuthorized,
    };

    private static ConnectReturnCode ToReturnCode(ReasonCode reason) => reason switch
    {
        ReasonCode.ClientIdentifierNotValid => ConnectReturnCode.IdentifierRejected,
        ReasonCode.BadUserNameOrPassword => ConnectReturnCode.BadUserNameOrPassword,
        ReasonCode.NotAuthorized or ReasonCode.TopicNameInvalid => ConnectReturnCode.NotAuthorized,
        _ => ConnectReturnCode.ServerUnavailable,
    };

    private ReasonCode Examine()
    {
        if (request.HasAuthenticationMethod) return ReasonCode.BadAuthenticationMethod;
        if (request.ClientIdLengthBytes > broker.Options.MaxClientIdLengthBytes) return ReasonCode.ClientIdentifierNotValid;
        if (request.ClientId.Length > 0) return ReasonCode.Success;
        if (request.Version == MqttVersion.V311 && !request.CleanStart) return ReasonCode.ClientIdentifierNotValid;
        request.ClientId = _assignedClientId = AssignedClientId.Prefix + Guid.NewGuid().ToString("N");
        return ReasonCode.Success;
    }

    private bool Refuse(ReasonCode reason)
    {
        Write(connection.Output, request.Version, new ConnAckPacket { Code = request.Version == MqttVersion.V5 ? (byte)reason : (byte)ToReturnCode(reason) });
        return false;
    }

    private async Task AdmitAsync(ClientAccess access, Sessions.WillMessage? will, CancellationToken cancellation)
    {
        var (session, present) = await broker.AttachAsync(connection, request, access, cancellation).ConfigureAwait(false);
        session.Will = will;
        connection.Output.Configure(request.Version, request.MaxPacketSizeBytes, Math.Min(request.TopicAliasMaximum, broker.Options.MaxOutgoingTopicAliases));
        connection.Admit(session, request, KeepAliveSeconds());
        connection.Output.Append(Acceptance(present).WrittenSpan, 1);
        session.Start(connection.Output, Math.Min(request.ReceiveMaximum, broker.Options.MaxInflightPerClient));
    }

    private ArrayBufferWriter<byte> Acceptance(bool present)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        new ConnAckPacket { SessionPresent = present, Properties = request.Version == MqttVersion.V5 ? Properties() : default }.WriteTo(buffer, request.Version);
        return buffer;
    }

    private int KeepAliveSeconds()
    {
        var limit = (int)broker.Options.MaxKeepAlive.TotalSeconds;
        if (request.Version == MqttVersion.V311 || limit == 0) return request.KeepAliveSeconds;
        return Math.Min(request.KeepAliveSeconds == 0 ? HardestKeepAlive : request.KeepAliveSeconds, limit);
    }

    private ReadOnlySpan<byte> Properties()
    {
        var options = broker.Options;
        var expirySeconds = broker.LimitExpiry(request.SessionExpirySeconds);
        var keepAlive = KeepAliveSeconds();
        var writer = new PropertyWriter();
        if (expirySeconds != request.SessionExpirySeconds) writer.Add(PropertyId.SessionExpiryInterval, expirySeconds);
        writer.Add(PropertyId.ReceiveMaximum, (uint)options.ReceiveMaximum);
        writer.Add(PropertyId.MaximumPacketSize, (uint)options.MaxPacketSizeBytes);
        if (_assignedClientId is not null) writer.Add(PropertyId.AssignedClientIdentifier, _assignedClientId);
        if (options.TopicAliasMaximum > 0) writer.Add(PropertyId.TopicAliasMaximum, (uint)options.TopicAliasMaximum);
        if (keepAlive != request.KeepAliveSeconds) writer.Add(PropertyId.ServerKeepAlive, (uint)keepAlive);
        if (request.WantsResponseInformation && options.ResponseInformation is not null) writer.Add(PropertyId.ResponseInformation, options.ResponseInformation);
        return writer.Written;
    }
}
