using System.Security.Cryptography;
using Postern.Brands.Settings;
using Postern.Directory.Rights;
using Postern.Directory.Users;
using Postern.Invitations.Ledger;
using Postern.Invitations.Mailing;
using Postern.Jobs;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Invitations;

/// <summary>Rules of invitations whichever door saves them.</summary>
static class InvitationRules
{
    /// <summary>Letters and digits that are not taken for each other (Crockford's base 32): 50 bits in ten.</summary>
    public const string CodeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static async ValueTask CheckAsync(Invitation invitation, SaveContext context)
    {
        var now = context.Get<TimeProvider>().GetUtcNow();
        if (context.IsNew)
        {
            invitation.CreatedByPk = await CreatorAsync(context);
            (invitation.CreatedOn, invitation.Code) = (now, RandomNumberGenerator.GetString(CodeLetters, 10));
        }
        invitation.Expires = invitation.Expiring ? invitation.Expires ?? now + await UsualAsync(context) : null;
        CheckFields(invitation, context);
        await CheckGiftsAsync(invitation, context);
    }

    /// <summary>The first line of its history, and a turn of the mailer where it is to be mailed.</summary>
    public static ValueTask FollowAsync(Invitation invitation, SaveContext context)
    {
        if (context.IsNew)
            context.Get<WriteLedger>().Add(invitation.Pk, "created", context.Caller);
        if (invitation is { SendAt: { } at, QueuedOn: null, Draft: false, BatchPk: null })
            context.Get<JobQueue>().Add(MailDue.JobKind, [], at);
        return ValueTask.CompletedTask;
    }

    static void CheckFields(Invitation invitation, SaveContext context)
    {
        if (invitation is { SingleUse: true, MaxUses: > 1 })
            context.Errors.Add("max_uses", "An invitation for a single use has no other number of uses.");
        if (invitation is { AcceptExisting: true, NeedsApproval: true })
            context.Errors.Add("accept_existing", "Approval lets new accounts in; people with an account would get what it gives without.");
        if (invitation.UserType is UserType.ServiceAccount or UserType.InternalServiceAccount)
            context.Errors.Add("user_type", "People are invited: internal or external.");
        if (invitation.SendAt is not null && invitation.Recipient.Length == 0)
            context.Errors.Add("recipient", "Whom shall it be mailed to?");
        if (invitation.SendAt is not null && invitation.FlowPk is null)
            context.Errors.Add("flow", "Choose a flow: without one there is no link to mail.");
        if (invitation.BindEmail && invitation.Address.Length == 0)
            context.Errors.Add("bind_email", "Name the e-mail address it is for.");
        if (invitation is { AccountEnds: { } end } && end <= context.Get<TimeProvider>().GetUtcNow() && context.Given.Contains("account_ends"))
            context.Errors.Add("account_ends", "That is in the past.");
        foreach (var domain in invitation.AllowedDomains.Where(d => !EmailAddress.IsValid($"a@{d}")))
            context.Errors.Add("allowed_domains", $"{domain} is not a domain.");
    }

    /// <summary>Nobody gives by invitation what they may not give by hand.</summary>
    static async ValueTask CheckGiftsAsync(Invitation invitation, SaveContext context)
    {
        if (context.Caller.IsSystem)
            return;
        var rules = context.Get<MembershipRules>();
        if (context.Given.Contains("groups"))
            Add(context, "groups", await rules.JoinAsync(context.Caller, invitation.Groups, context.Cancellation));
        if (context.Given.Contains("roles"))
            Add(context, "roles", await rules.AssignAsync(context.Caller, invitation.Roles, context.Cancellation));
    }

    static async ValueTask<TimeSpan> UsualAsync(SaveContext context) =>
        Duration.Parse((await context.Get<Snapshot<SystemSettings>>().GetAsync(context.Cancellation)).DefaultTokenDuration);

    static async Task<int> CreatorAsync(SaveContext context)
    {
        if (context.FromBlueprint && context.Extras.GetValueOrDefault("created_by") is System.Text.Json.Nodes.JsonValue given && given.TryGetValue<int>(out var pk))
            return pk;
        return context is { FromBlueprint: false, Caller.UserPk: { } caller }
            ? caller
            : await context.Db.ScalarAsync<int>("SELECT pk FROM \"user\" WHERE username = $1", context.Cancellation, User.AnonymousUsername);
    }

    static void Add(SaveContext context, string field, IEnumerable<string> refusals)
    {
        foreach (var refusal in refusals)
            context.Errors.Add(field, refusal);
    }
}
