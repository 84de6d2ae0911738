using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Shipped flows for one's own settings ran for nobody as well, made accounts and changed those of others; and CVE-2022-46172: they made accounts for whoever was signed in. Guards the flows'
/// <c>authentication</c> in blueprints/default and never_create of their write stages.
/// </summary>
public sealed class CVE_2022_46145_shipped_flows_of_nobody(MfaServer mfa) : AccountAdvisory(mfa)
{
    static readonly JsonObject Takeover = new()
    {
        ["uid_field"] = "akadmin",
        ["username"] = "evil",
        ["name"] = "Evil",
        ["email"] = "evil@example.org",
        ["password"] = "evil evil evil",
        ["password_repeat"] = "evil evil evil",
        ["locale"] = "",
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Make_and_change_no_account_of_others(bool signedIn)
    {
        var person = await AddPersonAsync("flows");
        var before = await OthersAsync(person.Pk);
        var slugs = (await Admin.GetApiAsync("flows/instances/?page_size=100")).Each("slug").Select(s => s.Trim('"')).Where(s => s.StartsWith("default-", StringComparison.Ordinal) || s == "initial-setup").ToList();
        slugs.Count.ShouldBeGreaterThan(8);
        foreach (var slug in slugs)
        {
            using var visitor = Visitor();
            if (signedIn)
                await visitor.SignInAsync(person.Username);
            await visitor.ShowAsync(slug);
            for (var i = 0; i < 4; i++)
                await visitor.AnswerAsync(slug, Takeover.DeepClone().AsObject());
            if (!signedIn)
                (await visitor.WhoAsync()).ShouldBeNull(slug);
        }
        (await OthersAsync(person.Pk)).ShouldBe(before);
    }

    Task<string> OthersAsync(int person) => Server.Database.ScalarAsync<string>(
        $"SELECT count(*) || ' ' || md5(string_agg(username || name || email || password || is_active, ',' ORDER BY pk)) FROM \"user\" WHERE pk <> {person}")!;
}
