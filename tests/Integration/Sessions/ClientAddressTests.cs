using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Api.Http;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Sessions;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("127.0.0.0/8", "203.0.113.9", "203.0.113.9 https")]
    [InlineData("127.0.0.0/8", "1.2.3.4, 203.0.113.9", "203.0.113.9 https")]
    [InlineData("127.0.0.0/8,203.0.113.0/24", "198.51.100.1, 203.0.113.9", "198.51.100.1 https")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "127.0.0.1 http")]
    public async Task Forwarding_headers_count_from_trusted_proxies_only(string trusted, string forwarded, string seen)
    {
        await using var server = await TestServer.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_LISTEN__TRUSTED_PROXY_CIDRS"] = trusted },
            services => services.AddSingleton<IRequestStep>(new TestDoor("/test", http => http.Response.WriteAsync($"{http.Caller().ClientIp} {http.Request.Scheme}"))));
        using var client = server.Program();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        (await client.GetStringAsync("/test", TestContext.Current.CancellationToken)).ShouldBe(seen);
    }
}
