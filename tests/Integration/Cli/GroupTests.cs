namespace Postern.Tests.Integration.Cli;

/// <summary><c>postern group</c> and <c>create_admin_group</c>.</summary>
public sealed class GroupTests(CliFixture cli) : IClassFixture<CliFixture>
{
    [Fact]
    public async Task Groups_are_made_listed_joined_and_left()
    {
        var crew = (await cli.RunAsync("group", "create", "Crew")).Done().Output;
        var deck = (await cli.RunAsync("group", "create", "Deck", "--parent", "Crew", "--superuser")).Done().Output;
        (await cli.Server.Database.ScalarAsync<Guid>($"SELECT parent_pk FROM group_parent WHERE child_pk = '{deck}'")).ToString().ShouldBe(crew);
        (await cli.RunAsync("group", "list", "--search", "Deck")).Done().Output.ShouldBe($"{deck}\tDeck\ttrue");
        (await cli.RunAsync("group", "list", "-o", "json")).Done().Json.AsArray().Select(g => g!["name"]!.ToString()).ShouldContain("Crew");

        (await cli.RunAsync("user", "create", "sam")).Done();
        (await cli.RunAsync("user", "create", "kim")).Done();
        (await cli.RunAsync("group", "add", "Crew", "sam", "nobody")).Refused("There is no user nobody.");
        (await MembersAsync(crew)).ShouldBe(0);
        (await cli.RunAsync("group", "add", "Crew", "sam", "kim")).Done();
        (await cli.RunAsync("group", "add", "Crew", "sam")).Done();
        (await MembersAsync(crew)).ShouldBe(2);
        (await cli.RunAsync("group", "remove", "Crew", "sam")).Done();
        (await MembersAsync(crew)).ShouldBe(1);

        (await cli.RunAsync("group", "create", "Crew")).Refused("name: ");
        (await cli.RunAsync("group", "create", "Hold", "--parent", "Nowhere")).Refused("There is no group Nowhere.");
        (await cli.RunAsync("group", "remove", "Nowhere", "sam")).Refused("There is no group Nowhere.");
        (await cli.RunAsync("group", "add", "Crew")).WrongUse("Required argument missing");
    }

    [Trait("Fault", "F25")]
    [Fact]
    public async Task Somebody_becomes_a_superuser_even_when_the_group_is_gone()
    {
        (await cli.RunAsync("user", "create", "captain")).Done();
        (await cli.RunAsync("create_admin_group", "captain")).Done();
        (await SuperuserAsync()).ShouldBe(1);
        await cli.Server.Database.ExecuteAsync("DELETE FROM \"group\" WHERE name = 'authentik Admins'");
        (await SuperuserAsync()).ShouldBe(0);
        (await cli.RunAsync("create_admin_group", "captain")).Done();
        (await SuperuserAsync()).ShouldBe(1);

        (await cli.RunAsync("create_admin_group", "nobody")).Refused("There is no user nobody.");
        await cli.Server.Database.ExecuteAsync("UPDATE \"group\" SET is_superuser = false WHERE name = 'authentik Admins'");
        (await cli.RunAsync("create_admin_group", "captain")).Refused("exists and is no superuser group");
    }

    Task<long> MembersAsync(string group) => cli.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_group WHERE group_pk = '{group}'");

    Task<long> SuperuserAsync() => cli.Server.Database.ScalarAsync<long>(
        "SELECT count(*) FROM user_group JOIN \"group\" g ON g.pk = group_pk JOIN \"user\" u ON u.pk = user_pk WHERE g.is_superuser AND u.username = 'captain'");
}
