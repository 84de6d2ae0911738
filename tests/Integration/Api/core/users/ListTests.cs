using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

public sealed class ListTests(ListTests.Crowd crowd) : IClassFixture<ListTests.Crowd>
{
    readonly TestServer server = crowd.Server;

    [Theory]
    [InlineData("username=bob", "bob")]
    [InlineData("name=Alice%20A", "alice")]
    [InlineData("email=carol@example.org", "carol")]
    [InlineData("is_active=false", "carol")]
    [InlineData("path=north", "alice")]
    [InlineData("path_startswith=north", "alice bob")]
    [InlineData("path_startswith=nort", "alice bob")]
    [InlineData("type=external&type=service_account", "bob carol")]
    [InlineData("is_superuser=true&username=alice", "alice")]
    [InlineData("is_superuser=true&username=bob", "")]
    [InlineData("is_superuser=false&path_startswith=north", "bob")]
    [InlineData("groups_by_name=leaf", "alice")]
    [InlineData("groups_by_name=leaf&groups_by_name=other", "alice bob")]
    [InlineData("roles_by_name=readers", "carol")]
    [InlineData("attributes=%7B%22team__floor%22%3A3%7D", "bob")]
    [InlineData("attributes=%7B%22team__floor%22%3A4%7D", "")]
    [InlineData("last_login__isnull=false", "bob")]
    [InlineData("last_login=2020-01-01T00:00:00Z", "bob")]
    [InlineData("last_login__lt=2020-01-02T00:00:00Z", "bob")]
    [InlineData("last_login__gt=2020-01-02T00:00:00Z", "")]
    [InlineData("search=ali%20example", "alice")]
    [InlineData("search=example,CAROL@", "carol")]
    [InlineData("search=bob,NORTH", "")]
    [InlineData("search=100%25", "")]
    [InlineData("unknown=1&username=bob", "bob")]
    public async Task Filters(string query, string usernames)
    {
        using var admin = await crowd.ViewerAsync();
        var list = await admin.GetApiAsync($"core/users/?{query}&ordering=username");
        list.Status.ShouldBe(HttpStatusCode.OK, list.Text);
        string.Join(' ', list.Each("username").Select(n => n.Trim('"')).Where(n => !n.StartsWith("delegate", StringComparison.Ordinal))).ShouldBe(usernames);
    }

    [Theory]
    [InlineData("groups_by_name=nowhere", """{"groups_by_name":["Select a valid choice. nowhere is not one of the available choices."]}""")]
    [InlineData("groups_by_pk=5", """{"groups_by_pk":["Select a valid choice. 5 is not one of the available choices."]}""")]
    [InlineData("roles_by_name=nowhere", """{"roles_by_name":["Select a valid choice. nowhere is not one of the available choices."]}""")]
    [InlineData("roles_by_pk=5", """{"roles_by_pk":["Select a valid choice. 5 is not one of the available choices."]}""")]
    [InlineData("uuid=5", """{"uuid":["Enter a valid UUID."]}""")]
    [InlineData("type=robot", """{"type":["Select a valid choice. robot is not one of the available choices."]}""")]
    [InlineData("attributes=%7B", """{"non_field_errors":["filter: failed to parse JSON"]}""")]
    [InlineData("attributes=5", """{"non_field_errors":["filter: value must be key:value mapping"]}""")]
    public async Task Refuses_malformed_filters(string query, string errors)
    {
        using var admin = await crowd.ViewerAsync();
        (await admin.GetApiAsync($"core/users/?{query}")).ToString().ShouldBe($"400 {errors}");
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("page=99")]
    [InlineData("page=first")]
    public async Task A_page_that_is_not_there_is_not_found(string query)
    {
        using var admin = await crowd.ViewerAsync();
        (await admin.GetApiAsync($"core/users/?{query}")).ToString().ShouldBe("""404 {"detail":"Invalid page."}""");
    }

    [Fact]
    public async Task The_envelope_counts()
    {
        using var admin = await crowd.ViewerAsync();
        var list = await admin.GetApiAsync("core/users/?path_startswith=north&page_size=1&page=2&ordering=-username");
        list.Each("username").ShouldBe(["\"alice\""]);
        list.Member("pagination").ShouldBe("""{"next":0,"previous":1,"count":2,"current":2,"total_pages":2,"start_index":2,"end_index":2}""");
        list.Json["autocomplete"]!["current_model"]!.ToString().ShouldBe("authentik_core.user");
    }

    [Fact]
    public async Task Expansions_are_left_out_when_unwanted()
    {
        using var admin = await crowd.ViewerAsync();
        var list = await admin.GetApiAsync("core/users/?username=alice&include_groups=false&include_roles=false");
        list.Each("groups_obj").ShouldBe(["null"]);
        list.Each("roles_obj").ShouldBe(["null"]);
        list.Each("groups").Single().Length.ShouldBe(40);
    }

    [Fact]
    public async Task Nobody_is_in_no_list()
    {
        using var admin = await crowd.ViewerAsync();
        (await admin.GetApiAsync("core/users/?username=AnonymousUser")).Each("pk").ShouldBeEmpty();
        var nobody = await server.Database.ScalarAsync<int>("SELECT pk FROM \"user\" WHERE username = 'AnonymousUser'");
        (await admin.GetApiAsync($"core/users/{nobody}/")).ToString().ShouldBe("""404 {"detail":"No User matches the given query."}""");
    }

    [Fact]
    public async Task Rights_on_single_users_show_those_and_none_is_forbidden()
    {
        using var one = await server.WithRightsAsync($"authentik_core.view_user:{crowd.Bob}");
        (await one.GetApiAsync("core/users/")).Each("username").ShouldBe(["\"bob\""]);
        (await one.GetApiAsync("core/users/1/")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var none = await server.WithRightsAsync();
        (await none.GetApiAsync("core/users/")).ToString().ShouldBe("""403 {"detail":"You do not have permission to perform this action."}""");
    }

    [Fact]
    public async Task Paths_are_those_of_the_filtered_users()
    {
        using var admin = await crowd.ViewerAsync();
        (await admin.GetApiAsync("core/users/paths/?search=example.org&path_startswith=north")).Text.ShouldBe("""{"paths":["north","north/pole"]}""");
        using var none = await server.WithRightsAsync();
        (await none.GetApiAsync("core/users/paths/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    public sealed class Crowd : IAsyncLifetime
    {
        public TestServer Server { get; private set; } = null!;

        public int Bob { get; private set; }

        public Task<HttpClient> ViewerAsync() => Server.WithRightsAsync("authentik_core.view_user");

        public async ValueTask InitializeAsync()
        {
            Server = await TestServer.StartAsync();
            var alice = await Server.AddUserAsync("alice", u => (u.Name, u.Path) = ("Alice A", "north"));
            var bob = await Server.AddUserAsync("bob", u =>
            {
                (u.Path, u.Type, u.LastLogin) = ("north/pole", Directory.Users.UserType.External, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
                u.Attributes["team"] = new System.Text.Json.Nodes.JsonObject { ["floor"] = 3, ["name"] = "x" };
            });
            var carol = await Server.AddUserAsync("carol", u => (u.Type, u.IsActive) = (Directory.Users.UserType.ServiceAccount, false));
            Bob = bob.Pk;
            var root = await Server.AddGroupAsync("root", superuser: true);
            await Server.AddGroupAsync("leaf", parent: root, members: alice);
            await Server.AddGroupAsync("other", members: bob);
            var role = await Server.AddRoleAsync("readers");
            await Server.Database.ExecuteAsync($"INSERT INTO user_role VALUES ({carol.Pk}, '{role}')");
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
