using Postern.Directory.Passwords;

namespace Postern.Tests.Integration.Cli;

/// <summary><c>postern user</c>, and the reference's names for its verbs.</summary>
public sealed class UserTests(CliFixture cli) : IClassFixture<CliFixture>
{
    [Fact]
    public async Task A_user_is_created_with_password_and_groups_and_listed()
    {
        (await cli.RunAsync("group", "create", "Harbour")).Done();
        var pk = (await cli.RunWithAsync("a password from a pipe\n", "user", "create", "ada", "--name", "Ada Archer", "--email", "ada@example.org", "--type", "external", "--path", "school", "--group", "Harbour", "--password")).Done().Output;

        (await cli.Server.Database.ScalarAsync<string>($"SELECT g.name FROM user_group JOIN \"group\" g ON g.pk = group_pk WHERE user_pk = {pk}")).ShouldBe("Harbour");
        (await FitsAsync("ada", "a password from a pipe")).ShouldBeTrue();
        (await cli.RunAsync("user", "list", "--search", "ada@example")).Done().Output.ShouldBe($"{pk}\tada\tAda Archer\tada@example.org\texternal\ttrue\tschool\t");
        var listed = (await cli.RunAsync("user", "list", "--search", "username = \"ada\"", "--output", "json")).Done().Json.AsArray();
        (listed.Count, listed[0]!["name"]!.ToString(), listed[0]!["is_active"]!.GetValue<bool>()).ShouldBe((1, "Ada Archer", true));

        (await cli.RunAsync("user", "create", "ADA")).Refused("username: ");
        (await cli.RunAsync("user", "create", "bob", "--group", "No such")).Refused("There is no group No such.");
        (await cli.RunAsync("user", "create", "bob", "--email", "nonsense")).Refused("email: ");
        (await cli.RunWithAsync("", "user", "create", "bob", "--password")).Refused("No Password was given.");
        (await cli.RunAsync("user", "create", "bob", "--type", "alien")).WrongUse("alien");
        (await cli.RunAsync("user", "list", "--search", "username = \"bob\"")).Done().Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("user", "set-password")]
    [InlineData("changepassword")]
    public async Task A_password_comes_from_a_pipe_or_a_file(params string[] verb)
    {
        var name = $"pass-{verb.Length}";
        (await cli.RunAsync("user", "create", name)).Done();
        (await FitsAsync(name, "first of them")).ShouldBeFalse();
        (await cli.RunWithAsync("first of them", [.. verb, name])).Done();
        (await FitsAsync(name, "first of them")).ShouldBeTrue();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "second of them\n", TestContext.Current.CancellationToken);
        (await cli.RunAsync([.. verb, name, "--password-file", file])).Done();
        File.Delete(file);
        (await FitsAsync(name, "second of them")).ShouldBeTrue();

        (await cli.RunWithAsync("third", [.. verb, "nobody-of-this-name"])).Refused("There is no user nobody-of-this-name.");
        (await cli.RunAsync([.. verb, name, "--password-file", file])).Refused($"There is no file {file}.");
        (await cli.RunAsync([.. verb, name, "a password on the line"])).WrongUse("a password on the line");
    }

    [Theory]
    [InlineData("user", "set-type")]
    [InlineData("change_user_type")]
    public async Task Types_are_changed_of_all_that_are_named_or_of_none(params string[] verb)
    {
        var (one, two) = ($"one-{verb.Length}", $"two-{verb.Length}");
        (await cli.RunAsync("user", "create", one)).Done();
        (await cli.RunAsync("user", "create", two)).Done();
        (await cli.RunAsync([.. verb, "--type", "external", one, "nobody"])).Refused("There is no user nobody.");
        (await TypeAsync(one)).ShouldBe("internal");
        (await cli.RunAsync([.. verb, "--type", "external", one, two])).Done();
        (await TypeAsync(two)).ShouldBe("external");
        (await cli.RunAsync([.. verb, one])).WrongUse("--type");

        async Task<string?> TypeAsync(string name) => await cli.Server.Database.ScalarAsync<string>($"SELECT type FROM \"user\" WHERE username = '{name}'");
    }

    [Fact]
    public async Task Users_are_shut_out_and_let_in_and_the_running_server_knows()
    {
        (await cli.RunWithAsync("long enough a password", "user", "create", "gate", "--password")).Done();
        (await cli.RunAsync("user", "deactivate", "gate")).Done();
        (await cli.Server.Database.ScalarAsync<bool>("SELECT is_active FROM \"user\" WHERE username = 'gate'")).ShouldBeFalse();
        (await cli.RunAsync("user", "activate", "gate")).Done();
        (await cli.Server.Database.ScalarAsync<bool>("SELECT is_active FROM \"user\" WHERE username = 'gate'")).ShouldBeTrue();
        (await cli.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'model_updated' AND \"user\"->>'username' = 'operator' AND context::text LIKE '%gate%'")).ShouldBe(2);
        (await cli.RunAsync("user", "deactivate", "nobody")).Refused("There is no user nobody.");
        (await cli.RunAsync("user", "activate")).WrongUse("Required argument missing");
    }

    [Theory]
    [InlineData("user", "recovery-link", "lost-3", "--duration", "hours=2")]
    [InlineData("create_recovery_key", "120", "lost-1")]
    public async Task A_recovery_link_leads_into_the_running_server(params string[] line)
    {
        var name = line.First(l => l.StartsWith("lost-", StringComparison.Ordinal));
        (await cli.RunAsync("user", "create", name)).Done();
        var link = new Uri((await cli.RunAsync(line)).Done().Output);
        link.GetLeftPart(UriPartial.Authority).ShouldBe("https://id.example.org");
        using var browser = cli.Server.Browser();
        var page = await FollowAsync(browser, link.PathAndQuery);
        page.ShouldContain($"Continue to regain access to the account {name}.");

        (await cli.RunAsync("user", "recovery-link", "nobody")).Refused("There is no user nobody.");
        (await cli.RunAsync("user", "recovery-link", name, "--duration", "soon")).Refused("token_duration: ");
        (await cli.RunAsync("create_recovery_key", "0", name)).WrongUse("from 1");
    }

    [Fact]
    public async Task A_hash_is_made_that_fits_its_password()
    {
        var hash = (await cli.RunWithAsync("correct horse\n", "hash_password")).Done().Output;
        PasswordHash.Verify("correct horse", hash).ShouldBeTrue();
        (await cli.RunWithAsync("", "hash_password")).Refused("No Password was given.");
    }

    async Task<bool> FitsAsync(string username, string password) =>
        PasswordHash.Verify(password, (await cli.Server.Database.ScalarAsync<string>($"SELECT password FROM \"user\" WHERE username = '{username}'"))!);

    static async Task<string> FollowAsync(HttpClient browser, string path)
    {
        while (true)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.Headers.Location is not { } next)
                return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            path = next.ToString();
        }
    }
}
