using System.Text.Json.Nodes;
using Postern.Directory.Passwords;
using Postern.Directory.Rights;
using Postern.Directory.Sessions;
using Postern.Jobs;
using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Storage.Kinds;

namespace Postern.Directory.Users;

/// <summary>Rules of users whichever door saves them.</summary>
static class UserRules
{
    public static async ValueTask CheckAsync(User user, SaveContext context)
    {
        Stamp(user, context);
        if (context.Caller.IsSystem)
            return;
        CheckType(user, context);
        if (!context.IsNew)
            context.Refusal = await context.Get<RightsCeiling>().RefuseAsync(context.Caller, user.Pk, context.Cancellation);
        await CheckLinksAsync(user, context);
    }

    /// <summary>Signs out whom the save left inactive; takes the password a blueprint gives, unless it fits already.</summary>
    public static async ValueTask FollowAsync(User user, SaveContext context)
    {
        if (!user.IsActive && !context.IsNew)
            await context.Get<EndSessions>().OfUsersAsync([user.Pk], except: null, context.Cancellation);
        if (context.Extras.GetValueOrDefault("password") is not JsonValue given || !given.TryGetValue<string>(out var password) || password.Length == 0)
            return;
        var fits = await context.Get<CheckPassword>().ExecuteAsync(user, password, context.Cancellation);
        if (fits.Fault is null && !fits.Value)
            fits = (await context.Get<SetPassword>().ExecuteAsync(context.Caller, user, password, keep: null, context.Cancellation)).Then(_ => true);
        if (fits.Fault is { } fault)
            context.Errors.Add("password", fault.Message);
    }

    /// <summary>With a user go the events they caused, where the system settings say so.</summary>
    public static async ValueTask BeforeDeleteAsync(User user, SaveContext context)
    {
        context.Refusal = await context.Get<RightsCeiling>().RefuseAsync(context.Caller, user.Pk, context.Cancellation);
        if (context.Refusal is null && await context.Get<IDirectorySettings>().ForgetEventsAsync(context.Cancellation))
            context.Get<JobQueue>().Add(ForgetEvents.JobKind, new JsonObject { ["user"] = user.Pk });
    }

    static void Stamp(User user, SaveContext context)
    {
        var now = context.Get<TimeProvider>().GetUtcNow();
        user.LastUpdated = now;
        if (!context.IsNew)
            return;
        (user.DateJoined, user.PasswordChangeDate) = (now, now);
        if (!PasswordHash.IsUsable(user.Password))
            user.Password = PasswordHash.Unusable();
    }

    static void CheckType(User user, SaveContext context)
    {
        var before = context.IsNew ? user.Type : context.Db.Entry(user).Property(u => u.Type).OriginalValue;
        if (!context.IsNew && before is UserType.InternalServiceAccount)
        {
            if (user.Type != before)
                context.Errors.Add("type", "Can't change internal service account to other user type.");
            else
                context.Errors.Add(FieldErrors.NonField, "Can't modify internal service account users");
        }
        else if (user.Type is UserType.InternalServiceAccount)
            context.Errors.Add("type", "Setting a user to internal service account is not allowed.");
    }

    static async ValueTask CheckLinksAsync(User user, SaveContext context)
    {
        var rules = context.Get<MembershipRules>();
        if (context.Given.Contains("groups"))
        {
            var groups = await LinkChange<Guid>.OfAsync(UserKind.GroupLinks, user.Pk, user.Groups, context);
            Add(context, "groups", await rules.JoinAsync(context.Caller, groups.Added, context.Cancellation));
            Add(context, "groups", await rules.LeaveAsync(context.Caller, groups.Removed, context.Cancellation));
        }
        if (context.Given.Contains("roles"))
        {
            var roles = await LinkChange<Guid>.OfAsync(UserKind.RoleLinks, user.Pk, user.Roles, context);
            Add(context, "roles", await rules.AssignAsync(context.Caller, roles.Added, context.Cancellation));
        }
    }

    static void Add(SaveContext context, string field, IEnumerable<string> refusals)
    {
        foreach (var refusal in refusals)
            context.Errors.Add(field, refusal);
    }
}
