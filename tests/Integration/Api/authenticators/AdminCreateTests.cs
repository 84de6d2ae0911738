using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Authenticators;

/// <summary>Devices that administrators enter over the API: they carry no secret, so they count for nothing.</summary>
public sealed class AdminCreateTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Theory]
    [InlineData("static")]
    [InlineData("totp")]
    [InlineData("webauthn")]
    [InlineData("email")]
    [InlineData("sms")]
    public async Task An_entry_is_the_callers_and_does_not_count(string kind)
    {
        using var admin = await server.SuperuserAsync();
        var made = await admin.PostApiAsync($"authenticators/admin/{kind}/", """{"name":"spare"}""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        // A second one of the same kind hinders nobody.
        (await admin.PostApiAsync($"authenticators/admin/{kind}/", """{"name":"spare 2"}""")).Status.ShouldBe(HttpStatusCode.Created);
        var own = (await admin.GetApiAsync("authenticators/all/")).Json.AsArray();
        own.Select(d => d!["confirmed"]!.GetValue<bool>()).ShouldBe([false, false]);
        var pk = made.Member("pk");
        (await admin.CallAsync("PUT", $"authenticators/admin/{kind}/{pk}/", """{"name":"renamed"}""")).Member("name").ShouldBe("\"renamed\"");
        (await admin.CallAsync("DELETE", $"authenticators/admin/{kind}/{pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Nobody_enters_one_without_the_right_or_a_name_or_at_their_own_path()
    {
        using var anybody = await server.WithRightsAsync();
        (await anybody.PostApiAsync("authenticators/admin/totp/", """{"name":"spare"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync("authenticators/admin/totp/", "{}")).ToString().ShouldBe("""400 {"name":["This field is required."]}""");
        (await admin.PostApiAsync("authenticators/totp/", """{"name":"spare"}""")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}
