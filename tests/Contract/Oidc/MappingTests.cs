using System.Text.Json.Nodes;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Oidc;

/// <summary>The shipped mappings run without the interpreter, and tell what it would.</summary>
public sealed class MappingTests(OidcServer server) : IClassFixture<OidcServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_shipped_mappings_tell_the_same_with_and_without_the_interpreter()
    {
        await server.Server.AddGroupAsync("zeta", members: server.Person);
        await server.Server.AddGroupAsync("Alpha", members: server.Person);
        var copies = new JsonArray();
        foreach (var mapping in (await server.Admin.GetApiAsync("propertymappings/provider/scope/?page_size=100")).Json["results"]!.AsArray().Where(m => m!["managed"] is not null))
        {
            var copy = new JsonObject { ["name"] = $"copy of {mapping!["name"]}", ["scope_name"] = mapping["scope_name"]!.DeepClone(), ["expression"] = $"unused = 1\n{mapping["expression"]}" };
            copies.Add((await server.Admin.PostApiAsync("propertymappings/provider/scope/", copy.ToJsonString())).Json["pk"]!.DeepClone());
        }
        var shipped = await ClaimsAsync(new Flow(server, await server.AddApplicationAsync("shipped")));
        var interpreted = await ClaimsAsync(new Flow(server, await server.AddApplicationAsync("interpreted", more: new JsonObject { ["property_mappings"] = copies })));

        shipped["groups"]!.AsArray().Count.ShouldBe(2);
        Sorted(shipped).ShouldBe(Sorted(interpreted));
    }

    [Fact]
    public async Task Each_call_of_a_program_asks_the_database_for_little()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("frugal"));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var tokens = (await flow.RedeemAsync(program, await flow.CodeAsync(browser, "openid profile email offline_access"))).Json;
        var access = tokens["access_token"]!.GetValue<string>();
        // Once before, so that what is read once is read.
        await flow.TokenAsync(program, ("grant_type", "client_credentials"));

        // The application's own account is made once, and remembered from then on.
        await flow.TokenAsync(program, ("grant_type", "client_credentials"));
        (await CountAsync(() => flow.TokenAsync(program, ("grant_type", "client_credentials")))).ShouldBe(1);
        (await CountAsync(() => flow.UserinfoAsync(program, access))).ShouldBe(1);
        (await CountAsync(() => flow.PostAsync(program, "/application/o/introspect/", ("token", access)))).ShouldBe(1);
        (await CountAsync(() => flow.RefreshAsync(program, tokens["refresh_token"]!.GetValue<string>()))).ShouldBe(2);
        (await CountAsync(() => program.GetAsync("/application/o/frugal/.well-known/openid-configuration", Cancellation))).ShouldBe(0);
        (await CountAsync(() => program.GetAsync("/application/o/frugal/jwks/", Cancellation))).ShouldBe(0);
    }

    async Task<int> CountAsync(Func<Task> call)
    {
        using var count = new StatementCount(server.Server.Database);
        await call();
        return count.Value;
    }

    async Task<JsonObject> ClaimsAsync(Flow flow)
    {
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var tokens = (await flow.RedeemAsync(program, await flow.CodeAsync(browser, "openid profile email"))).Json;
        program.DefaultRequestHeaders.Authorization = new("Bearer", tokens["access_token"]!.GetValue<string>());
        return JsonNode.Parse(await program.GetStringAsync("/application/o/userinfo/", Cancellation))!.AsObject();
    }

    static string Sorted(JsonObject claims) =>
        string.Join('\n', claims.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}: {(c.Value is JsonArray list ? string.Join(',', list.Select(i => i!.GetValue<string>()).Order(StringComparer.Ordinal)) : c.Value?.ToJsonString())}"));
}
