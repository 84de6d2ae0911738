using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Api.Http;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Anybody could say from which address they came. Guards Api/Http/TrustedProxies: its networks, and that it reads no header but X-Forwarded-*.</summary>
[Trait("Fault", "F12")]
public sealed class CVE_2023_36456_client_address
{
    [Theory]
    [InlineData("127.0.0.0/8", "X-Forwarded-For", "203.0.113.9", "203.0.113.9 https")]
    [InlineData("127.0.0.0/8", "X-Forwarded-For", "1.2.3.4, 203.0.113.9", "203.0.113.9 https")]
    [InlineData("127.0.0.0/8,203.0.113.0/24", "X-Forwarded-For", "198.51.100.1, 203.0.113.9", "198.51.100.1 https")]
    [InlineData("127.0.0.0/8", "X-Forwarded-For", "[2001:db8::1]:4711", "2001:db8::1 https")]
    [InlineData("127.0.0.0/8", "X-Real-IP", "203.0.113.9", "127.0.0.1 http")]
    [InlineData("127.0.0.0/8", "Forwarded", "for=203.0.113.9;proto=https", "127.0.0.1 http")]
    [InlineData("127.0.0.0/8", "X-Client-IP", "203.0.113.9", "127.0.0.1 http")]
    [InlineData("10.0.0.0/8", "X-Forwarded-For", "203.0.113.9", "127.0.0.1 http")]
    [InlineData("10.0.0.0/8", "X-Forwarded-For", "10.0.0.1, 203.0.113.9", "127.0.0.1 http")]
    [InlineData("10.0.0.0/8", "X-Forwarded-For", "::1", "127.0.0.1 http")]
    public async Task Forwarding_headers_count_from_trusted_proxies_only(string trusted, string header, string value, string seen)
    {
        await using var server = await TestServer.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_LISTEN__TRUSTED_PROXY_CIDRS"] = trusted },
            services => services.AddSingleton<IRequestStep>(new TestDoor("/test", http => http.Response.WriteAsync($"{http.Caller().ClientIp} {http.Request.Scheme}"))));
        using var client = server.Program();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        if (header == "X-Forwarded-For")
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        (await client.GetStringAsync("/test", TestContext.Current.CancellationToken)).ShouldBe(seen);
    }
}
