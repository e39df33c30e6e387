using Fengsui.Api.Security;

namespace Fengsui.Api.Tests.Security;

public sealed class PasswordHashTests
{
    [Fact]
    public void A_hash_verifies_its_own_password_and_no_other_after_a_round_trip_through_text()
    {
        var text = PasswordHash.Create("烽燧 secret", PasswordHash.MinIterations).ToString();

        Assert.True(PasswordHash.TryParse(text, out var hash));
        Assert.True(hash!.Verify("烽燧 secret"u8));
        Assert.False(hash.Verify("烽燧 Secret"u8));
        Assert.False(hash.Verify(""u8));
    }

    [Fact]
    public void Two_hashes_of_one_password_differ()
    {
        var first = PasswordHash.Create("secret", PasswordHash.MinIterations).ToString();

        Assert.NotEqual(first, PasswordHash.Create("secret", PasswordHash.MinIterations).ToString());
    }

    /// <summary>RFC 7914 has no SHA-512 vector; this one was computed with Python's hashlib.pbkdf2_hmac.</summary>
    [Fact]
    public void The_form_is_plain_pbkdf2_that_other_tools_can_make()
    {
        Assert.True(PasswordHash.TryParse(PythonVector, out var hash));
        Assert.True(hash!.Verify("correct horse"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("pbkdf2-sha512$9999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("pbkdf2-sha512$99999999999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("pbkdf2-sha512$10000$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("pbkdf2-sha512$10000$AAAAAAAAAAAAAAAAAAAAAA$")]
    [InlineData("pbkdf2-sha512$10000$!!!!$????")]
    [InlineData("pbkdf2-md5$10000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_hash_of_ours_is_refused(string text) => Assert.False(PasswordHash.TryParse(text, out _));

    private const string PythonVector = "pbkdf2-sha512$10000$AAECAwQFBgcICQoLDA0ODw$ECEiF3rHxiQNn3eIhD3_rQu7JgNUuHNkEwXr67HsHXA";
}
