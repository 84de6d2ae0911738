using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

/// <summary>What goes with a user, and users that go by themselves.</summary>
public sealed class DeleteTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task The_events_a_user_caused_go_where_the_settings_say_so(bool forget, int left)
    {
        using var root = await server.SuperuserAsync();
        await root.CallAsync("PATCH", "admin/settings/", $$"""{"gdpr_compliance": {{(forget ? "true" : "false")}}}""");
        var user = await server.AddUserAsync($"gone-{forget}");
        using var own = server.Program(await server.AddTokenAsync(user));
        (await own.CallAsync("POST", "core/tokens/", $$"""{"identifier": "token-of-{{forget}}"}""")).Status.ShouldBe(System.Net.HttpStatusCode.Created);
        (await CausedAsync(user)).ShouldBe(1);
        await root.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"name": "about to go"}""");

        (await root.CallAsync("DELETE", $"core/users/{user.Pk}/")).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
        await RunAsync("directory.forget_events");

        (await CausedAsync(user)).ShouldBe(left);
        // What others did to the user stays.
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM event WHERE jsonb_extract_path_text(context, 'model', 'pk') = '{user.Pk}' AND action IN ('model_updated', 'model_deleted')")).ShouldBe(2);
    }

    [Fact]
    public async Task Users_that_a_machine_made_go_when_their_time_is_over()
    {
        var now = server.Clock.GetUtcNow().ToUnixTimeSeconds();
        User Made(User user, string attributes)
        {
            user.Attributes = System.Text.Json.Nodes.JsonNode.Parse(attributes)!.AsObject();
            return user;
        }

        await server.AddUserAsync("over", u => Made(u, $$"""{"goauthentik.io/user/generated": true, "goauthentik.io/user/expires": {{now - 1}}}"""));
        await server.AddUserAsync("over-in-parts", u => Made(u, $$"""{"goauthentik.io/user/generated": true, "goauthentik.io/user/expires": {{now - 1}}.5}"""));
        await server.AddUserAsync("not-yet", u => Made(u, $$"""{"goauthentik.io/user/generated": true, "goauthentik.io/user/expires": {{now + 3600}}}"""));
        await server.AddUserAsync("not-made", u => Made(u, $$"""{"goauthentik.io/user/expires": {{now - 1}}}"""));
        await server.AddUserAsync("no-number", u => Made(u, """{"goauthentik.io/user/generated": true, "goauthentik.io/user/expires": "soon"}"""));
        await server.Services.GetRequiredService<JobRunner>().PlantSchedulesAsync(TestContext.Current.CancellationToken);
        await RunAsync("directory.temporary");
        var left = await server.Database.ScalarAsync<string>("SELECT string_agg(username, ' ' ORDER BY username) FROM \"user\" WHERE username IN ('over', 'over-in-parts', 'not-yet', 'not-made', 'no-number')");
        left.ShouldBe("no-number not-made not-yet");
    }

    [Fact]
    public async Task What_names_a_user_goes_along_or_forgets_them()
    {
        var tables = (await server.Database.ScalarAsync<string>(
            "SELECT string_agg(concat_ws(' ', confdeltype, conrelid::regclass), ', ' ORDER BY conrelid::regclass::text) FROM pg_constraint WHERE contype = 'f' AND confrelid = '\"user\"'::regclass"))!.Split(", ");
        tables.Where(t => t.StartsWith("n ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ShouldBe(["n flow_version", "n invitation", "n invitation_entry"], ignoreOrder: true);
        tables.ShouldAllBe(t => t[0] == 'c' || t[0] == 'n');
        foreach (var table in new[] { "token", "session", "user_consent", "totp_device", "webauthn_device", "static_device", "sms_device", "email_device", "oauth2_authorization_code", "oauth2_device_code", "user_source_connection", "notification" })
            tables.ShouldContain($"c {table}");

        // Tokens of applications are no foreign keys.
        using var root = await server.SuperuserAsync();
        var user = await server.AddUserAsync("with-tokens");
        await server.Database.ExecuteAsync($$"""
            INSERT INTO oauth2_access_token (token_hash, grant_id, provider_id, user_pk, scope, claims, auth_time, created_at, expires, revoked) VALUES ('a', gen_random_uuid(), 1, {{user.Pk}}, '', '', now(), now(), now(), false);
            INSERT INTO oauth2_refresh_token (token_hash, grant_id, provider_id, user_pk, scope, request, claims, auth_time, auth_method, created_at, expires, revoked) VALUES ('r', gen_random_uuid(), 1, {{user.Pk}}, '', '{}', '', now(), '', now(), now(), false)
            """);
        (await root.CallAsync("DELETE", $"core/users/{user.Pk}/")).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
        (await server.Database.ScalarAsync<long>("SELECT (SELECT count(*) FROM oauth2_access_token) + (SELECT count(*) FROM oauth2_refresh_token)")).ShouldBe(0);
    }

    Task<long> CausedAsync(User user) => server.Database.ScalarAsync<long>($"SELECT count(*) FROM event WHERE jsonb_extract_path_text(\"user\", 'pk') = '{user.Pk}'");

    async Task RunAsync(string job)
    {
        await server.Database.ExecuteAsync($"UPDATE job SET run_at = now() - interval '1 day' WHERE kind = '{job}'");
        await server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
    }
}
