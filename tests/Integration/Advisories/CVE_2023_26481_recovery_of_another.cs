using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Whoever had a recovery link could choose another account on the page that asks for the name. Guards Stages/Recovery/RecoveryPlan, which binds the link to its user and leaves that page out.</summary>
public sealed class CVE_2023_26481_recovery_of_another(MfaServer mfa) : AccountAdvisory(mfa)
{
    const string Flow = "default-recovery-flow";
    const string New = "another horse battery staple";

    [Fact]
    public async Task The_link_is_for_its_user_whatever_is_answered()
    {
        var (own, prey) = (await AddPersonAsync("link-owner"), await AddPersonAsync("link-prey"));
        var link = (await Admin.PostApiAsync($"core/users/{own.Pk}/recovery/", "{}")).Json["link"]!.ToString();
        var query = Regex.Match(link, @"flow_token=\w+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        using var thief = Visitor();
        var asked = await thief.ShowAsync(Flow, query);
        await thief.AnswerAsync(Flow, new JsonObject { ["uid_field"] = prey.Username, ["token"] = asked["token"]!.ToString() }, query);
        // Twice: the first may be the answer to a page that asks for the name.
        for (var answer = 0; answer < 2 && await thief.WhoAsync() is null; answer++)
            await thief.AnswerAsync(Flow, new JsonObject { ["uid_field"] = prey.Username, ["username"] = prey.Username, ["password"] = New, ["password_repeat"] = New }, query);

        (await thief.WhoAsync()).ShouldBe(own.Username);
        using var still = Visitor();
        (await still.SignInAsync(prey.Username)).Component().ShouldBe("xak-flow-redirect");
    }
}
