using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Licensing;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>A server with an administrator, and a vendor's authority that development builds trust.</summary>
internal sealed class LicenseServer : IAsyncDisposable
{
    public const string Licenses = "/api/v3/enterprise/license/";

    readonly LicenseAuthority authority = TrustedRoots.DevelopmentAuthority()!;

    LicenseServer(TestServer server, HttpClient admin) => (Server, Admin) = (server, admin);

    public TestServer Server { get; }

    public HttpClient Admin { get; }

    public Guid InstallId { get; private set; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<LicenseServer> StartAsync(Action<IServiceCollection>? adjust = null, params (string Name, string Value)[] settings)
    {
        var server = await TestServer.StartAsync(settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal), adjust);
        // Of those who count and are written to there is the first administrator alone.
        var root = await server.AddUserAsync("root", u => (u.Type, u.Email) = (UserType.InternalServiceAccount, ""));
        await server.AddGroupAsync("roots", superuser: true, members: root);
        var started = new LicenseServer(server, server.Program(await server.AddTokenAsync(root)));
        started.InstallId = Guid.Parse((await started.Admin.GetFromJsonAsync<JsonObject>($"{Licenses}install_id/", Cancellation))!["install_id"]!.ToString());
        return started;
    }

    /// <summary>A key for this installation.</summary>
    public string Key(int days = 365, int users = 10, Func<LicenseDocument, LicenseDocument>? adjust = null, LicenseAuthority? by = null)
    {
        var now = Server.Clock.GetUtcNow();
        var document = new LicenseDocument
        {
            Audience = LicenseAudience.Of(InstallId),
            IssuedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = now.AddDays(days).ToUnixTimeSeconds(),
            Id = Guid.NewGuid(),
            Name = "Office",
            InternalUsers = users,
            ExternalUsers = users,
        };
        return (by ?? authority).Signer.Sign(adjust?.Invoke(document) ?? document);
    }

    public Task<HttpResponseMessage> InstallAsync(string key) => Admin.PostAsJsonAsync(Licenses, new { key }, Cancellation);

    public async Task<JsonObject> SummaryAsync() => (await Admin.GetFromJsonAsync<JsonObject>($"{Licenses}summary/?cached=false", Cancellation))!;

    public async ValueTask DisposeAsync()
    {
        authority.Dispose();
        Admin.Dispose();
        await Server.DisposeAsync();
    }
}
