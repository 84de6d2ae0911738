using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Events;

/// <summary><c>/events/events/</c>: what an event looks like, how lists find it, and who may change it.</summary>
public sealed class EventTests(EventTests.Log log) : IClassFixture<EventTests.Log>
{
    const string Path = "events/events/";

    [Fact]
    public async Task Answers_every_member_newest_first()
    {
        var list = await log.Root.GetApiAsync($"{Path}?app=tea&page_size=2");
        list.Json["results"]![0]!.AsObject().Select(m => m.Key).ShouldBe(["pk", "user", "action", "app", "context", "client_ip", "created", "expires", "brand"], ignoreOrder: true);
        list.Each("action").ShouldBe(["\"custom_second\"", "\"custom_first\""]);
        var recorded = (await log.Root.GetApiAsync($"{Path}?actions=model_created&context_model_name=group")).Json["results"]![0]!;
        recorded["user"]!.AsObject().Select(m => m.Key).ShouldBe(["pk", "email", "username"], ignoreOrder: true);
        recorded["brand"]!.AsObject().Select(m => m.Key).ShouldBe(["app", "model_name", "pk", "name"], ignoreOrder: true);
        recorded["context"]!["http_request"]!.AsObject().Select(m => m.Key).ShouldBe(["path", "method", "args", "user_agent", "request_id"], ignoreOrder: true);
        recorded["context"]!["model"]!["pk"]!.ToString().ShouldBe(log.Group.ToString("N"));
    }

    [Theory]
    [InlineData("context_model_name=group&context_model_app=authentik_core&context_model_pk=GROUP", "model_created")]
    [InlineData("context_model_name=user&context_model_pk=USER", "model_updated")]
    [InlineData("app=tea&username=mallory", "custom_second")]
    [InlineData("app=tea&username=u-first", "custom_first")]
    [InlineData("app=tea&action=SECO", "custom_second")]
    [InlineData("app=tea&actions=custom_first&actions=custom_second", "custom_second custom_first")]
    [InlineData("app=tea&ordering=action", "custom_first custom_second")]
    [InlineData("app=tea&ordering=created", "custom_first custom_second")]
    [InlineData("app=tea&search=first", "custom_first")]
    [InlineData("app=tea&search=198.51.100.9", "custom_second")]
    [InlineData("app=tea&search=nothing", "")]
    [InlineData("search=app = \"tea\" and action = \"custom_first\"", "custom_first")]
    [InlineData("app=tea&search=user.username = \"u-first\"", "custom_first")]
    [InlineData("app=tea&search=user.pk = 77", "custom_first")]
    [InlineData("app=tea&search=client_ip startswith \"198.51.\"", "custom_second")]
    [InlineData("app=tea&search=client_ip = None", "custom_first")]
    [InlineData("app=tea&search=context.pot.colour = \"blue\"", "custom_second")]
    [InlineData("app=tea&search=brand.name = \"Tea house\"", "custom_second")]
    [InlineData("app=tea&search=created > now-1h", "custom_second custom_first")]
    [InlineData("app=tea&search=created < \"2020-01-01 10:00\"", "")]
    [InlineData("app=tea&search=event_uuid = \"FIRST\"", "custom_first")]
    [InlineData("search=context.http_request.path = \"/api/v3/core/groups/\" and context.http_request.method = \"POST\"", "model_created")]
    public async Task Filters_and_queries_find_them(string query, string actions)
    {
        var filled = query.Replace("GROUP", log.Group.ToString(), StringComparison.Ordinal).Replace("USER", $"{log.User}", StringComparison.Ordinal).Replace("FIRST", log.First, StringComparison.Ordinal);
        var at = filled.IndexOf("search=", StringComparison.Ordinal);
        if (at >= 0)
            filled = filled[..(at + 7)] + Uri.EscapeDataString(filled[(at + 7)..]);
        var list = await log.Root.GetApiAsync($"{Path}?{filled}");
        list.Status.ShouldBe(HttpStatusCode.OK, list.Text);
        string.Join(' ', list.Each("action").Select(a => a.Trim('"'))).ShouldBe(actions);
    }

    [Fact]
    public async Task Lists_carry_what_completes_a_query_with_the_parts_of_an_event()
    {
        var complete = (await log.Root.GetApiAsync($"{Path}?page_size=1")).Json["autocomplete"]!;
        complete["current_model"]!.ToString().ShouldBe("authentik_events.event");
        var models = complete["models"]!.AsObject();
        models["authentik_events.event"]!["user"]!.ToJsonString().ShouldBe("""{"type":"relation","nullable":false,"options":null,"relation":"authentik_events.event_user"}""");
        models["authentik_events.event_user"]!.AsObject().Select(f => f.Key).ShouldBe(["pk", "username", "email"], ignoreOrder: true);
        models["authentik_events.event_brand"]!.AsObject().Select(f => f.Key).ShouldBe(["pk", "app", "name", "model_name"], ignoreOrder: true);
        models["authentik_events.event_context_http_request"]!.AsObject().Select(f => f.Key).ShouldBe(["args", "path", "method", "request_id", "user_agent"], ignoreOrder: true);
    }

