using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Policies;

/// <summary>Editors ask what is wrong with an expression while somebody writes it.</summary>
public sealed class CheckExpressionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("policy", "return ak_client_ip in context", "")]
    [InlineData("policy", "x = (", "error 1:")]
    [InlineData("policy", "ak_mesage('a')\nreturn True", "warning 1:1")]
    [InlineData("policy", "return True\nx = 1", "warning 2:1")]
    [InlineData("mapping", "return {'a': provider}", "")]
    [InlineData("mapping", "return context", "warning 1:8")]
    [InlineData("prompt", "return prompt_context.get('a')", "")]
    public async Task Findings_have_their_place(string use, string expression, string expected)
    {
        using var client = fixture.Server.Program(await fixture.Server.AddTokenAsync(await fixture.Server.AddUserAsync($"writer-{Guid.NewGuid():N}")));
        var answer = await client.PostAsJsonAsync("/api/v3/policies/expression/check/", new { expression, use }, Cancellation);
        var findings = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["findings"]!.AsArray();
        (findings.Count == 0 ? "" : $"{findings[0]!["severity"]} {findings[0]!["line"]}:{findings[0]!["column"]}").ShouldStartWith(expected);
        (findings.Count > 0).ShouldBe(expected.Length > 0);
    }

    [Fact]
    public async Task Bad_input_and_strangers_are_refused()
    {
        using var client = fixture.Server.Program(await fixture.Server.AddTokenAsync(await fixture.Server.AddUserAsync("writer")));
        foreach (var body in new object[] { new { }, new { expression = 1 }, new { expression = "return 1", use = "stage" }, new[] { 1 } })
            (await client.PostAsJsonAsync("/api/v3/policies/expression/check/", body, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var nobody = fixture.Server.Program();
        (await nobody.PostAsJsonAsync("/api/v3/policies/expression/check/", new { expression = "return 1" }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Prompts_with_a_broken_expression_are_refused()
    {
        using var client = fixture.Server.Program(await fixture.Server.AddTokenAsync(await fixture.Server.AddSuperuserAsync("prompter")));
        var body = new { name = "broken", field_key = "a", label = "A", type = "text", order = 0, placeholder = "return (", placeholder_expression = true, initial_value = "x =", initial_value_expression = false };
        var answer = await client.PostAsJsonAsync("/api/v3/stages/prompt/prompts/", body, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        errors["placeholder"]!.ToString().ShouldContain("line 1");
        errors.ContainsKey("initial_value").ShouldBeFalse();
    }
}
