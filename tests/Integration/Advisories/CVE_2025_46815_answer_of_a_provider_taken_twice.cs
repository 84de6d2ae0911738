using Postern.Tests.Integration.Sources;
using static Postern.Tests.Integration.Sources.SourceServers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>What another provider had answered was good again, for whoever had seen it (ZITADEL). Guards Sources/Protocol/Attempts: an answer is good once, for its time, and in the session that asked.</summary>
[Trait("Fault", "F15")]
[Collection(SourceAdvisories.Name)]
public sealed class CVE_2025_46815_answer_of_a_provider_taken_twice(SourceServers servers)
{
    [Fact]
    public async Task Signs_in_nobody_else_and_nobody_again()
    {
        await servers.AddSourceAsync("taken-twice");
        var (_, there) = await servers.PersonAsync("twice");
        using var here = servers.Here.Browser();
        using var thief = servers.Here.Browser();
        await thief.GetAsync("/source/oauth/login/taken-twice/", TestContext.Current.CancellationToken);
        var back = await LeaveAsync(here, there, "taken-twice");

        await thief.GetAsync(back, TestContext.Current.CancellationToken);
        (await MeAsync(thief)).ShouldBeNull();
        await here.GetAsync(back, TestContext.Current.CancellationToken);
        (await MeAsync(here)).ShouldBe("twice");
        await RefusalAsync(await here.GetAsync(back, TestContext.Current.CancellationToken));
    }
}
