using System.Net;
using Postern.Tests.Integration.Sources;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sources.SourceServers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Deactivated users who came by a source got half way in. Guards Sources/Matching/MatchUser; <see cref="CVE_2025_53942_deactivated_users"/> asks every other entry.</summary>
[Collection(SourceAdvisories.Name)]
public sealed class CVE_2025_53942_deactivated_users_by_a_source(SourceServers servers)
{
    [Fact]
    public async Task Get_no_further_than_its_answer()
    {
        await servers.AddSourceAsync("left");
        var (_, there) = await servers.PersonAsync("left-elsewhere");
        using (var before = servers.Here.Browser())
        {
            await SignInAsync(before, there, "left");
            (await MeAsync(before)).ShouldBe("left-elsewhere");
        }
        await servers.Here.Database.ExecuteAsync("UPDATE \"user\" SET is_active = false WHERE username = 'left-elsewhere'");
        using var here = servers.Here.Browser();

        (await RefusalAsync(await SignInAsync(here, there, "left"), HttpStatusCode.Forbidden)).ShouldContain("disabled");

        (await MeAsync(here)).ShouldBeNull();
    }
}
