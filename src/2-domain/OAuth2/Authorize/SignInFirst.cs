using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Flows;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Authorize;

/// <summary>Sends people to sign in and back to their request.</summary>
sealed class SignInFirst(Reauthentication marks, Snapshot<FlowPicture> flows, TimeProvider clock)
{
    public const string Path = "/application/o/authorize/";

    /// <summary>Whether the sign-in at hand is too old, or a new one is asked for, and none was made for this request yet.</summary>
    public bool IsNeeded(AuthorizeRequest request, DateTimeOffset authenticatedAt) =>
        (request.Prompts("login") || (request.MaxAge is { } age && clock.GetUtcNow() - authenticatedAt > age)) && !WasDone(request, authenticatedAt);

    public bool WasDone(AuthorizeRequest request, DateTimeOffset authenticatedAt) => marks.IsDone(request.Parameters, authenticatedAt);

    public async Task<IResult> ExecuteAsync(AuthorizeRequest request, string requestUri, DateTimeOffset? authenticatedAt, DefaultFlows defaults, HttpContext http, CancellationToken cancellation)
    {
        var picture = await flows.GetAsync(cancellation);
        var own = request.Client.Provider.AuthenticationFlow is { } pk ? picture.Find(pk) : null;
        if ((own ?? await defaults.FindAsync(http, FlowDesignation.Authentication, cancellation)) is not { } flow)
            return ErrorPage.Denied("There is no way to sign in.").ToResult();
        var mark = marks.Mark(request.Parameters, authenticatedAt);
        // A pushed request stays what it is: its name, not its content, travels.
        var next = requestUri.Length > 0
            ? QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>(StringComparer.Ordinal) { ["client_id"] = request.Client.Id, ["request_uri"] = requestUri, [Reauthentication.Parameter] = mark })
            : request.Parameters.ToPath(Path, Reauthentication.Parameter, mark);
        var query = new Dictionary<string, string?>(StringComparer.Ordinal) { ["next"] = next };
        if (request.Parameters["login_hint"] is { } hint)
            query["login_hint"] = hint;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(QueryHelpers.AddQueryString($"/if/flow/{flow.Slug}/", query));
    }
}