    [Fact]
    public async Task Actions_are_listed_by_their_names()
    {
        using var anybody = await log.Server.WithRightsAsync();
        var actions = (await anybody.GetApiAsync($"{Path}actions/")).Json.AsArray();
        actions[0]!.ToJsonString().ShouldBe("""{"name":"Login","description":"","component":"login","model_name":""}""");
        actions.Select(a => a!["component"]!.ToString()).ShouldBe(
            [
                "login", "login_failed", "logout", "user_write", "suspicious_request", "password_set", "secret_view", "secret_rotate", "invitation_used", "authorize_application", "source_linked",
                "impersonation_started", "impersonation_ended", "flow_execution", "policy_execution", "policy_exception", "property_mapping_exception", "system_task_execution", "system_task_exception",
                "system_exception", "configuration_error", "configuration_warning", "model_created", "model_updated", "model_deleted", "email_sent", "update_available", "export_ready",
                "review_initiated", "review_overdue", "review_attested", "review_completed", "user_offboarded",
                "access_request_created", "access_request_approved", "access_request_denied", "access_request_revoked", "custom_",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task What_the_product_recorded_stays_and_what_others_sent_is_theirs()
    {
        const string refusal = """400 {"non_field_errors":["Events recorded by the product cannot be changed or deleted."]}""";
        var recorded = (await log.Root.GetApiAsync($"{Path}?actions=model_created&context_model_name=group")).Json["results"]![0]!["pk"];
        (await log.Root.CallAsync("PATCH", $"{Path}{recorded}/", """{"app":"other"}""")).ToString().ShouldBe(refusal);
        (await log.Root.CallAsync("DELETE", $"{Path}{recorded}/")).ToString().ShouldBe(refusal);

        var sent = await log.Root.PostApiAsync(Path, """{"action":"custom_kettle","app":"kitchen","context":{"password":"hunter2"}}""");
        sent.Status.ShouldBe(HttpStatusCode.Created, sent.Text);
        sent.Text.ShouldNotContain("hunter2");
        sent.Json["expires"]!.GetValue<DateTimeOffset>().ShouldBe(log.Server.Clock.GetUtcNow().AddDays(365));
        (await log.Root.CallAsync("PATCH", $"{Path}{sent.Json["pk"]}/", """{"app":"other"}""")).Member("app").ShouldBe("\"other\"");
        (await log.Root.PostApiAsync(Path, """{"action":"kettle","app":"kitchen"}""")).ToString().ShouldBe("""400 {"action":["\"kettle\" is not a valid choice."]}""");
        using var viewer = await log.Server.WithRightsAsync("authentik_events.view_event");
        (await viewer.PostApiAsync(Path, """{"action":"custom_kettle","app":"kitchen"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.CallAsync("DELETE", $"{Path}{sent.Json["pk"]}/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await log.Root.CallAsync("DELETE", $"{Path}{sent.Json["pk"]}/")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    public sealed class Log : IAsyncLifetime
    {
        public TestServer Server { get; private set; } = null!;

        public HttpClient Root { get; private set; } = null!;

        public Guid Group { get; private set; }

        public int User { get; private set; }

        public string First { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Server = await TestServer.StartAsync();
            Root = await Server.SuperuserAsync();
            Group = Guid.Parse((await Root.PostApiAsync("core/groups/", """{"name":"logged"}""")).Json["pk"]!.ToString());
            User = (await Server.AddUserAsync("logged")).Pk;
            await Root.CallAsync("PATCH", $"core/users/{User}/", """{"name":"Logged"}""");
            First = (await Root.PostApiAsync(Path, """{"action":"custom_first","app":"tea","user":{"username":"u-first","pk":77}}""")).Json["pk"]!.ToString();
            Server.Clock.Advance(TimeSpan.FromSeconds(1));
            await Root.PostApiAsync(Path, """{"action":"custom_second","app":"tea","client_ip":"198.51.100.9","brand":{"name":"Tea house"},"context":{"username":"mallory","pot":{"colour":"blue"} } }""");
        }

        public async ValueTask DisposeAsync()
        {
            Root.Dispose();
            await Server.DisposeAsync();
        }
    }
}
