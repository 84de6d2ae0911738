using System.Text.Json.Nodes;
using Postern.Tests.Integration.Policies;

namespace Postern.Tests.Integration.Api.Policies;

public sealed class KindTests(PolicyServer fixture) : IClassFixture<PolicyServer>
{
    [Theory]
    [InlineData("dummy", """{"name": "d1"}""", """{"result": false, "wait_min": 5, "wait_max": 30, "component": "ak-policy-dummy-form", "meta_model_name": "authentik_policies_dummy.dummypolicy", "bound_to": 0, "execution_logging": false, "verbose_name": "Dummy Policy"}""")]
    [InlineData("expression", """{"name": "e1", "expression": "return True"}""", """{"expression": "return True", "component": "ak-policy-expression-form", "verbose_name_plural": "Expression Policies"}""")]
    [InlineData("password_expiry", """{"name": "x1", "days": 30}""", """{"days": 30, "deny_only": false, "component": "ak-policy-password-expiry-form"}""")]
    [InlineData("reputation", """{"name": "r1"}""", """{"check_ip": true, "check_username": true, "threshold": -5, "component": "ak-policy-reputation-form"}""")]
    [InlineData("unique_password", """{"name": "u1"}""", """{"password_field": "password", "num_historical_passwords": 1, "component": "ak-policy-password-uniqueness-form"}""")]
    [InlineData("password", """{"name": "p1"}""", """{"password_field": "password", "check_static_rules": true, "check_have_i_been_pwned": false, "check_zxcvbn": false, "length_min": 0, "error_message": "", "hibp_allowed_count": 0, "zxcvbn_score_threshold": 2, "symbol_charset": "!\\\"#$%&'()*+,-./:;<=>?@[]^_`{|}~ "}""")]
    [InlineData("event_matcher", """{"name": "m1", "action": "login"}""", """{"action": "login", "client_ip": null, "app": null, "model": null, "query": null, "component": "ak-policy-event-matcher-form"}""")]
    public async Task Is_created_with_its_defaults_and_found_among_all(string path, string body, string expected)
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var (status, made) = await client.SendAsync("POST", $"{path}/", body);
        status.ShouldBe(201, made.Text());
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
            JsonNode.DeepEquals(made![name], value).ShouldBeTrue($"{name}: {made[name].Text()}");

        var (_, one) = await client.SendAsync("GET", $"all/{made!["pk"]!.GetValue<string>()}/");
        one!["component"].Text().ShouldBe(made["component"].Text());
        one["verbose_name"].Text().ShouldBe(made["verbose_name"].Text());
        (await client.SendAsync("GET", $"{path}/{made["pk"]!.GetValue<string>()}/used_by/")).Body.Text().ShouldBe("[]");
        (await client.SendAsync("DELETE", $"all/{made["pk"]!.GetValue<string>()}/")).Status.ShouldBe(204);
        (await client.SendAsync("GET", $"{path}/{made["pk"]!.GetValue<string>()}/")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("expression", """{"name": "b1"}""", """{"expression":["This field is required."]}""")]
    [InlineData("expression", """{"name": "b1", "expression": ""}""", """{"expression":["This field may not be blank."]}""")]
    [InlineData("reputation", """{"name": "b1", "check_ip": false, "check_username": false}""", """{"non_field_errors":["Either IP or Username must be checked"]}""")]
    [InlineData("event_matcher", """{"name": "b1", "action": "", "client_ip": "", "app": "", "model": "", "query": ""}""", """{"non_field_errors":["At least one criteria must be set."]}""")]
    [InlineData("event_matcher", """{"name": "b1", "action": "nonsense"}""", """{"action":["\"nonsense\" is not a valid choice."]}""")]
    [InlineData("password_expiry", """{"name": "b1"}""", """{"days":["This field is required."]}""")]
    [InlineData("unique_password", """{"name": "b1", "num_historical_passwords": -1}""", """{"num_historical_passwords":["Ensure this value is greater than or equal to 0."]}""")]
    public async Task Is_refused_with_the_reason_on_the_field(string path, string body, string expected)
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var (status, errors) = await client.SendAsync("POST", $"{path}/", body);
        status.ShouldBe(400);
        errors.Text().ShouldBe(expected);
    }

    [Fact]
    public async Task Syntax_errors_name_line_and_column()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var (status, errors) = await client.SendAsync("POST", "expression/", """{"name": "s1", "expression": "a = 1\nreturn a +"}""");
        status.ShouldBe(400);
        var text = errors!["expression"]![0]!.GetValue<string>();
        text.ShouldStartWith("Expression Syntax Error: ");
        text.ShouldContain("line 2");
    }

    [Fact]
    public async Task Names_are_unique_over_all_kinds()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        (await client.SendAsync("POST", "dummy/", """{"name": "taken"}""")).Status.ShouldBe(201);
        var (status, errors) = await client.SendAsync("POST", "reputation/", """{"name": "taken"}""");
        status.ShouldBe(400);
        errors.Text().ShouldBe("""{"name":["This field must be unique."]}""");
    }

    [Fact]
    public async Task Types_are_offered_for_pickers()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var (_, types) = await client.SendAsync("GET", "all/types/");
        types!.AsArray().Select(t => t!["model_name"]!.GetValue<string>()).Contains("expressionpolicy", StringComparer.Ordinal).ShouldBeTrue();
        types.AsArray().Select(t => t!["component"]!.GetValue<string>()).Contains("ak-policy-event-matcher-form", StringComparer.Ordinal).ShouldBeTrue();
    }

    [Fact]
    public async Task The_cache_of_verdicts_is_always_empty()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        (await client.SendAsync("GET", "all/cache_info/")).Body.Text().ShouldBe("""{"count":0}""");
        (await client.SendAsync("POST", "all/cache_clear/")).Status.ShouldBe(204);
        using var ada = await fixture.ClientAsync(fixture.Ada);
        (await ada.SendAsync("POST", "all/cache_clear/")).Status.ShouldBe(403);
    }
}
