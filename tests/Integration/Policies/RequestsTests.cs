using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Policies;

/// <summary>Expressions that call over HTTP; the server they call is the product itself.</summary>
public sealed class RequestsTests
{
    [Fact]
    public async Task Reaches_what_is_allowed_and_reads_the_answer_until_there_were_enough()
    {
        await using var server = await StartAsync(("POSTERN_EXPRESSIONS__ALLOWED_HOSTS", "127.0.0.1"), ("POSTERN_EXPRESSIONS__ALLOW_PRIVATE_ADDRESSES", "true"));
        var result = await RunAsync(server, $"""
            r = requests.get("{server.Address}-/health/live/")
            missing = requests.get("{server.Address}api/v3/nothing/", params=dict(a=1))
            try:
                missing.raise_for_status()
            except Exception as e:
                return [r.ok, r.status_code < 300, missing.status_code, missing.json()["detail"], str(e)[:16]]
            """);
        result.Error.ShouldBeNull();
        ((List<object?>)result.Value!).ShouldBe([true, true, 404L, "Not found: this server has nothing at /api/v3/nothing/.", "404 Client Error"]);

        var endless = await RunAsync(server, $"while True:\n    requests.get('{server.Address}-/health/live/')");
        endless.Error.ShouldNotBeNull().Message.ShouldContain("requests at most");
    }

    [Fact]
    public async Task Private_addresses_stay_out_of_reach_of_allowed_hosts()
    {
        await using var server = await StartAsync(("POSTERN_EXPRESSIONS__ALLOWED_HOSTS", "*"));
        var result = await RunAsync(server, $"requests.get('{server.Address}')");
        result.Error.ShouldNotBeNull().TypeName.ShouldBe("RequestException");
        result.Error.Message.ShouldContain("no address that expressions may reach");
    }

    static Task<TestServer> StartAsync(params (string Name, string Value)[] environment) =>
        TestServer.StartAsync(environment.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal));

    static Task<ExpressionResult> RunAsync(TestServer server, string source) => server.InScopeAsync(async services =>
        await services.GetRequiredService<ExpressionRunner>().RunAsync(
            source,
            new ExpressionInput { Name = "test", Use = ExpressionUse.Policy, Request = new PolicyRequest { Caller = Caller.System } },
            TestContext.Current.CancellationToken));
}
