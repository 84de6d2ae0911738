using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Flows;

/// <summary>What people change of their own account in the shipped flow.</summary>
public sealed class UserSettingsTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const string Flow = "default-user-settings-flow";
    readonly TestServer server = mfa.Server;

    [Theory]
    [InlineData("name", "{}", true)]
    [InlineData("email", "{}", false)]
    [InlineData("username", "{}", false)]
    [InlineData("name", """{"goauthentik.io/user/can-change-name": false}""", false)]
    [InlineData("email", """{"goauthentik.io/user/can-change-email": true}""", true)]
    [InlineData("username", """{"goauthentik.io/user/can-change-username": true}""", true)]
    public async Task Settings_say_what_may_change_unless_a_group_or_the_user_says_otherwise(string field, string attributes, bool allowed)
    {
        var name = $"s-{field}-{allowed}-{attributes.Length}";
        var user = await mfa.AddPersonAsync(name);
        var group = await server.AddGroupAsync(name, members: user);
        await server.Database.ExecuteAsync($"UPDATE \"group\" SET attributes = '{attributes}' WHERE pk = '{group}'");
        using var browser = new Visitor(server);
        await browser.SignInAsync(name);
        (await browser.ShowAsync(Flow)).Component().ShouldBe("ak-stage-prompt");
        var answer = new JsonObject { ["username"] = name, ["name"] = name, ["email"] = $"{name}@example.org", ["attributes.settings.locale"] = "" };
        answer[field] = $"new-{name}@example.org";

        var after = await browser.AnswerAsync(Flow, answer);

        after.Component().ShouldBe(allowed ? "xak-flow-redirect" : "ak-stage-prompt", after.ToJsonString());
        (await server.Database.ScalarAsync<string>($"SELECT {field} FROM \"user\" WHERE pk = {user.Pk}") == $"new-{name}@example.org").ShouldBe(allowed);
        (await server.Database.ScalarAsync<string?>($"SELECT concat_ws(' ', context->>'created', context->>'{field}') FROM event WHERE action = 'user_write' AND \"user\"->>'pk' = '{user.Pk}'"))
            .ShouldBe(allowed ? $"false new-{name}@example.org" : null);
    }
}
