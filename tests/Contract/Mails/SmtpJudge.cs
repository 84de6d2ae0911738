using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Postern.Tests.Contract.Mails;

/// <summary>A mail server of another maker, in a process of its own, with a certificate of an authority that only this test knows.</summary>
sealed class SmtpJudge : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    readonly string folder;
    readonly Process node;

    SmtpJudge(string folder, Process node, int port) => (this.folder, this.node, Port) = (folder, node, port);

    public int Port { get; }

    /// <summary>Certificate of the authority.</summary>
    public string CaFile => Path.Combine(folder, "ca.pem");

    /// <param name="secure">TLS from the first byte, else STARTTLS.</param>
    /// <param name="methods">Ways to sign in that it offers.</param>
    /// <param name="host">Whom its certificate is for.</param>
    public static async Task<SmtpJudge> StartAsync(bool secure, string[] methods, string host = "127.0.0.1")
    {
        var made = System.IO.Directory.CreateTempSubdirectory("postern-smtp-").FullName;
        WriteCertificates(made, host);
        var start = new ProcessStartInfo("node", ["judges/smtp.mjs"]) { UseShellExecute = false, WorkingDirectory = Folder(), RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["SETTINGS"] = new JsonObject
        {
            ["key"] = Path.Combine(made, "key.pem"),
            ["certificate"] = Path.Combine(made, "certificate.pem"),
            ["secure"] = secure,
            ["methods"] = new JsonArray([.. methods.Select(m => (JsonNode)m)]),
        }.ToJsonString();
        var judge = Process.Start(start)!;
        var line = await judge.StandardOutput.ReadLineAsync().WaitAsync(patience);
        return new SmtpJudge(made, judge, JsonNode.Parse(line.ShouldNotBeNull())!["port"]!.GetValue<int>());
    }

    /// <summary>The next mail it took.</summary>
    public async Task<JsonNode> NextAsync() => JsonNode.Parse((await node.StandardOutput.ReadLineAsync().WaitAsync(patience)).ShouldNotBeNull())!;

    public Dictionary<string, string> Settings(bool secure) => new(StringComparer.Ordinal)
    {
        ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
        ["POSTERN_EMAIL__PORT"] = Port.ToString(CultureInfo.InvariantCulture),
        ["POSTERN_EMAIL__USERNAME"] = "postern",
        ["POSTERN_EMAIL__PASSWORD"] = "pässword",
        [secure ? "POSTERN_EMAIL__USE_SSL" : "POSTERN_EMAIL__USE_TLS"] = "true",
        ["POSTERN_EMAIL__FROM"] = "Postern <id@example.org>",
        ["POSTERN_EMAIL__TIMEOUT"] = "30",
        ["POSTERN_EMAIL__CA_FILE"] = CaFile,
    };

    public async ValueTask DisposeAsync()
    {
        node.StandardInput.Close();
        await node.WaitForExitAsync().WaitAsync(patience);
        node.Dispose();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    static void WriteCertificates(string folder, string host)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=A test authority", rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var root = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        leaf.CertificateExtensions.Add(names.Build());
        using var signed = leaf.Create(root, now.AddDays(-1), now.AddDays(20), [1, 2, 3, 4]);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "certificate.pem"), signed.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(Path.GetDirectoryName(file))!;
}
