using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>People set fields of their own account that were not theirs to set (ZITADEL: that an address was verified). Guards Stages/Prompts, which takes no field that was not asked for, and the rights of <c>core/users</c>.</summary>
public sealed class CVE_2026_27946_rights_by_the_settings_form(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task Nothing_is_taken_that_was_not_asked_for()
    {
        var person = await AddPersonAsync("assigned");
        using var visitor = Visitor();
        await visitor.SignInAsync(person.Username);
        await visitor.ShowAsync("default-user-settings-flow");
        var mine = new JsonObject
        {
            ["username"] = person.Username,
            ["name"] = "Changed",
            ["email"] = person.Email,
            ["locale"] = "",
            ["is_superuser"] = true,
            ["is_active"] = false,
            ["type"] = "internal_service_account",
            ["path"] = "admins",
            ["groups"] = new JsonArray("authentik Admins"),
            ["groups_to_add"] = new JsonArray("authentik Admins"),
            ["attributes"] = new JsonObject { ["goauthentik.io/user/debug"] = true },
            ["attributes.goauthentik.io/user/token-expires"] = false,
            ["pk"] = 1,
            ["password"] = "evil evil evil",
            ["uuid"] = Guid.NewGuid().ToString(),
        };
        (await visitor.AnswerAsync("default-user-settings-flow", mine)).Component().ShouldBe("xak-flow-redirect");

        (await Server.Database.ScalarAsync<string>(
            $"SELECT name || ' ' || is_active || ' ' || type || ' ' || path || ' ' || (password = '{person.Password}') || ' ' || (attributes ? 'goauthentik.io/user/debug') FROM \"user\" WHERE pk = {person.Pk}"))
            .ShouldBe("Changed true internal users true false");
        (await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_group WHERE user_pk = {person.Pk}")).ShouldBe(0);
        using var program = Server.Program(await Server.AddTokenAsync(person));
        (await program.CallAsync("PATCH", $"core/users/{person.Pk}/", """{"is_superuser": true}""")).Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
    }
}
