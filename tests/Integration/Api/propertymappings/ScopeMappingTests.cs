using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Postern.Applications;
using Postern.Applications.Mappings;
using Postern.Directory.Users;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Storage.Snapshots;
using Postern.Tests.Integration.Api.Core.Applications;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.PropertyMappings;

public sealed class ScopeMappingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "propertymappings/provider/scope/";
    readonly TestServer server = fixture.Server;

    [Theory]
    [InlineData("openid", "{}")]
    [InlineData("email", """{"email":"ann@example.org","email_verified":false}""")]
    [InlineData("profile", """{"name":"Ann Ash","given_name":"Ann Ash","preferred_username":"ann","nickname":"ann","groups":["staff"]}""")]
    [InlineData("entitlements", """{"entitlements":["editor","reader"],"roles":["editor","reader"]}""")]
    [InlineData("offline_access", "{}")]
    [InlineData("goauthentik.io/api", "{}")]
    public async Task Each_managed_mapping_tells_what_its_scope_promises(string scope, string claims)
    {
        var (user, application) = await PeopleAsync();
        using var admin = await server.SuperuserAsync();
        var one = (await admin.GetApiAsync($"{Path}?scope_name={scope}&managed__isnull=false")).Json["results"]!.AsArray().ShouldHaveSingleItem()!;
        one["managed"]!.GetValue<string>().ShouldStartWith("goauthentik.io/providers/oauth2/scope-");
        one["component"]!.GetValue<string>().ShouldBe("ak-property-mapping-provider-scope-form");
        one["meta_model_name"]!.GetValue<string>().ShouldBe("authentik_providers_oauth2.scopemapping");
        (await RunAsync(one["expression"]!.GetValue<string>(), user, application)).ShouldBe(claims);
        (await RunAsync(one["expression"]!.GetValue<string>(), user: null, application)).ShouldStartWith("{");
    }

    [Fact]
    public async Task Attributes_of_entitlements_are_merged()
    {
        var (user, application) = await PeopleAsync();
        (await RunAsync("return request.user.app_entitlements_attributes(provider.application)", user, application)).ShouldBe("""{"level":2,"rooms":["a","b"]}""");
    }

    [Theory]
    [InlineData("""{"name":"m","scope_name":"a b","expression":"return {}"}""", """{"scope_name":["Value must not contain spaces."]}""")]
    [InlineData("""{"name":"m","expression":"return {}"}""", """{"scope_name":["This field is required."]}""")]
    [InlineData("""{"name":"m","scope_name":"a","expression":""}""", """{"expression":["This field may not be blank."]}""")]
    public async Task Refuses(string body, string errors)
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync(Path, body)).ToString().ShouldBe($"400 {errors}");
    }

    [Fact]
    public async Task An_expression_that_cannot_be_read_is_refused()
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync(Path, """{"name":"m","scope_name":"a","expression":"return ("}""")).Json["expression"]!.AsArray().Count.ShouldBe(1);
        (await admin.PostApiAsync(Path, """{"name":"own","scope_name":"own","expression":"return {}"}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await admin.GetApiAsync("propertymappings/all/?managed__isnull=true")).Each("name").ShouldBe(["\"own\""]);
        using var nobody = await server.WithRightsAsync();
        (await nobody.GetApiAsync(Path)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    async Task<string> RunAsync(string expression, User? user, string slug) => await server.InScopeAsync(async services =>
    {
        var picture = await services.GetRequiredService<Snapshot<ApplicationPicture>>().GetAsync(CancellationToken.None);
        var provider = picture.ProviderOf(picture.Find(slug)!);
        var input = new ExpressionInput { Name = "mapping", Request = new PolicyRequest { User = user }, Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["provider"] = provider } };
        var result = await services.GetRequiredService<ExpressionRunner>().RunAsync(expression, input, CancellationToken.None);
        result.Error.ShouldBeNull();
        return JsonSerializer.Serialize(result.Value);
    });

    async Task<(User User, string Application)> PeopleAsync()
    {
        var tag = Guid.NewGuid().ToString("N");
        await server.Database.ExecuteAsync("DELETE FROM \"user\" WHERE username = 'ann'; DELETE FROM \"group\" WHERE name IN ('staff', 'all')");
        var user = await server.AddUserAsync("ann", u => u.Name = "Ann Ash");
        var all = await server.AddGroupAsync("all");
        await server.AddGroupAsync("staff", parent: all, members: user);
        using var admin = await server.SuperuserAsync();
        var app = await admin.AddApplicationAsync($"a{tag}", $"\"provider\":{await server.AddProviderAsync(tag)}");
        foreach (var (name, attributes, binding) in new[]
        {
            ("reader", """{"level":2,"rooms":["b"]}""", $"\"group\":\"{all}\""), ("editor", """{"level":1,"rooms":["a"]}""", $"\"user\":{user.Pk}"),
            ("unbound", "{}", ""), ("others", "{}", $"\"user\":{user.Pk},\"negate\":true"),
        })
        {
            var made = await admin.PostApiAsync("core/application_entitlements/", $$"""{"name":"{{name}}","app":"{{app}}","attributes":{{attributes}} }""");
            if (binding.Length > 0)
                await admin.BindAsync(made.Json["pbm_uuid"]!.GetValue<string>(), binding);
        }
        return (user, $"a{tag}");
    }
}
