using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Oidc;

/// <summary>Access tokens with the scope of the API open it in their user's name.</summary>
public sealed class ApiAccessTests(OidcServer server) : IClassFixture<OidcServer>
{
    [Fact]
    public async Task A_token_with_the_scope_stands_for_its_user_while_it_lives()
    {
        var mappings = (await server.Admin.GetApiAsync("propertymappings/provider/scope/?page_size=100")).Json["results"]!.AsArray().Where(m => m!["managed"] is not null).Select(m => m!["pk"]!.DeepClone());
        var flow = new Flow(server, await server.AddApplicationAsync("api-access", more: new JsonObject { ["property_mappings"] = new JsonArray([.. mappings]) }));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        async Task<string> TokenAsync(string scope) => (await flow.RedeemAsync(program, await flow.CodeAsync(browser, scope))).Json["access_token"]!.GetValue<string>();

        var token = await TokenAsync("openid goauthentik.io/api");
        using var client = server.Server.Program(token);
        (await client.GetApiAsync("core/users/me/")).Json["user"]!["username"]!.GetValue<string>().ShouldBe("jane");
        (await client.GetApiAsync("core/users/")).Status.ShouldBe(HttpStatusCode.Forbidden, "its user holds no such right");

        using var without = server.Server.Program(await TokenAsync("openid"));
        (await without.GetApiAsync("core/users/me/")).ToString().ShouldBe("""403 {"detail":"Token invalid/expired"}""");
        (await flow.PostAsync(program, "/application/o/revoke/", ("token", token))).Status.ShouldBe(HttpStatusCode.OK);
        (await client.GetApiAsync("core/users/me/")).ToString().ShouldBe("""403 {"detail":"Token invalid/expired"}""");

        using var late = server.Server.Program(await TokenAsync("openid goauthentik.io/api"));
        await server.Admin.CallAsync("PATCH", $"core/users/{server.Person.Pk}/", """{"is_active":false}""");
        (await late.GetApiAsync("core/users/me/")).ToString().ShouldBe("""403 {"detail":"Token invalid/expired"}""");
        await server.Admin.CallAsync("PATCH", $"core/users/{server.Person.Pk}/", """{"is_active":true}""");
    }
}
