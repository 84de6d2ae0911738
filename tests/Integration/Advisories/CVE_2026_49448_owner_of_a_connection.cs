using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Storage;
using Postern.Tests.Integration.Sources;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sources.SourceServers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Over the API, a connection to an account elsewhere could be given to another user, so that its owner signed in as them. Guards Sources/Connections/ConnectionKinds; <see cref="CVE_2026_49448_owner_changed"/>
/// asks the same of devices.
/// </summary>
[Collection(SourceAdvisories.Name)]
public sealed class CVE_2026_49448_owner_of_a_connection(SourceServers servers)
{
    [Fact]
    public async Task Stays_who_connected_it()
    {
        await servers.AddSourceAsync("owned");
        var (_, there) = await servers.PersonAsync("owner");
        using var here = servers.Here.Browser();
        await SignInAsync(here, there, "owned");
        var owner = await servers.Here.Database.ScalarAsync<int>("SELECT pk FROM \"user\" WHERE username = 'owner'");
        var prey = await servers.Here.AddSuperuserAsync("prey-of-a-connection");
        var connection = await servers.Here.Database.ScalarAsync<int>($"SELECT pk FROM user_source_connection WHERE user_pk = {owner}");
        var row = $"SELECT user_pk || ' ' || identifier FROM user_source_connection WHERE pk = {connection}";
        var before = await servers.Here.Database.ScalarAsync<string>(row);
        var user = await servers.Here.InScopeAsync(s => s.GetRequiredService<PosternDb>().Set<User>().SingleAsync(u => u.Pk == owner, TestContext.Current.CancellationToken));
        using var program = servers.Here.Program(await servers.Here.AddTokenAsync(user));

        foreach (var client in new[] { program, servers.Admin })
        {
            foreach (var body in new[] { $$"""{"user": {{prey.Pk}}}""", """{"identifier": "of somebody else"}""", $$"""{"user": {{prey.Pk}}, "identifier": "of somebody else"}""" })
            {
                await client.CallAsync("PATCH", $"sources/user_connections/oauth/{connection}/", body);
                await client.CallAsync("PATCH", $"sources/user_connections/all/{connection}/", body);
            }
        }

        (await servers.Here.Database.ScalarAsync<string>(row)).ShouldBe(before);
        using var again = servers.Here.Browser();
        await SignInAsync(again, there, "owned");
        (await MeAsync(again)).ShouldBe("owner");
    }
}
