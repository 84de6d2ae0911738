using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Protection;

/// <summary>TLS of the server itself.</summary>
public sealed class TlsTests : IDisposable
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-tls-");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Without_files_the_server_makes_a_certificate_and_keeps_it()
    {
        var first = await ShownAsync(await StartAsync([]));
        first.Issuer.ShouldBe(first.Subject);
        first.MatchesHostname("localhost").ShouldBeTrue();
        File.GetUnixFileMode(Path.Combine(folder.FullName, "tls", "key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        (await ShownAsync(await StartAsync([]))).Thumbprint.ShouldBe(first.Thumbprint);
    }

    [Trait("Fault", "F23")]
    [Fact]
    public async Task Files_that_change_are_read_again_and_broken_ones_change_nothing()
    {
        var (certificate, key) = (Path.Combine(folder.FullName, "a.pem"), Path.Combine(folder.FullName, "b.pem"));
        Write(certificate, key, "CN=first");
        await using var server = await StartAsync(new() { ["POSTERN_TLS__CERTIFICATE"] = certificate, ["POSTERN_TLS__KEY"] = key });
        (await SubjectAsync(server)).ShouldBe("CN=first");

        Write(certificate, key, "CN=second");
        (await SubjectAsync(server)).ShouldBe("CN=first");
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        (await SubjectAsync(server)).ShouldBe("CN=second");

        await File.WriteAllTextAsync(certificate, "no certificate", Cancellation);
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        (await SubjectAsync(server)).ShouldBe("CN=second");
        server.Errors.Claim().ShouldHaveSingleItem().ShouldContain("the one before stays");
        Write(certificate, key, "CN=third");
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        (await SubjectAsync(server)).ShouldBe("CN=third");
    }

    [Fact]
    public async Task Requests_over_it_are_secure()
    {
        await using var server = await StartAsync([]);
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = Anything(), UseCookies = false }) { BaseAddress = Secure(server) };
        using var answer = await client.GetAsync("/api/v3/flows/executor/default-authentication-flow/?query=", Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(c => c.StartsWith("__Host-", StringComparison.Ordinal) && c.Contains("secure", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public async Task Files_that_cannot_be_used_stop_the_start(string text)
    {
        var file = Path.Combine(folder.FullName, "broken.pem");
        await File.WriteAllTextAsync(file, text, Cancellation);
        var start = await Should.ThrowAsync<Exception>(async () => await ShownAsync(await StartAsync(new() { ["POSTERN_TLS__CERTIFICATE"] = file, ["POSTERN_TLS__KEY"] = file })));
        start.ToString().ShouldContain("cannot be used");
    }

    Task<TestServer> StartAsync(Dictionary<string, string> environment)
    {
        environment["POSTERN_LISTEN__HTTPS"] = "127.0.0.1:0";
        environment["POSTERN_DATA"] = folder.FullName;
        return TestServer.StartAsync(environment);
    }

    static void Write(string certificateFile, string keyFile, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest(name, key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }

    static Uri Secure(TestServer server) => new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(a => a.StartsWith("https", StringComparison.Ordinal)));

    // The test looks at the certificate itself.
    static SslClientAuthenticationOptions Anything() => new() { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null };

    static async Task<string> SubjectAsync(TestServer server)
    {
        using var shown = await LookAsync(server);
        return shown.Subject;
    }

    static async Task<X509Certificate2> ShownAsync(TestServer server)
    {
        await using (server)
            return await LookAsync(server);
    }

    static async Task<X509Certificate2> LookAsync(TestServer server)
    {
        var address = Secure(server);
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, Cancellation);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(Anything(), Cancellation);
        return new X509Certificate2(tls.RemoteCertificate!);
    }
}
