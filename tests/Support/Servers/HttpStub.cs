using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Postern.Hosting;

namespace Postern.Tests.Support.Servers;

/// <summary>Somebody else's HTTP service on a free local port: a test says what it answers, and reads what it was sent.</summary>
public sealed class HttpStub : IAsyncDisposable
{
    readonly WebApplication app;
    readonly List<StubRequest> requests = [];

    HttpStub(Func<StubRequest, string> answer, X509Certificate2? certificate)
    {
        app = Listening.Bare(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        })).Build();
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var request = new StubRequest(http.Request.Path, await reader.ReadToEndAsync(http.RequestAborted), http.Request.Headers.Authorization.ToString(), http.Request.ContentType ?? "");
            lock (requests)
                requests.Add(request);
            http.Response.ContentType = request.Path.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "application/json";
            await http.Response.WriteAsync(answer(request), http.RequestAborted);
        });
    }

    public Uri Address => new(app.Urls.First());

    public IReadOnlyList<StubRequest> Requests
    {
        get
        {
            lock (requests)
                return [.. requests];
        }
    }

    /// <summary>Over TLS where there is a <paramref name="certificate"/>.</summary>
    public static async Task<HttpStub> StartAsync(Func<StubRequest, string> answer, X509Certificate2? certificate = null)
    {
        var stub = new HttpStub(answer, certificate);
        await stub.app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>What a stub was sent.</summary>
public sealed record StubRequest(string Path, string Body, string Authorization, string ContentType);
