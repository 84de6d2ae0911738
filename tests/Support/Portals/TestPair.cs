using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Reading;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Support.Portals;

/// <summary>A server and a portal that signs people in through it, set up by the blueprint that ships; both mail to the same place and go by the same clock.</summary>
public sealed class TestPair : IAsyncDisposable
{
    TestPair(TestServer server, TestPortal portal, SmtpServer mail) => (Server, Portal, Mail) = (server, portal, mail);

    public TestServer Server { get; }

    public TestPortal Portal { get; }

    public SmtpServer Mail { get; }

    /// <param name="blueprint">The text of <c>blueprints/example/customer-portal.yaml</c>.</param>
    public static async Task<TestPair> StartAsync(string blueprint)
    {
        var mail = new SmtpServer();
        var mailPort = mail.Port.ToString(CultureInfo.InvariantCulture);
        var address = $"127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        var server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_ENTERPRISE__PORTAL_URL"] = $"http://{address}",
            ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
            ["POSTERN_EMAIL__PORT"] = mailPort,
        });
        await ImportAsync(server, blueprint, $"http://{address}");
        var portal = await TestPortal.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PORTAL_LISTEN__HTTP"] = address,
                ["PORTAL_BASE_URL"] = $"http://{address}",
                ["PORTAL_OIDC__ISSUER"] = $"{server.Address}application/o/portal/",
                ["PORTAL_OIDC__CLIENT_SECRET"] = Secret,
                ["PORTAL_EMAIL__HOST"] = "127.0.0.1",
                ["PORTAL_EMAIL__PORT"] = mailPort,
            },
            server.Clock);
        return new TestPair(server, portal, mail);
    }

    const string Secret = "the secret of the portal as a client";

    /// <summary>Runs all jobs of both that are due, mails included.</summary>
    public async Task RunJobsAsync()
    {
        await Server.Services.GetRequiredService<JobRunner>().RunDueAsync(CancellationToken.None);
        await Portal.RunJobsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Server.DisposeAsync();
        await Mail.DisposeAsync();
    }

    static async Task ImportAsync(TestServer server, string blueprint, string portal)
    {
        var report = await server.InScopeAsync(services => services.GetRequiredService<ImportBlueprint>().ExecuteAsync(
            new ImportRequest(BlueprintReader.Read(blueprint).Blueprint!, Caller.System) { Context = new JsonObject { ["portal_url"] = portal, ["client_secret"] = Secret } }, CancellationToken.None));
        if (!report.IsSuccess)
            throw new InvalidOperationException("The portal's blueprint was refused:\n" + string.Join('\n', report.Entries.SelectMany(e => e.Problems).Select(p => $"{p.Line}: {p.Message}")));
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
