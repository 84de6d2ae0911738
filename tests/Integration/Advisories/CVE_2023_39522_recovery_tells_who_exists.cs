using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Recovery told whether an account exists. Guards Stages/Identification, which pretends, and Stages/Email/SendLink, which does the same work for nobody.</summary>
[Trait("Fault", "F13")]
public sealed class CVE_2023_39522_recovery_tells_who_exists(MfaServer mfa) : AccountAdvisory(mfa)
{
    const string Flow = "default-recovery-flow";

    [Fact]
    public async Task Everybody_is_answered_alike()
    {
        var (known, shut) = (await AddPersonAsync("told"), await AddPersonAsync("told"));
        await Server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {shut.Pk}");
        var answers = new List<string>();
        foreach (var name in new[] { known.Username, shut.Username, $"told-{Guid.NewGuid():N}" })
        {
            using var visitor = Visitor();
            await visitor.ShowAsync(Flow);
            answers.Add((await visitor.AnswerAsync(Flow, new JsonObject { ["uid_field"] = name })).ToJsonString().Replace(name, "name", StringComparison.Ordinal));
        }
        answers[1].ShouldBe(answers[0]);
        answers[2].ShouldBe(answers[0]);
        answers[0].ShouldContain("ak-stage-email");
    }
}
