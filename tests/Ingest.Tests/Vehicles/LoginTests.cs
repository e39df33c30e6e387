using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Ingest.Vehicles;
using Fengsui.Ingest.Vehicles.Sessions;

namespace Fengsui.Ingest.Tests.Vehicles;

public sealed class LoginTests : IAsyncLifetime
{
    private const string Phone = SessionRig.Phone;
    private const string Phone2019 = "00000000" + Phone;
    private static readonly byte[] Code = Encoding.ASCII.GetBytes(SessionRig.Code);
    private static readonly byte[] Registration = new byte[40];

    private SourceRig _rig = null!;

    public async Task InitializeAsync() => _rig = await SourceRig.StartAsync(FramingTests.Noon);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public void A_known_terminal_registers_authenticates_and_reports()
    {
        using var session = new SessionRig(_rig, needsCode: true);
        session.Send(
            Jt808Text.Frame(0x0100, Phone, 1, Registration), Jt808Text.Frame(0x0102, Phone, 2, Code),
            Jt808Text.Frame(0x0002, Phone, 3, []), FramingTests.Report(4, "261125115900"), Jt808Text.Frame(0x0001, Phone, 5, [0, 0, 0x82, 1, 0]));
        Assert.Equal(
            ["8100 000100" + Convert.ToHexString(Code), "8001 0002010200", "8001 0003000200", "8001 0004020000"], session.Replies());
        Assert.NotEmpty(session.Take().Rows);
        Assert.EndsWith("13912344329", session.Report.Peer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_of_2019_says_the_length_of_its_code()
    {
        using var session = new SessionRig(_rig, needsCode: true);
        session.Send(Jt808Text.Frame(0x0102, Phone2019, 2, [(byte)Code.Length, .. Code, .. new byte[35]]));
        Assert.Equal(["8001 0002010200"], session.Replies());
        session.Send(Jt808Text.Frame(0x0102, Phone2019, 3, [200, .. Code]));
        Assert.Equal(["8001 0003010201"], session.Replies());
    }

    [Theory]
    [InlineData("open-sesam")]
    [InlineData("open-sesame!")]
    [InlineData("")]
    public void A_wrong_code_is_refused_and_kept_nowhere(string code)
    {
        using var session = new SessionRig(_rig, needsCode: true);
        session.Send(Jt808Text.Frame(0x0102, Phone, 1, Encoding.ASCII.GetBytes(code)), FramingTests.Report(2, "261125115900"));
        Assert.Equal(["8001 0001010201", "8001 0002020001"], session.Replies());
        var batch = session.Take();
        Assert.Empty(batch.Rows);
        Assert.Equal(RejectReason.NotAuthenticated, Assert.Single(batch.Letters).Reason);
        Assert.Equal(2, session.Report.Rejected(RejectReason.NotAuthenticated));
    }

    [Fact]
    public void A_broken_authentication_is_kept_without_its_code()
    {
        using var session = new SessionRig(_rig, needsCode: true);
        var frame = Jt808Text.Frame(0x0102, Phone, 1, Code);
        frame[^2] ^= 1;
        var letter = Assert.Single(session.Send(frame).Take().Letters);
        Assert.Equal(-1, letter.Payload.AsSpan().IndexOf(Code.AsSpan(0, 4)));
    }

    [Fact]
    public void An_unknown_terminal_gets_no_code_and_is_refused()
    {
        using var session = new SessionRig(_rig, needsCode: true);
        session.Send(Jt808Text.Frame(0x0100, "013999999999", 1, Registration), Jt808Text.Frame(0x0102, "013999999999", 2, Code));
        Assert.Equal(["8100 000104", "8001 0002010201"], session.Replies());
    }

    [Fact]
    public void A_closed_registration_gives_no_code_to_a_known_terminal()
    {
        using var session = new SessionRig(_rig, needsCode: true, isRegistrationOpen: false);
        session.Send(Jt808Text.Frame(0x0100, Phone, 1, Registration));
        Assert.Equal(["8100 000104"], session.Replies());
    }

    [Fact]
    public void An_unknown_terminal_is_taken_where_the_configuration_says_so()
    {
        using var session = new SessionRig(_rig, acceptUnknown: true);
        session.Send(Jt808Text.Frame(0x0200, "013999999999", 1, Jt808Text.Position("261125115900")));
        Assert.Equal("truck-13999999999", session.Take().Rows[0].Device);
    }

    [Fact]
    public void Another_phone_on_the_same_connection_must_show_who_it_is()
    {
        using var session = new SessionRig(_rig, needsCode: true);
        session.Send(Jt808Text.Frame(0x0102, Phone, 1, Code), Jt808Text.Frame(0x0200, "123456789012", 2, Jt808Text.Position("261125115900")));
        Assert.Equal(["8001 0001010200", "8001 0002020001"], session.Replies());
    }

    [Fact]
    public void After_a_logout_nothing_is_taken()
    {
        using var session = new SessionRig(_rig, needsCode: true);
        session.Send(Jt808Text.Frame(0x0102, Phone, 1, Code), Jt808Text.Frame(0x0003, Phone, 2, []), FramingTests.Report(3, "261125115900"));
        Assert.Equal(["8001 0001010200", "8001 0002000300", "8001 0003020001"], session.Replies());
    }

    [Fact]
    public async Task A_peer_that_never_shows_who_it_is_is_closed()
    {
        await using var peer = _rig.Serve(new VehicleProtocol(SessionRig.Options(needsCode: true), "unit", _rig.Context));
        for (ushort serial = 0; serial <= VehicleSession.MaxRefusals; serial++)
        {
            await peer.SendAsync(FramingTests.Report(serial, "261125115900"));
        }

        await peer.Served.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(VehicleSession.MaxRefusals + 1, peer.Report.Rejected(RejectReason.NotAuthenticated));
        Assert.NotEmpty(peer.Report.LastError);
    }

    [Fact]
    public async Task A_peer_that_says_nothing_is_closed_after_the_login_timeout()
    {
        var peer = _rig.Serve(new VehicleProtocol(SessionRig.Options(needsCode: true, loginMs: 100), "unit", _rig.Context));
        await peer.SendAsync(new byte[] { 0x7E, 0x01 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => peer.Served.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void A_terminal_is_admitted_by_its_code()
    {
        using var session = new SessionRig(_rig, needsCode: true);
        session.Send(Jt808Text.Frame(0x0100, Phone, 1, Registration));
        Assert.False(session.Session.IsAdmitted);
        session.Send(Jt808Text.Frame(0x0102, Phone, 2, Code));
        Assert.True(session.Session.IsAdmitted);
    }

    [Fact]
    public void Codes_are_derived_from_the_secret_and_the_phone_and_from_nothing_else()
    {
        var code = TerminalDirectory.CodeOf("13912344329", [1, 2, 3]);
        Assert.Equal(20, code.Length);
        Assert.Equal(code, TerminalDirectory.CodeOf("13912344329", [1, 2, 3]));
        Assert.NotEqual(code, TerminalDirectory.CodeOf("13912344328", [1, 2, 3]));
        Assert.NotEqual(code, TerminalDirectory.CodeOf("13912344329", [1, 2, 4]));
        Assert.Empty(TerminalDirectory.CodeOf("13912344329", null));
    }
}
