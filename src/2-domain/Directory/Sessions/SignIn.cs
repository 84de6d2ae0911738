using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Places;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>
/// Signs a user in to the browser's session, which gets another key; the rest of the request runs as the user. Writes the session, the user's last login and the event <c>login</c>
/// in one transaction: where it is the caller's, session and event are stored by the caller's save. Faults: invalid for an inactive user.
/// </summary>
public sealed class SignIn(PosternDb db, BrowserSession browser, RecordEvent events, PlaceLookup places, PosternSettings settings, TimeProvider clock)
{
    public async Task<Result<Session>> ExecuteAsync(HttpContext http, User user, SignInDetails details, CancellationToken cancellation)
    {
        if (!user.IsActive || string.Equals(user.Username, User.AnonymousUsername, StringComparison.Ordinal))
            return Fault.Input("User account is disabled.");
        var now = clock.GetUtcNow();
        var session = await browser.RequireAsync(http, cancellation);
        (session.UserPk, session.ImpersonatorPk, session.AuthenticatedAt, session.LastUsed) = (user.Pk, null, now, now);
        (session.AuthMethod, session.AuthMethodArgs) = (details.AuthMethod, (JsonObject)details.AuthMethodArgs.DeepClone());
        session.Persistent = details.Duration > TimeSpan.Zero;
        session.Lifetime = session.Persistent ? details.Duration : settings.UnauthenticatedSessionAge;
        session.Ends = details.Longest > TimeSpan.Zero ? now + details.Longest : null;
        session.Expires = session.Ends is { } ends && ends < now + session.Lifetime ? ends : now + session.Lifetime;
        (session.NetworkBinding, session.PlaceBinding) = (details.NetworkBinding, details.PlaceBinding);
        BrowserSession.Describe(session, http);
        browser.Rekey(http, session);
        AddEvent(http, user, session, details);
        var isOwn = db.Database.CurrentTransaction is null;
        http.SetCaller(await db.InTransactionAsync(() => WriteAsync(http, user, session, details, isOwn, cancellation), static _ => true, cancellation));
        return session;
    }

    async Task<Caller> WriteAsync(HttpContext http, User user, Session session, SignInDetails details, bool isOwn, CancellationToken cancellation)
    {
        var now = session.LastUsed;
        var caller = await FindCaller.SignedInAsync(db, user.Pk, now, http, cancellation);
        // It is written, and no change of the account: neither last_updated nor the audit log knows of it.
        user.LastLogin = now;
        db.Entry(user).Property(u => u.LastLogin).IsModified = false;
        if (details.EndOtherSessions)
            await db.Set<Session>().Where(s => s.UserPk == user.Pk && s.Uuid != session.Uuid).ExecuteDeleteAsync(cancellation);
        else if (details.MostSessions > 0)
            await EndSurplusAsync(user, session, details.MostSessions, cancellation);
        if (isOwn)
            await db.SaveChangesAsync(cancellation);
        return caller;
    }

    void AddEvent(HttpContext http, User user, Session session, SignInDetails details)
    {
        var context = new JsonObject { ["auth_method"] = details.AuthMethod, ["auth_method_args"] = details.AuthMethodArgs.DeepClone() };
        if (places.PlaceOf(session.LastIp) is { } place)
            context["geo"] = place;
        if (places.NetworkOf(session.LastIp) is { } network)
            context["asn"] = network;
        foreach (var (key, value) in details.EventContext)
            context[key] = value?.DeepClone();
        events.Add(http.Caller(), EventAction.Login, "authentik_core", context, EventActor.Of(user.Pk, user.Username, user.Email));
    }

    /// <summary>The row of the user, written just before, is locked: of two sign-ins at once the second counts the first.</summary>
    async Task EndSurplusAsync(User user, Session session, int most, CancellationToken cancellation)
    {
        var surplus = db.Set<Session>().Where(s => s.UserPk == user.Pk && s.Uuid != session.Uuid && s.Expires > session.LastUsed)
            .OrderByDescending(s => s.LastUsed).ThenBy(s => s.Uuid).Skip(most - 1).Select(s => s.Uuid);
        await db.Set<Session>().Where(s => surplus.Contains(s.Uuid)).ExecuteDeleteAsync(cancellation);
    }
}

/// <summary>How a user signed in and for how long.</summary>
/// <param name="AuthMethod">Wire name of the method: <c>password</c>, <c>auth_webauthn_pwl</c>, <c>token</c>, ...</param>
/// <param name="AuthMethodArgs">With what: known device, MFA devices, the token.</param>
public sealed record SignInDetails(string AuthMethod, JsonObject AuthMethodArgs)
{
    /// <summary>How long the session lives unused; zero ends it with the browser.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long it lives at most, however much it is used; zero for no such end.</summary>
    public TimeSpan Longest { get; init; }

    public NetworkBinding NetworkBinding { get; init; }

    public GeoIpBinding PlaceBinding { get; init; }

    /// <summary>Signs the user's other browsers out.</summary>
    public bool EndOtherSessions { get; init; }

    /// <summary>How many sessions the user may have; those unused the longest end. Zero for any number.</summary>
    public int MostSessions { get; init; }

    /// <summary>Further context of the login event.</summary>
    public JsonObject EventContext { get; init; } = [];
}
