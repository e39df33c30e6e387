using Fengsui.Api.Configuration.Sections;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>What is wrong between options that are each right.</summary>
internal static class OptionChecks
{
    public static IEnumerable<string> Find(FengsuiOptions options, Origins origins, string directory) =>
        [.. Ports(options, origins), .. Tls(options, origins, directory), .. History(options.History, origins)];

    /// <summary>A coarser tier that goes before a finer one leaves a hole that nothing can answer for.</summary>
    private static IEnumerable<string> History(HistorySection history, Origins origins)
    {
        var (finer, longest) = ("history.retain_age", history.RetainAge);
        foreach (var (path, age) in new[] { ("history.retain_1s", history.Retain1s), ("history.retain_1min", history.Retain1Min) })
        {
            if (age == TimeSpan.Zero)
                continue;
            if (age < longest)
                yield return $"{origins.Of(path)}: {path} is shorter than {finer} (expected at least as long, or 0 for no such tier)";
            (finer, longest) = (path, age);
        }
    }

    private static IEnumerable<string> Ports(FengsuiOptions options, Origins origins)
    {
        var ports = new List<(string Path, int Port)> { ("server.mqtt_port", options.Server.MqttPort), ("server.http_port", options.Server.HttpPort) };
        if (options.Server.Tls.IsConfigured)
        {
            ports.Add(("server.mqtts_port", options.Server.MqttsPort));
        }

        return from second in ports.Select((port, index) => (port.Path, port.Port, Index: index))
               from first in ports.Take(second.Index)
               where first.Port == second.Port && first.Port != 0
               select $"{origins.Of(second.Path)}: {second.Path} is {second.Port}, and so is {first.Path} (expected different ports, or 0)";
    }

    private static IEnumerable<string> Tls(FengsuiOptions options, Origins origins, string directory)
    {
        var tls = options.Server.Tls;
        if (tls.Certificate is { } certificate)
        {
            var isPkcs12 = Path.GetExtension(certificate) is ".pfx" or ".p12";
            if (!isPkcs12 && tls.Key is null)
                yield return $"{origins.Of("server.tls.certificate")}: the certificate has no key (expected server.tls.key, or a .pfx or .p12 file)";
        }
        else if (tls.Key is not null || tls.Http)
        {
            var path = tls.Key is not null ? "server.tls.key" : "server.tls.http";
            yield return $"{origins.Of(path)}: {path} is set without a certificate (expected server.tls.certificate)";
        }

        (string Path, string? File)[] files =
            [("server.tls.certificate", tls.Certificate), ("server.tls.key", tls.Key), ("server.tls.password_file", tls.PasswordFile)];
        foreach (var (path, file) in files)
        {
            if (file is not null && !File.Exists(Path.Combine(directory, file)))
                yield return $"{origins.Of(path)}: {path}: there is no file '{Path.Combine(directory, file)}'";
        }
    }
}
