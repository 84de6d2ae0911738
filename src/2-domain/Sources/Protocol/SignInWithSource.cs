using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Sources.Connections;
using Postern.Sources.Matching;
using Postern.Sources.OAuth;
using Postern.Sources.Providers;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Sources.Protocol;

/// <summary>Signs a browser in with a source, or connects an account there with the one that is signed in.</summary>
sealed class SignInWithSource(Snapshot<SourcePicture> sources, BeginSignIn begin, RedeemCode redeem, Attempts attempts, EnterSource enter, Connect connect, ISourcePages pages, RecordEvent events, PosternDb db)
{
    /// <summary>Page that lists the accounts connected with one's own.</summary>
    public const string Settings = "/if/user/settings/sources/";

    const string App = "authentik_sources_oauth";

    public async Task<IResult> BeginAsync(HttpContext http, string slug, PageQuery query, string flow, CancellationToken cancellation)
    {
        if (await FindAsync(slug, cancellation) is not { } source)
            return await MissingAsync(http);
        var begun = await begin.ExecuteAsync(http, source, query, flow, cancellation);
        return begun.Succeeded(out var to, out var fault) ? Leave(http, to) : await BrokenAsync(http, source, fault, cancellation);
    }

    public async Task<IResult> FinishAsync(HttpContext http, string slug, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await FindAsync(slug, cancellation) is not { } source)
            return await MissingAsync(http);
        var query = http.Request.Query;
        if (await attempts.TakeAsync(source, query["state"].ToString(), cancellation) is not { Identifier.Length: 0 } attempt)
            return await pages.RefuseAsync(http, "Sign in again", "This sign-in was not begun in this browser, is over already, or took too long. Go back to where you wanted to sign in and begin again.", StatusCodes.Status403Forbidden);
        if (query["error"].ToString() is { Length: > 0 } error)
            return await RefusedThereAsync(http, source, error, query["error_description"].ToString(), cancellation);
        if (!(await redeem.ExecuteAsync(http, source, attempt, cancellation)).Succeeded(out var identity, out var fault))
            return await BrokenAsync(http, source, fault, cancellation);
        // Who was signed in then must be who is signed in now.
        if (attempt.UserPk != http.Caller().UserPk)
            return await pages.RefuseAsync(http, "Sign in again", "Somebody signed in or out in the meantime. Please begin again.", StatusCodes.Status403Forbidden);
        return attempt is { Connects: true, UserPk: { } user } ? await OfferAsync(http, source, identity, attempt, user, cancellation) : await SignInAsync(http, source, identity, attempt, cancellation);
    }

    /// <summary>Connects the account that was asked about.</summary>
    public async Task<IResult> LinkAsync(HttpContext http, string slug, string token, CancellationToken cancellation)
    {
        if (await FindAsync(slug, cancellation) is not { } source)
            return await MissingAsync(http);
        if (await attempts.TakeAsync(source, token, cancellation) is not { Identifier.Length: > 0, UserPk: { } pk } attempt || http.Caller() is not { Impersonator: null } caller || caller.UserPk != pk)
            return await pages.RefuseAsync(http, "Begin again", "This question is answered already, or was asked too long ago.", StatusCodes.Status403Forbidden);
        var connected = await db.InTransactionAsync(
            async () =>
            {
                if (!await connect.IsFreeAsync(source.Pk, attempt.Identifier, cancellation))
                    return false;
                connect.Add(caller, source, attempt.Identifier, await db.Set<User>().SingleAsync(u => u.Pk == pk, cancellation));
                await db.SaveChangesAsync(cancellation);
                return true;
            },
            static done => done, cancellation);
        return connected ? Leave(http, Settings, StatusCodes.Status303SeeOther) : await pages.RefuseAsync(http, "Not connected", Connect.Taken, StatusCodes.Status403Forbidden);
    }

    async Task<IResult> OfferAsync(HttpContext http, OAuthSource source, Identity identity, Attempt attempt, int user, CancellationToken cancellation)
    {
        if (await connect.FindAsync(source.Pk, identity.Identifier, cancellation) is { } there)
        {
            return there.UserPk == user
                ? Leave(http, LocalPath.Of(PageQuery.Parse(attempt.Query)["next"]) ?? Settings)
                : await pages.RefuseAsync(http, "Not connected", Connect.Taken, StatusCodes.Status403Forbidden);
        }
        if (http.Caller().Impersonator is not null)
            return await pages.RefuseAsync(http, "Not connected", "While you act as somebody else, nothing is connected with their account.", StatusCodes.Status403Forbidden);
        var token = await attempts.KeepAsync(http, source, attempt with { Identifier = identity.Identifier }, cancellation);
        var account = identity.Email.Length > 0 ? identity.Email : identity.Username.Length > 0 ? identity.Username : identity.Name.Length > 0 ? identity.Name : identity.Identifier;
        return await pages.ConfirmAsync(http, source.Name, account, $"/source/oauth/link/{source.Slug}/", token);
    }

    async Task<IResult> SignInAsync(HttpContext http, OAuthSource source, Identity identity, Attempt attempt, CancellationToken cancellation)
    {
        if (!(await enter.ExecuteAsync(http, source, identity, attempt, cancellation)).Succeeded(out var entered, out var fault))
            return fault is Fault.Forbidden ? await DeniedAsync(http, source, fault.Message, cancellation) : await BrokenAsync(http, source, fault, cancellation);
        return entered.Answer switch
        {
            { RedirectTo: { } to } => Leave(http, to),
            { Component: FlowAnswer.DeniedComponent } answer => await DeniedAsync(http, source, answer.Challenge["error_message"]?.ToString() ?? "", cancellation),
            _ => Leave(http, entered.Page),
        };
    }

    async Task<OAuthSource?> FindAsync(string slug, CancellationToken cancellation) => (await sources.GetAsync(cancellation)).Find(slug) is OAuthSource { Enabled: true } source ? source : null;

    Task<IResult> MissingAsync(HttpContext http) => pages.RefuseAsync(http, "Not found", "There is no such way to sign in.", StatusCodes.Status404NotFound);

    /// <summary>The provider does not do as it should, or is set up wrongly: an administrator is told more than the person.</summary>
    async Task<IResult> BrokenAsync(HttpContext http, OAuthSource source, Fault fault, CancellationToken cancellation)
    {
        await RecordAsync(http, EventAction.ConfigurationError, source, fault.Message, cancellation);
        return await pages.RefuseAsync(http, $"Signing in with {source.Name} failed", fault.Message, StatusCodes.Status502BadGateway);
    }

    async Task<IResult> DeniedAsync(HttpContext http, OAuthSource source, string why, CancellationToken cancellation)
    {
        await RecordAsync(http, EventAction.LoginFailed, source, why, cancellation);
        return await pages.RefuseAsync(http, "Permission denied", why.Length > 0 ? why : "Request has been denied.", StatusCodes.Status403Forbidden);
    }

    Task<IResult> RefusedThereAsync(HttpContext http, OAuthSource source, string error, string description, CancellationToken cancellation) =>
        DeniedAsync(http, source, $"{source.Name} did not sign you in: {(description.Length is > 0 and < 300 ? description : error.Length < 100 ? error : "unknown error")}", cancellation);

    async Task RecordAsync(HttpContext http, EventAction action, OAuthSource source, string message, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await events.SaveAsync(http.Caller(), action, App, new JsonObject { ["message"] = message, ["source"] = ObjectPart.Of(SourceKind.Kind, source) }, actor: null, cancellation);
    }

    static IResult Leave(HttpContext http, string to, int status = StatusCodes.Status302Found)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = to;
        return Results.StatusCode(status);
    }
}
