using Postern.Tests.Integration.Policies;

namespace Postern.Tests.Integration.Api.Policies;

public sealed class TestTests(PolicyServer fixture) : IClassFixture<PolicyServer>
{
    async Task<string> PolicyAsync(HttpClient client, string expression) => (await client.SendAsync(
        "POST", "expression/", $$"""{"name": "{{Guid.NewGuid()}}", "expression": {{System.Text.Json.JsonSerializer.Serialize(expression)}}}""")).Body!["pk"]!.GetValue<string>();

    [Fact]
    public async Task Answers_verdict_messages_log_value_and_effort()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var pk = await PolicyAsync(client, "n = context['n'] + 1\nak_message(f'n is {n}')\nak_logger.info('looked', who=request.user.username)\nreturn n");
        var (status, tested) = await client.SendAsync("POST", $"all/{pk}/test/", $$"""{"user": {{fixture.Ada.Pk}}, "context": {"n": 41} }""");
        status.ShouldBe(200, tested.Text());
        tested!["passing"]!.GetValue<bool>().ShouldBeTrue();
        tested["messages"].Text().ShouldBe("""["n is 42"]""");
        tested["result"]!.GetValue<string>().ShouldBe("42");
        tested["log_messages"]![0]!["event"]!.GetValue<string>().ShouldBe("looked");
        tested["log_messages"]![0]!["attributes"].Text().ShouldBe("""{"who":"ada"}""");
        tested["steps"]!.GetValue<long>().ShouldBeGreaterThan(0);
        tested["variables"]!.AsArray().ShouldContain(v => v!["name"]!.GetValue<string>() == "n" && v["line"]!.GetValue<int>() == 1 && v["value"]!.GetValue<string>() == "42");
    }

    [Fact]
    public async Task A_failure_says_where_and_records_nothing()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var pk = await PolicyAsync(client, "\nreturn context['missing']");
        var (_, tested) = await client.SendAsync("POST", $"all/{pk}/test/", $$"""{"user": {{fixture.Ada.Pk}} }""");
        tested!["passing"]!.GetValue<bool>().ShouldBeFalse();
        tested["messages"].Text().ShouldBe("""["'missing'"]""");
        tested["log_messages"]![0]!["event"]!.GetValue<string>().ShouldContain("line 2");
        (await fixture.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'policy_exception'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_trial_writes_nothing()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var pk = await PolicyAsync(client, "from authentik.core.models import Group\nGroup.objects.get_or_create(name='from-trial')\nreturn True");
        var (_, tested) = await client.SendAsync("POST", $"all/{pk}/test/", $$"""{"user": {{fixture.Ada.Pk}} }""");
        tested!["passing"]!.GetValue<bool>().ShouldBeFalse();
        (await fixture.Server.Database.ScalarAsync<long>("SELECT count(*) FROM \"group\" WHERE name = 'from-trial'")).ShouldBe(0);
    }

    [Fact]
    public async Task Needs_rights_a_policy_and_a_user()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        using var ada = await fixture.ClientAsync(fixture.Ada);
        var pk = await PolicyAsync(client, "return True");
        (await ada.SendAsync("POST", $"all/{pk}/test/", $$"""{"user": {{fixture.Ada.Pk}} }""")).Status.ShouldBe(404);
        (await fixture.Server.Program().SendAsync("POST", $"all/{pk}/test/", $$"""{"user": {{fixture.Ada.Pk}} }""")).Status.ShouldBeOneOf(403, 404);
        (await client.SendAsync("POST", $"all/{Guid.NewGuid()}/test/", $$"""{"user": {{fixture.Ada.Pk}} }""")).Status.ShouldBe(404);
        (await client.SendAsync("POST", $"all/{pk}/test/", """{"user": 999999}""")).Status.ShouldBe(400);
        (await client.SendAsync("POST", $"all/{pk}/test/", "{}")).Body.Text().ShouldBe("""{"user":["This field is required."]}""");
    }
}
