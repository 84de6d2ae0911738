using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Postern.Kernel;

namespace Postern.Billing.Stripe;

/// <summary>
/// Speaks Stripe's HTTP dialect: form bodies, a pinned version, idempotency keys, errors. A request that may not have arrived is repeated under the same key, so that it is done once.
/// </summary>
sealed class StripeClient(HttpClient http, StripeSettings settings, TimeProvider clock)
{
    /// <summary>The version that the fields read here belong to; the webhook endpoint is made with the same.</summary>
    public const string Version = "2026-07-29.dahlia";

    const int Retries = 2;

    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(80);

    public Task<Result<JsonElement>> GetAsync(string path, StripeForm? query, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, query is null ? path : $"{path}?{query.Query()}", form: null, key: null, cancellation);

    /// <param name="key">The same for every attempt at the same change; a fresh one when null.</param>
    public Task<Result<JsonElement>> PostAsync(string path, StripeForm form, string? key, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, form, key ?? Guid.NewGuid().ToString(), cancellation);

    public Task<Result<JsonElement>> DeleteAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Delete, path, form: null, key: null, cancellation);

    /// <summary>Every entry of a list, page by page.</summary>
    public async Task<Result<IReadOnlyList<JsonElement>>> ListAsync(string path, StripeForm query, CancellationToken cancellation)
    {
        var all = new List<JsonElement>();
        query.Add("limit", 100);
        while (true)
        {
            var page = new StripeForm();
            foreach (var (name, value) in query.Fields)
                page.Add(name, value);
            if (all.Count > 0)
                page.Add("starting_after", all[^1].Text("id"));
            if (!(await GetAsync(path, page, cancellation)).Succeeded(out var answer, out var fault))
                return fault;
            all.AddRange(answer.GetProperty("data").EnumerateArray());
            if (!answer.GetProperty("has_more").GetBoolean())
                return Result<IReadOnlyList<JsonElement>>.Of(all);
        }
    }

    async Task<Result<JsonElement>> SendAsync(HttpMethod method, string path, StripeForm? form, string? key, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (answer, again) = await TryAsync(method, path, form, key, cancellation);
            if (!again || attempt == Retries)
                return answer;
            await Task.Delay(Wait(attempt), clock, cancellation);
        }
    }

    async Task<(Result<JsonElement> Answer, bool Again)> TryAsync(HttpMethod method, string path, StripeForm? form, string? key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey.Reveal);
        request.Headers.Add("Stripe-Version", Version);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (form is not null)
            request.Content = new FormUrlEncodedContent(form.Fields);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            if (response.IsSuccessStatusCode)
            {
                using var document = await JsonDocument.ParseAsync(body, default, cancellation);
                return (document.RootElement.Clone(), Again: false);
            }
            return IsWorthAnotherTry(response) ? (Silent, Again: true) : (await RefusedAsync(response, body, cancellation), Again: false);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (Silent, Again: true);
        }
    }

    static Fault Silent => new Fault.Throttled("The payment provider does not answer at the moment. Please try again in a minute.", TimeSpan.FromMinutes(1));

    static bool IsWorthAnotherTry(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Stripe-Should-Retry", out var said) && bool.TryParse(said.First(), out var should)
            ? should
            : response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    static async Task<Result<JsonElement>> RefusedAsync(HttpResponseMessage response, Stream body, CancellationToken cancellation)
    {
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError)
            return Silent;
        if (response.StatusCode is HttpStatusCode.NotFound)
            return new Fault.NotFound("Object");
        using var document = await JsonDocument.ParseAsync(body, default, cancellation);
        var error = document.RootElement.GetProperty("error");
        // These two are written for the customer; everything else is about our request.
        return (error.Text("type"), error.Text("code")) switch
        {
            ("card_error", _) => Fault.Input(error.Text("message")),
            (_, "tax_id_invalid") => Fault.Field("tax_id", error.Text("message")),
            var (type, code) => throw new StripeException(
                $"Stripe refused {response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath} with {(int)response.StatusCode} {type} {code} " +
                $"{error.Text("param")}: {error.Text("message")} (request {response.Headers.GetFirst("Request-Id")})"),
        };
    }

    TimeSpan Wait(int attempt)
    {
        var full = Math.Min(LongestWait.TotalMilliseconds, settings.RetryDelay.TotalMilliseconds * Math.Pow(2, attempt));
        // Three quarters to the whole, so that many who failed together do not come back together.
        return TimeSpan.FromMilliseconds(full * (0.75 + (RandomNumberGenerator.GetInt32(251) / 1000.0)));
    }
}
