using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Kernel.Access;
using Postern.Policies;
using Postern.Policies.Bindings;
using Postern.Policies.Engine;
using Postern.Policies.Expiry;
using Postern.Policies.Expressions;
using Postern.Policies.Reputation;
using Postern.Policies.UniquePassword;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Tests.Integration.Policies;

public sealed class VerdictTests(PolicyServer fixture) : IClassFixture<PolicyServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Groups_count_through_their_ancestors_and_changes_count_at_once()
    {
        var target = Guid.NewGuid();
        var everyone = await fixture.Server.Database.ScalarAsync<Guid>("SELECT pk FROM \"group\" WHERE name = 'everyone'");
        var binding = await fixture.BindAsync(new PolicyBinding { Target = target, GroupPk = everyone });
        (await fixture.EvaluateAsync(target, PolicyEngineMode.Any, new PolicyRequest { User = fixture.Ada })).Passing.ShouldBeTrue();
        (await fixture.EvaluateAsync(target, PolicyEngineMode.Any, new PolicyRequest { User = fixture.Root })).Passing.ShouldBeFalse();

        await fixture.Server.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<PosternDb>();
            (await db.Set<PolicyBinding>().SingleAsync(b => b.Pk == binding.Pk, Cancellation)).Negate = true;
            return await db.SaveChangesAsync(Cancellation);
        });
        (await fixture.EvaluateAsync(target, PolicyEngineMode.Any, new PolicyRequest { User = fixture.Root })).Passing.ShouldBeTrue();
    }

    [Fact]
    public async Task A_policy_that_fails_leaves_an_event()
    {
        var target = Guid.NewGuid();
        var policy = await ExpressionAsync("return nothing_here");
        await fixture.BindAsync(new PolicyBinding { Target = target, PolicyPk = policy.Pk, FailureResult = true });
        var result = await fixture.EvaluateAsync(target, PolicyEngineMode.All, new PolicyRequest { User = fixture.Ada, Caller = CallerOf(fixture.Root) });
        result.Passing.ShouldBeTrue();
        result.Messages.ShouldBe(["name 'nothing_here' is not defined"]);
        (await fixture.Server.Database.ScalarAsync<string>(
            $"SELECT context->>'exception' FROM event WHERE action = 'policy_exception' AND context->>'policy_uuid' = '{policy.Pk:N}' AND \"user\"->>'username' = 'root'"))
            .ShouldBe("name 'nothing_here' is not defined");
    }

    [Fact]
    public async Task A_policy_that_is_to_be_followed_leaves_an_event_each_time()
    {
        var target = Guid.NewGuid();
        var policy = await fixture.MakeAsync<ExpressionPolicy>(ExpressionPolicyKind.Kind, """{"name": "followed", "execution_logging": true, "expression": "return True"}""");
        await fixture.BindAsync(new PolicyBinding { Target = target, PolicyPk = policy.Pk });
        (await fixture.EvaluateAsync(target, PolicyEngineMode.All, new PolicyRequest { User = fixture.Ada, Caller = CallerOf(fixture.Root) })).Passing.ShouldBeTrue();
        (await fixture.Server.Database.ScalarAsync<string>(
            $"SELECT concat_ws(' ', context->'result'->>'passing', context->'request'->'user'->>'username') FROM event WHERE action = 'policy_execution' AND context->>'policy_uuid' = '{policy.Pk:N}'")).ShouldBe($"true {fixture.Ada.Username}");
    }

    [Fact]
    public async Task Policies_call_each_other_in_the_same_context()
    {
        var inner = await ExpressionAsync("context['seen'] = context['given']\nak_message('inner')\nreturn {'a': 1}");
        var outer = await ExpressionAsync($"r = ak_call_policy('{inner.Name}', given=5)\nreturn [r.passing, r.messages, r.raw_result['a'], context['seen'], 'given' in context]");
        var outcome = await fixture.Server.InScopeAsync(async services =>
            await services.GetRequiredService<PolicyEngine>().EvaluateOneAsync(outer.Pk, new PolicyRequest { User = fixture.Ada }, Cancellation));
        outcome.ShouldNotBeNull().Verdict.Failure.ShouldBeNull();
        ((List<object?>)outcome.Verdict.RawResult!).ShouldBe([true, new List<object?> { "inner" }, 1L, 5L, false]);
    }

    [Fact]
    public async Task Policies_that_call_themselves_end()
    {
        var name = Guid.NewGuid().ToString();
        await fixture.MakeAsync<ExpressionPolicy>(ExpressionPolicyKind.Kind, $$"""{"name": "{{name}}", "expression": "return ak_call_policy('{{name}}').passing"}""");
        var outcome = await fixture.Server.InScopeAsync(async services =>
            await services.GetRequiredService<PolicyEngine>().EvaluateOneAsync(name, new PolicyRequest { User = fixture.Ada }, Cancellation));
        outcome.ShouldNotBeNull().Passing.ShouldBeFalse();
    }

    [Fact]
    public async Task Addresses_can_be_compared()
    {
        var request = new PolicyRequest { User = fixture.Ada, Http = new HttpFacts { ClientIp = IPAddress.Parse("192.0.2.7"), Url = "https://x/" } };
        var result = await fixture.RunAsync(
            "return ak_client_ip in ip_network('192.0.2.0/24') and not ak_client_ip.is_loopback and ip_address('::1').is_loopback and regex_match('abc', 'b.') and regex_replace('abc', 'b', 'x') == 'axc'",
            request);
        result.Error.ShouldBeNull();
        result.Value.ShouldBe(true);
    }

    [Fact]
    public async Task Reputation_adds_up_by_name_or_address_and_runs_out()
    {
        var address = IPAddress.Parse("203.0.113.9");
        await fixture.Server.InScopeAsync(async services =>
        {
            var record = services.GetRequiredService<RecordReputation>();
            for (var i = 0; i < 9; i++)
                await record.ExecuteAsync("ada", address, -1, Cancellation);
            await record.ExecuteAsync("someone else", address, -1, Cancellation);
            return true;
        });
        (await fixture.Server.Database.ScalarAsync<int>("SELECT score FROM reputation WHERE identifier = 'ada'")).ShouldBe(-5);
        var policy = await fixture.MakeAsync<ReputationPolicy>(ReputationPolicyKind.Kind, """{"name": "low reputation", "threshold": -6}""");
        var byName = await fixture.MakeAsync<ReputationPolicy>(ReputationPolicyKind.Kind, """{"name": "low by name", "threshold": -6, "check_ip": false}""");
        var request = new PolicyRequest { User = fixture.Ada, Http = new HttpFacts { ClientIp = address } };
        (await OneAsync(policy, request)).ShouldBeTrue();
        (await OneAsync(byName, request)).ShouldBeFalse();

        fixture.Server.Clock.Advance(RecordReputation.Lifetime);
        (await OneAsync(policy, request)).ShouldBeFalse();
        fixture.Server.Clock.Advance(-RecordReputation.Lifetime);
    }

    [Fact]
    public async Task Parallel_changes_of_reputation_all_count()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.Server.InScopeAsync(async services =>
        {
            await services.GetRequiredService<RecordReputation>().ExecuteAsync("parallel", IPAddress.Loopback, -1, Cancellation);
            return true;
        })));
        (await fixture.Server.Database.ScalarAsync<int>("SELECT score FROM reputation WHERE identifier = 'parallel'")).ShouldBe(-4);
    }

    [Fact]
    public async Task Expired_passwords_become_unusable_but_for_deny_only()
    {
        var user = await fixture.MakeAsync<User>(UserKind.Kind, """{"username": "old", "name": "Old"}""");
        await fixture.Server.Database.ExecuteAsync($"UPDATE \"user\" SET password = 'x', password_change_date = now() - interval '12 days 12 hours' WHERE pk = {user.Pk}");
        user = await LoadAsync(user.Pk);
        var denies = await fixture.MakeAsync<PasswordExpiryPolicy>(PasswordExpiryPolicyKind.Kind, """{"name": "deny", "days": 10, "deny_only": true}""");
        var disables = await fixture.MakeAsync<PasswordExpiryPolicy>(PasswordExpiryPolicyKind.Kind, """{"name": "disable", "days": 10}""");
        var later = await fixture.MakeAsync<PasswordExpiryPolicy>(PasswordExpiryPolicyKind.Kind, """{"name": "later", "days": 13}""");
        (await OneAsync(later, new PolicyRequest { User = user })).ShouldBeTrue();
        (await MessagesAsync(denies, user)).ShouldBe(["Password has expired."]);
        PasswordHash.IsUsable((await LoadAsync(user.Pk)).Password).ShouldBeTrue();
        (await MessagesAsync(disables, user)).ShouldBe(["Password expired 2 days ago. Please update your password."]);
        PasswordHash.IsUsable((await LoadAsync(user.Pk)).Password).ShouldBeFalse();
    }

    [Fact]
    public async Task Former_passwords_are_refused_as_far_back_as_asked()
    {
        var policy = await fixture.MakeAsync<UniquePasswordPolicy>(UniquePasswordPolicyKind.Kind, """{"name": "unique", "num_historical_passwords": 2}""");
        var user = await fixture.MakeAsync<User>(UserKind.Kind, """{"username": "changing", "name": "Changing"}""");
        foreach (var password in (string[])["first", "second", "third"])
        {
            await fixture.Server.InScopeAsync(async services =>
            {
                var tracked = await services.GetRequiredService<PosternDb>().Set<User>().SingleAsync(u => u.Pk == user.Pk, Cancellation);
                return (await services.GetRequiredService<SetPassword>().ExecuteAsync(Caller.System, tracked, password, keep: null, Cancellation)).Value;
            });
            fixture.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        (await TriedAsync("third")).ShouldBeFalse();
        (await TriedAsync("second")).ShouldBeFalse();
        (await TriedAsync("first")).ShouldBeTrue();
        (await TriedAsync("new")).ShouldBeTrue();
        (await fixture.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM password_history WHERE user_pk = {user.Pk}")).ShouldBe(2);

        Task<bool> TriedAsync(string password) => OneAsync(policy, new PolicyRequest
        {
            User = user,
            Context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["prompt_data"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["password"] = password } },
        });
    }

    async Task<ExpressionPolicy> ExpressionAsync(string source) => await fixture.MakeAsync<ExpressionPolicy>(
        ExpressionPolicyKind.Kind, $$"""{"name": "{{Guid.NewGuid()}}", "expression": {{System.Text.Json.JsonSerializer.Serialize(source)}} }""");

    Task<bool> OneAsync(Policy policy, PolicyRequest request) => fixture.Server.InScopeAsync(async services =>
        (await services.GetRequiredService<PolicyEngine>().EvaluateOneAsync(policy.Pk, request, Cancellation)).ShouldNotBeNull().Passing);

    Task<IReadOnlyList<string>> MessagesAsync(Policy policy, User user) => fixture.Server.InScopeAsync(async services =>
        (await services.GetRequiredService<PolicyEngine>().EvaluateOneAsync(policy.Pk, new PolicyRequest { User = user }, Cancellation)).ShouldNotBeNull().Verdict.Messages);

    Task<User> LoadAsync(int pk) => fixture.Server.InScopeAsync(services =>
        services.GetRequiredService<PosternDb>().Set<User>().AsNoTracking().SingleAsync(u => u.Pk == pk, Cancellation));

    static Caller CallerOf(User user) => new(user.Pk, user.Username, IsSuperuser: true, CallerKind.User);
}
