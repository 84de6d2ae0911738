using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Events;

public sealed class RecordEventTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static readonly Caller Alice = new(5, "alice", IsSuperuser: false, CallerKind.User)
    {
        Email = "alice@example.org",
        ClientIp = IPAddress.Parse("203.0.113.7"),
        Request = new RequestInfo("0123", "POST", "/api/v3/flows/executor/login/", "curl")
        {
            Query = "query=next%3D%252Fif%252F%26token%3Dabc",
            Brand = new ObjectName("authentik_brands", "brand", "5f8f4b6a3c1d4e0f9a2b7c6d5e4f3a2b", "Default brand"),
        },
    };

    Task<Event> WrittenAsync(Caller caller, string action, JsonObject context) => fixture.Server.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<PosternDb>();
        var entry = services.GetRequiredService<RecordEvent>().Add(caller, action, "authentik_core", context);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        db.ChangeTracker.Clear();
        return await EventKind.Kind.In(db).SingleAsync(e => e.Pk == entry.Pk, TestContext.Current.CancellationToken);
    });

    [Fact]
    public async Task Keeps_actor_address_request_and_brand_as_they_were()
    {
        var written = await WrittenAsync(Alice, "login", new JsonObject { ["auth_method"] = "password" });

        written.User.ToJsonString().ShouldBe("""{"pk": 5, "email": "alice@example.org", "username": "alice"}""".Replace(" ", "", StringComparison.Ordinal));
        written.ClientIp.ShouldBe("203.0.113.7");
        written.Brand["name"]!.GetValue<string>().ShouldBe("Default brand");
        var request = written.Context["http_request"]!;
        request["path"]!.GetValue<string>().ShouldBe("/api/v3/flows/executor/login/");
        request["request_id"]!.GetValue<string>().ShouldBe("0123");
        request["args"]!["next"]!.GetValue<string>().ShouldBe("/if/");
        request["args"]!["token"]!.GetValue<string>().ShouldBe(Cleanse.Stars);
        written.Expires.ShouldBe(written.Created.AddDays(365));
    }

    [Fact]
    public async Task While_impersonating_the_administrator_is_the_actor()
    {
        var administrator = new Caller(1, "admin", IsSuperuser: true, CallerKind.User);
        var written = await WrittenAsync(Alice with { Impersonator = administrator }, "user_write", []);

        written.User["username"]!.GetValue<string>().ShouldBe("admin");
        written.User["on_behalf_of"]!["username"]!.GetValue<string>().ShouldBe("alice");
    }

    [Fact]
    public async Task Nobody_is_marked_as_such()
    {
        var written = await WrittenAsync(Caller.Anonymous with { Username = "AnonymousUser" }, "login_failed", []);

        (written.User["username"]!.ToString(), written.User["is_anonymous"]!.GetValue<bool>()).ShouldBe(("AnonymousUser", true));
    }

    [Fact]
    public async Task Free_form_actions_get_the_custom_prefix() => (await WrittenAsync(Alice, "tea_made", [])).Action.ShouldBe("custom_tea_made");

    [Theory]
    [InlineData("username", "mallory")]
    [InlineData("context_model_pk", "0191d0a7-0000-7000-8000-000000000001")]
    [InlineData("context_model_name", "coffeepot")]
    [InlineData("action", "EA_MA")]
    [InlineData("actions", "custom_tea_made_again")]
    [InlineData("brand_name", "Tea house")]
    [InlineData("client_ip", "198.51.100.77")]
    [InlineData("context_model_app", "kitchen")]
    [InlineData("context_authorized_app", "0191d0a7-0000-7000-8000-000000000002")]
    [InlineData("context_device", "0191d0a7-0000-7000-8000-000000000003")]
    public async Task Filters_find_it(string filter, string value)
    {
        var house = Alice.Request! with { Brand = new ObjectName("authentik_brands", "brand", "5f8f4b6a3c1d4e0f9a2b7c6d5e4f3a2b", "Tea house") };
        var mallory = Alice with { Username = "mallory", ClientIp = IPAddress.Parse("198.51.100.77"), Request = house };
        var wanted = await WrittenAsync(mallory, "tea_made_again", new JsonObject
        {
            ["model"] = ObjectPart.Of("kitchen", "coffeepot", Guid.Parse("0191d0a7-0000-7000-8000-000000000001"), "pot"),
            ["authorized_application"] = ObjectPart.Of("kitchen", "guest", Guid.Parse("0191d0a7-0000-7000-8000-000000000002"), "guest"),
            ["device"] = ObjectPart.Of("kitchen", "kettle", Guid.Parse("0191d0a7-0000-7000-8000-000000000003"), "kettle"),
        });

        var found = await fixture.Server.InScopeAsync(async services =>
        {
            var query = await EventKind.Kind.Query(services.GetRequiredService<PosternDb>()).FilterAsync(filter, [value], new FieldErrors(), TestContext.Current.CancellationToken);
            return await query.PageAsync(0, 100, TestContext.Current.CancellationToken);
        });

        found.Cast<Event>().Select(e => e.Pk).ShouldContain(wanted.Pk);
        found.Count.ShouldBeLessThan(100);
        found.Cast<Event>().ShouldAllBe(e => e.Action.StartsWith("custom_tea_made", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Expired_events_of_other_programs_go_and_months_have_partitions()
    {
        var clock = fixture.Server.Clock;
        var old = await WrittenAsync(Alice, "very_old", []);
        await fixture.Server.Database.ExecuteAsync($"UPDATE event SET from_outside = true, expires = created - interval '1 day' WHERE pk = '{old.Pk}'");

        await fixture.Server.InScopeAsync(async services =>
        {
            var keep = ActivatorUtilities.CreateInstance<Postern.Events.Housekeeping.KeepEvents>(services);
            await keep.ExecuteAsync([], TestContext.Current.CancellationToken);
            await keep.ExecuteAsync([], TestContext.Current.CancellationToken);
            return 0;
        });

        (await fixture.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM event WHERE pk = '{old.Pk}'")).ShouldBe(0);
        var partition = $"event_{clock.GetUtcNow():yyyy_MM}";
        (await fixture.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM pg_inherits WHERE inhparent = 'event'::regclass AND inhrelid = '{partition}'::regclass")).ShouldBe(1);
    }
}
