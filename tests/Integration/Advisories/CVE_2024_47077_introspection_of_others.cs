using System.Net;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>A client could look at the tokens of every other.</summary>
public sealed class CVE_2024_47077_introspection_of_others(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task A_client_learns_nothing_of_tokens_of_another()
    {
        var (own, other) = (new Flow(Oidc, await Oidc.AddApplicationAsync("introspect-own")), new Flow(Oidc, await Oidc.AddApplicationAsync("introspect-other")));
        using var browser = await own.SignedInAsync();
        using var program = Oidc.Server.Program();
        var tokens = (await own.RedeemAsync(program, await own.CodeAsync(browser))).Json;
        foreach (var name in new[] { "access_token", "refresh_token" })
        {
            var token = tokens[name]!.GetValue<string>();
            (await own.PostAsync(program, "/application/o/introspect/", ("token", token))).Member("active").ShouldBe("true");
            (await other.PostAsync(program, "/application/o/introspect/", ("token", token))).Text.ShouldBe("{\"active\":false}");
            await other.PostAsync(program, "/application/o/revoke/", ("token", token));
            (await own.PostAsync(program, "/application/o/introspect/", ("token", token))).Member("active").ShouldBe("true");
        }
        (await other.RefreshAsync(program, tokens["refresh_token"]!.GetValue<string>())).Member("error").ShouldBe("\"invalid_grant\"");
        (await own.RefreshAsync(program, tokens["refresh_token"]!.GetValue<string>())).Status.ShouldBe(HttpStatusCode.OK);
    }
}
