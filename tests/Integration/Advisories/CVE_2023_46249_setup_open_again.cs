using Postern.Directory.Passwords;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Deleting the first administrator opened the initial setup for whoever came first. Guards the table setup_mark, which a trigger fills and Flows/Setup asks.</summary>
public sealed class CVE_2023_46249_setup_open_again
{
    [Fact]
    public async Task Stays_closed_when_the_first_administrator_is_deleted()
    {
        await using var server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_BOOTSTRAP_PASSWORD"] = "a pass phrase" });
        using var root = await server.SuperuserAsync();
        var first = (await root.GetApiAsync("core/users/?username=akadmin")).Json["results"]![0]!["pk"]!;
        using (var before = new Visitor(server))
            (await before.ShowAsync("initial-setup")).Component().ShouldNotBe("ak-stage-prompt");

        ((int)(await root.CallAsync("DELETE", $"core/users/{first}/")).Status).ShouldBe(204);

        // From the server's own machine, where the setup needs no link.
        using var local = new Visitor(server);
        (await local.ShowAsync("initial-setup")).Component().ShouldBe("ak-stage-access-denied");
        // Blueprints bring the user back, without a password; so does whoever takes the password away.
        await server.AddUserAsync("akadmin", u => u.Password = PasswordHash.Unusable());
        using var again = new Visitor(server);
        (await again.ShowAsync("initial-setup")).Component().ShouldBe("ak-stage-access-denied");
    }
}
