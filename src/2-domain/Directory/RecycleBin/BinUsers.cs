using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Rights;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.RecycleBin;

/// <summary>
/// Users on their way out: put into the recycle bin they are signed out, inactive and in no list, and come back with their groups, roles, tokens and
/// devices when restored; purged they are deleted like by the API. All of it needs <c>delete_user</c> on the user, who may not hold more rights than
/// the caller. Faults: unauthenticated, forbidden, not found, invalid.
/// </summary>
public sealed class BinUsers(PosternDb db, ObjectQuery objects, IAccess access, RightsCeiling ceiling, EndSessions sessions, DeleteObject delete, IAuditTrail audit, TimeProvider clock)
{
    public async Task<Result<Unit>> PutAsync(Caller caller, string lookup, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(UserKind.Kind, caller, lookup, tracked: true, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var user = (User)found;
        if (await RefuseAsync(caller, user, cancellation) is { } refusal)
            return refusal;
        if (caller.UserPk == user.Pk)
            return Fault.Input("This is your own account.");
        if (user.Type is UserType.InternalServiceAccount)
            return Fault.Input("Can't modify internal service account users");
        return await ChangeAsync(caller, user, binned: true, cancellation);
    }

    public async Task<Result<Unit>> RestoreAsync(Caller caller, int pk, CancellationToken cancellation)
    {
        if (!(await FindAsync(caller, pk, cancellation)).Succeeded(out var user, out var fault))
            return fault;
        return await ChangeAsync(caller, user, binned: false, cancellation);
    }

    public async Task<Result<Unit>> PurgeAsync(Caller caller, int pk, CancellationToken cancellation)
    {
        if (!(await FindAsync(caller, pk, cancellation)).Succeeded(out var user, out var fault))
            return fault;
        return await delete.ExecuteAsync(UserKind.Kind, caller, user, cancellation);
    }

    /// <summary>A page of the users in the bin that the caller may view, the newest first. Faults: unauthenticated, forbidden, not found for a page that is not there.</summary>
    public async Task<Result<ObjectPage>> ListAsync(Caller caller, ListRequest request, CancellationToken cancellation)
    {
        if (caller.Kind is CallerKind.Anonymous)
            return new Fault.Unauthenticated();
        var scope = await access.ScopeAsync(caller, UserKind.Kind.View, cancellation);
        if (scope.IsEmpty)
            return new Fault.Forbidden();
        var users = db.Set<User>().AsNoTracking().Where(u => u.BinnedOn != null);
        if (!scope.All)
        {
            var keys = scope.Keys.Select(k => int.Parse(k, CultureInfo.InvariantCulture)).ToList();
            users = users.Where(u => keys.Contains(u.Pk));
        }
        if (request.Search is { Length: > 0 } text)
            users = users.Where(u => EF.Functions.ILike(u.Username, "%" + Escape(text) + "%", "\\") || EF.Functions.ILike(u.Email, "%" + Escape(text) + "%", "\\"));
        var page = new ObjectPage([], await users.CountAsync(cancellation), request.Page, request.PageSize);
        if (request.Page < 1 || request.Page > page.TotalPages)
            return new Fault.NotFound("page") { Message = "Invalid page." };
        return page with { Items = await users.OrderByDescending(u => u.BinnedOn).ThenBy(u => u.Pk).Skip((request.Page - 1) * request.PageSize).Take(request.PageSize).ToListAsync<object>(cancellation) };
    }

    async Task<Result<User>> FindAsync(Caller caller, int pk, CancellationToken cancellation)
    {
        if (caller.Kind is CallerKind.Anonymous)
            return new Fault.Unauthenticated();
        var scope = caller.IsSystem ? AccessScope.Everything : await access.ScopeAsync(caller, UserKind.Kind.View, cancellation);
        var user = await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == pk && u.BinnedOn != null, cancellation);
        if (user is null || !scope.Covers(UserKind.Kind.KeyOf(user)))
            return new Fault.NotFound(UserKind.Kind.Label);
        return await RefuseAsync(caller, user, cancellation) is { } refusal ? refusal : user;
    }

    async ValueTask<Fault?> RefuseAsync(Caller caller, User user, CancellationToken cancellation) =>
        await access.RefuseAsync(caller, UserKind.Kind.Delete, UserKind.Kind.KeyOf(user), cancellation) ?? await ceiling.RefuseAsync(caller, user.Pk, cancellation);

    Task<Result<Unit>> ChangeAsync(Caller caller, User user, bool binned, CancellationToken cancellation) => db.InTransactionAsync<Result<Unit>>(
        async () =>
        {
            var before = user.IsActive;
            user.IsActive = !binned && (user.BinnedActive ?? true);
            user.BinnedActive = binned ? before : null;
            (user.BinnedOn, user.BinnedBy, user.LastUpdated) = (binned ? clock.GetUtcNow() : null, binned ? caller.Username : null, clock.GetUtcNow());
            if (binned)
                await sessions.OfUsersAsync([user.Pk], except: null, cancellation);
            var diff = new JsonObject { ["recycle_bin"] = Change(!binned, binned) };
            if (before != user.IsActive)
                diff["is_active"] = Change(before, user.IsActive);
            audit.Record(db, caller, ObjectChange.Updated, UserKind.Kind, user, diff);
            await db.SaveChangesAsync(cancellation);
            return Unit.Value;
        },
        static r => r.Fault is null,
        cancellation);

    static JsonObject Change(bool before, bool after) => new() { ["previous_value"] = before, ["new_value"] = after };

    static string Escape(string text) => Storage.Kinds.PlainSearch.Escape(text);
}
