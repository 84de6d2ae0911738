using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;

namespace Postern.OAuth2.Authorize;

/// <summary>Writes the answer to an authorization request in its response mode, naming the issuer (RFC 9207).</summary>
sealed class AuthorizeAnswer(Issuer issuer)
{
    /// <summary>The members of an error.</summary>
    public async ValueTask<AnswerValues> ErrorAsync(AuthorizeRequest request, AuthorizeError error, HttpContext http, CancellationToken cancellation) =>
        await CompleteAsync(request, [new("error", error.Code), new("error_description", error.Description)], http, cancellation);

    /// <summary>Adds what every answer carries.</summary>
    public async ValueTask<AnswerValues> CompleteAsync(AuthorizeRequest request, List<KeyValuePair<string, string>> values, HttpContext http, CancellationToken cancellation)
    {
        if (request.State is { } state)
            values.Add(new("state", state));
        values.Add(new("iss", await issuer.OfAsync(request.Client, http, cancellation)));
        return new AnswerValues(request.RedirectUri, request.Mode, values);
    }

    public static IResult ToResult(AnswerValues answer, HttpContext http)
    {
        if (answer.Mode is ResponseMode.FormPost)
            return new ProtocolPage((pages, context) => pages.SendAsync(context, "One moment", answer.RedirectUri, new JsonObject(answer.Values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value)))));
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = answer.ToUrl();
        return Results.StatusCode(StatusCodes.Status302Found);
    }
}

/// <summary>An answer on its way to the application.</summary>
sealed record AnswerValues(string RedirectUri, ResponseMode Mode, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    public string ToUrl()
    {
        var text = string.Join('&', Values.Select(v => $"{Uri.EscapeDataString(v.Key)}={Uri.EscapeDataString(v.Value)}"));
        if (Mode is ResponseMode.Fragment)
            return $"{RedirectUri}#{text}";
        return RedirectUri.Contains('?', StringComparison.Ordinal) ? $"{RedirectUri}{(RedirectUri[^1] is '?' or '&' ? "" : "&")}{text}" : $"{RedirectUri}?{text}";
    }
}
