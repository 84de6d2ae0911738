using Microsoft.AspNetCore.WebUtilities;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Sources;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Holes that products of this kind had, each tried on ours under the name it was published with. Each tells which lines it guards; <c>tests/Mutations</c> takes them away one after the other and demands that it fails. What concerns things we do not have is
/// listed in docs/security.md.
/// </summary>
[CollectionDefinition(Name)]
public sealed class Advisories : ICollectionFixture<OidcServer>, ICollectionFixture<MfaServer>
{
    public const string Name = "Advisories";
}

/// <summary>The same for ways in by another provider, which need a second server.</summary>
[CollectionDefinition(Name)]
public sealed class SourceAdvisories : ICollectionFixture<SourceServers>
{
    public const string Name = "Advisories of sources";
}

/// <summary>A hole in OAuth2 or OpenID Connect.</summary>
[Collection(Advisories.Name)]
public abstract class ProtocolAdvisory(OidcServer server)
{
    protected OidcServer Oidc => server;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What the authorization endpoint answers to the usual request of the application with these changes; null leaves a parameter out.</summary>
    protected static Task<HttpResponseMessage> AuthorizeAsync(HttpClient browser, Flow flow, params (string Name, string? Value)[] changes)
    {
        var query = flow.Request();
        foreach (var (name, value) in changes)
        {
            query.Remove(name);
            if (value is not null)
                query[name] = value;
        }
        return browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
    }
}

/// <summary>A hole in flows, accounts or rights.</summary>
[Collection(Advisories.Name)]
public abstract class AccountAdvisory(MfaServer mfa)
{
    protected MfaServer Mfa => mfa;

    protected TestServer Server => mfa.Server;

    protected HttpClient Admin => mfa.Admin;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Somebody of this name and a number, who signs in with <see cref="MfaServer.Password"/>.</summary>
    protected Task<User> AddPersonAsync(string name) => Server.AddUserAsync($"{name}-{Guid.NewGuid():N}", u => u.Password = PasswordHash.Encode(MfaServer.Password, 1000));

    /// <summary>A browser on another machine than the server's.</summary>
    private protected Visitor Visitor()
    {
        var visitor = new Visitor(Server);
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        return visitor;
    }
}
