using Fengsui.Api.Configuration.Binding;
using Fengsui.Api.Delivery.Configuration;

namespace Fengsui.Api.Tests.Delivery;

/// <summary>Reads receivers with a few secrets in the environment.</summary>
internal static class ReceiverFiles
{
    public const string Secret = "0123456789abcdef";

    public static ReceiverCatalog Read(string text, IReadOnlyCollection<string>? bridges = null) => ReceiverFileReader.Read(
        "receivers.yaml", text, new SecretReader("/nowhere", new Dictionary<string, string> { ["HOOK_SECRET"] = Secret, ["SHORT"] = "short", ["MAIL_PASSWORD"] = "geheim" }), bridges);
}
