using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

public sealed class CreateTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "core/users/";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Answers_every_member_of_the_wire_form()
    {
        using var admin = await server.SuperuserAsync();
        var role = await server.AddRoleAsync("readers");
        var group = await server.AddGroupAsync("staff", superuser: true);

        var made = await admin.PostApiAsync(Path, $$"""{"username":"ada","name":"Ada Lovelace","email":"ada@example.org","groups":["{{group}}"],"roles":["{{role}}"],"attributes":{"a":{"b":[1]} },"path":"people/maths","type":"external"}""");

        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        var json = made.Json.AsObject();
        json.Select(m => m.Key).ShouldBe(
            [
                "pk", "username", "name", "is_active", "last_login", "date_joined", "is_superuser", "groups", "groups_obj", "roles", "roles_obj", "email", "avatar", "attributes", "uid",
                "path", "type", "uuid", "password_change_date", "last_updated",
            ],
            ignoreOrder: true);
        made.Member("is_superuser").ShouldBe("true");
        made.Member("is_active").ShouldBe("true");
        made.Member("last_login").ShouldBe("null");
        made.Member("groups").ShouldBe($"[\"{group}\"]");
        json["groups_obj"]![0]!.AsObject().Select(m => m.Key).ShouldBe(["pk", "num_pk", "name", "is_superuser", "attributes"], ignoreOrder: true);
        made.Member("roles_obj").ShouldBe($$"""[{"pk":"{{role}}","name":"readers"}]""");
        made.Member("avatar").ShouldStartWith("\"data:image/svg+xml;base64,");
        made.Member("type").ShouldBe("\"external\"");
        json["uid"]!.GetValue<string>().Length.ShouldBe(64);
        (await server.Database.ScalarAsync<string>("SELECT password FROM \"user\" WHERE username = 'ada'"))!.ShouldStartWith("!");
    }

    [Theory]
    [InlineData("{}", """{"username":["This field is required."],"name":["This field is required."]}""")]
    [InlineData("""{"username":"","name":""}""", """{"username":["This field may not be blank."]}""")]
    [InlineData("""{"username":"u","name":"","path":"/a"}""", """{"path":["No leading or trailing slashes allowed."]}""")]
    [InlineData("""{"username":"u","name":"","path":"a//b"}""", """{"path":["No empty segments in user path allowed."]}""")]
    [InlineData("""{"username":"u","name":"","attributes":[]}""", """{"attributes":["Value must be a dictionary, and not have any duplicate keys."]}""")]
    [InlineData("""{"username":"u","name":"","attributes":{"a":1,"a":2}}""", """{"detail":"JSON parse error - Duplicate property 'a' encountered during deserialization."}""")]
    [InlineData("""{"username":"u","name":"","type":"internal_service_account"}""", """{"type":["Setting a user to internal service account is not allowed."]}""")]
    [InlineData("""{"username":"u","name":"","type":"robot"}""", """{"type":["\"robot\" is not a valid choice."]}""")]
    [InlineData("""{"username":"u","name":"","email":"nope"}""", """{"email":["Enter a valid email address."]}""")]
    [InlineData("""{"username":"u","name":null}""", """{"name":["This field may not be null."]}""")]
    [InlineData("""{"username":"u","name":"","groups":["0190b3c0-0000-7000-8000-000000000000"]}""", """{"groups":["Invalid pk \"0190b3c0-0000-7000-8000-000000000000\" - object does not exist."]}""")]
    [InlineData("""[]""", """{"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}""")]
    public async Task Refuses_what_is_wrong_and_says_where(string body, string errors)
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync(Path, body)).ToString().ShouldBe($"400 {errors}");
    }

    [Fact]
    public async Task Usernames_are_unique_whatever_their_case_and_folder()
    {
        using var admin = await server.SuperuserAsync();
        await admin.PostApiAsync(Path, """{"username":"Grace","name":"","path":"a"}""");

        (await admin.PostApiAsync(Path, """{"username":"Grace","name":"","path":"b"}""")).ToString().ShouldBe("""400 {"username":["This field must be unique."]}""");
        (await admin.PostApiAsync(Path, """{"username":"grace","name":""}""")).ToString().ShouldBe("""400 {"username":["This field must be unique."]}""");
    }

    [Fact]
    public async Task Two_at_once_make_one()
    {
        using var admin = await server.SuperuserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.PostApiAsync(Path, """{"username":"racer","name":""}""")));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(a => a.Status != HttpStatusCode.Created).ShouldAllBe(a => a.Text == """{"username":["This field must be unique."]}""");
    }

    [Fact]
    public async Task Needs_the_right_to_add()
    {
        const string body = """{"username":"denied","name":""}""";
        using var nobody = server.Program();
        (await nobody.PostApiAsync(Path, body)).ToString().ShouldBe("""403 {"detail":"Authentication credentials were not provided."}""");
        using var viewer = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.change_user");
        (await viewer.PostApiAsync(Path, body)).ToString().ShouldBe("""403 {"detail":"You do not have permission to perform this action."}""");
        using var adder = await server.WithRightsAsync("authentik_core.add_user");
        (await adder.PostApiAsync(Path, body)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Is_recorded()
    {
        using var admin = await server.SuperuserAsync();
        await admin.PostApiAsync(Path, """{"username":"audited","name":""}""");

        (await server.Database.ScalarAsync<string>("SELECT context -> 'http_request' ->> 'path' FROM event WHERE action = 'model_created' AND context -> 'model' ->> 'name' = 'audited'")).ShouldBe("/api/v3/core/users/");
    }
}
