using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Postern.Hosting;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Support.Stripe;

/// <summary>Stripe on a free local port: keeps state, refuses what Stripe refuses, signs its news. Two clients of different makers use it, so that neither is judged by itself alone.</summary>
public sealed class FakeStripe : IAsyncDisposable
{
    public const string Key = "sk_test_fake";

    public const string WebhookSecret = "whsec_of_the_fake";

    readonly WebApplication app;
    readonly FakeActions actions;
    readonly Dictionary<string, (string Request, int Status, string Body)> done = new(StringComparer.Ordinal);
    readonly Queue<(int Status, bool BeforeWork)> failures = new();
    readonly SemaphoreSlim turn = new(1);
    int requests;

    FakeStripe(TestClock clock)
    {
        Books = new(clock);
        actions = new(Books);
        app = Listening.Bare(kestrel => kestrel.Listen(IPAddress.Loopback, 0)).Build();
        app.Run(AnswerAsync);
    }

    public FakeBooks Books { get; }

    public Uri Address => new(app.Urls.First());

    /// <summary>Bodies of the requests so far, <c>METHOD path?form</c>.</summary>
    public List<string> Log { get; } = [];

    public static async Task<FakeStripe> StartAsync(TestClock clock)
    {
        var fake = new FakeStripe(clock);
        fake.Books.Keep(FakeObjects.Price("price_internal", "usd", 6000));
        fake.Books.Keep(FakeObjects.Price("price_external", "usd", 24));
        await fake.app.StartAsync();
        return fake;
    }

    /// <summary>The next request fails with this status: before anything was done, or after, so that only the answer is lost.</summary>
    public void FailNext(int status, bool afterWork = false) => failures.Enqueue((status, !afterWork));

    /// <summary>The customer pays a checkout. <paramref name="quantities"/> are what the customer set them to, by price.</summary>
    public JsonObject Complete(string session, string last4 = "4242", IReadOnlyDictionary<string, long>? quantities = null, bool paysLater = false) =>
        actions.Complete(session, last4, quantities, paysLater);

    /// <summary>A delivery as Stripe sends it: the body and its <c>Stripe-Signature</c>.</summary>
    public (byte[] Body, string Signature) Sign(JsonObject news, string secret = WebhookSecret, long? at = null)
    {
        var body = Encoding.UTF8.GetBytes(news.ToJsonString());
        return (body, Signature(body, secret, at ?? Books.Now));
    }

    public static string Signature(byte[] body, string secret, long time)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))},v0=ignored";
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        turn.Dispose();
    }

    async Task AnswerAsync(HttpContext http)
    {
        await turn.WaitAsync(http.RequestAborted);
        try
        {
            var failure = failures.Count > 0 ? failures.Dequeue() : default;
            var (status, body) = failure is { Status: > 0, BeforeWork: true } ? Broken(failure.Status) : await WorkAsync(http.Request, http.Response);
            if (failure is { Status: > 0, BeforeWork: false })
                (status, body) = Broken(failure.Status);
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json";
            http.Response.Headers["Request-Id"] = $"req_{++requests}";
            await http.Response.WriteAsync(body, http.RequestAborted);
        }
        finally
        {
            turn.Release();
        }
    }

    static (int Status, string Body) Broken(int status) => Refusal(new StripeRefusal(status, status == 429 ? "invalid_request_error" : "api_error", status == 429 ? "rate_limit" : "", "", "Something went wrong."));

    async Task<(int Status, string Body)> WorkAsync(HttpRequest request, HttpResponse response)
    {
        try
        {
            var text = await ReadAsync(request);
            lock (Log)
                Log.Add($"{request.Method} {request.Path}?{text}");
            if (request.Headers.Authorization != $"Bearer {Key}")
                throw new StripeRefusal(401, "invalid_request_error", "", "", "Invalid API Key provided");
            if (request.Headers["Stripe-Version"].ToString().Length == 0)
                throw new StripeRefusal(400, "invalid_request_error", "", "", "This fake wants a pinned version.");
            return request.Method == "POST" ? Once(request, response, text) : Do(request, text);
        }
        catch (StripeRefusal refusal)
        {
            return Refusal(refusal);
        }
    }

    static async Task<string> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        if (request.Method == "GET" || body.Length == 0)
            return request.QueryString.Value!.TrimStart('?');
        return request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) is true
            ? body
            : throw new StripeRefusal(400, "invalid_request_error", "", "", "Invalid request: the body must be a form.");
    }

    // What was done under a key is answered again and not done again.
    (int Status, string Body) Once(HttpRequest request, HttpResponse response, string text)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > 255)
            throw new StripeRefusal(400, "invalid_request_error", "", "", "This fake wants an idempotency key of at most 255 characters.");
        var what = $"{request.Path}?{text}";
        if (done.TryGetValue(key, out var before))
        {
            if (before.Request != what)
                throw new StripeRefusal(400, "idempotency_error", "idempotency_key_in_use", "", "Keys for idempotent requests can only be used with the same parameters they were first used with.");
            response.Headers["Idempotent-Replayed"] = "true";
            return (before.Status, before.Body);
        }
        var (status, body) = Do(request, text);
        done[key] = (what, status, body);
        return (status, body);
    }

    (int Status, string Body) Do(HttpRequest request, string text)
    {
        try
        {
            var form = BracketForm.Read(text);
            var path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
            foreach (var (method, pattern, shape) in Endpoints.All)
            {
                if (method != request.Method || Match(pattern, path) is not { } ids)
                    continue;
                shape.Check(form, "");
                return (200, actions.Do($"{method} {pattern}", ids, form).ToJsonString());
            }
            throw new StripeRefusal(404, "invalid_request_error", "", "", $"Unrecognized request URL ({request.Method}: {request.Path}).");
        }
        catch (StripeRefusal refusal)
        {
            return Refusal(refusal);
        }
    }

    static List<string>? Match(string pattern, string[] path)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != path.Length)
            return null;
        var ids = new List<string>();
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i][0] is '{')
                ids.Add(path[i]);
            else if (parts[i] != path[i])
                return null;
        }
        return ids;
    }

    static (int Status, string Body) Refusal(StripeRefusal refusal) => (refusal.Status, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["type"] = refusal.Type,
            ["code"] = refusal.Code.Length > 0 ? refusal.Code : null,
            ["param"] = refusal.Param.Length > 0 ? refusal.Param : null,
            ["message"] = refusal.Message,
        },
    }.ToJsonString());
}
