using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Sources;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sources.SourceServers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Whoever wrote somebody's address into a profile elsewhere was joined to that person's account (Keycloak); the same class as CVE-2026-57580, whose SAML is not here. Guards Sources/Matching/MatchUser
/// and that the usual way of matching joins nobody.
/// </summary>
[Collection(SourceAdvisories.Name)]
public sealed class CVE_2025_7365_account_joined_by_an_address(SourceServers servers)
{
    [Fact]
    public async Task Is_not_by_one_that_the_provider_has_not_confirmed_and_not_at_all_unless_chosen()
    {
        (await servers.AddSourceAsync("joined-usual"))["user_matching_mode"]!.ToString().ShouldBe("identifier");
        await servers.AddSourceAsync("joined", new JsonObject { ["user_matching_mode"] = "email_link" });
        var prey = await servers.Here.AddUserAsync("prey-of-here", u => u.Email = "joined@example.org");
        var (_, there) = await servers.PersonAsync("joined", verified: false);
        foreach (var slug in new[] { "joined", "joined-usual" })
        {
            using var here = servers.Here.Browser();
            await SignInAsync(here, there, slug);
            (await MeAsync(here)).ShouldNotBe(prey.Username, slug);
        }
        (await servers.CountAsync($"SELECT count(*) FROM user_source_connection WHERE user_pk = {prey.Pk}")).ShouldBe(0);
    }
}
