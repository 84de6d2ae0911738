using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Invitations.Ledger;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;

namespace Postern.Invitations;

/// <summary>The declaration of invitations. What the reference has comes first and means the same.</summary>
public static class InvitationKind
{
    const string Group = "authentik_core.group";
    const string Sending = "Sending";
    const string Gives = "What the account gets";
    const string Admits = "Who may use it";
    const string Follows = "After enrolment";

    static readonly string[] Partial = ["pk", "username", "name", "is_active", "last_login", "email", "attributes", "uid"];

    public static readonly ModelKind<Invitation> Kind = ModelKind<Invitation>.Declare("authentik_stages_invitation.invitation", static (k, kind) =>
    {
        k.Labels("Invitation", "Invitations").Path("stages/invitation/invitations").PathParameter("invite_uuid").Table("invitation");
        k.Key(i => i.Pk).Aliases("invite_uuid");
        k.Slug("name", i => i.Name).Required().Help("For you: letters, digits, - and _, such as jane-doe-2026-11.");
        k.NullableTimestamp("expires", i => i.Expires).Help("Empty: after the usual time of the system settings.");
        k.Json("fixed_data", i => i.FixedData).Label("Custom attributes").Help("Optional fixed data to enforce on user enrollment.");
        k.Expand("created_by", i => i.CreatedByPk, "authentik_core.user", Partial);
        k.Boolean("single_use", i => i.SingleUse).Help("The first finished enrolment uses it up.");
        k.Reference("flow", i => i.FlowPk, "authentik_flows.flow").Help("When set, only the configured flow can use this invitation.");
        k.Expand("flow_obj", i => i.FlowPk, "authentik_flows.flow");
        k.Extra("created_by");
        Own(k);
        k.Filters("name", "expires", "recipient");
        k.Filter("created_by__username", static (query, db, values, _) => query.Where(i => db.Set<User>().Any(u => u.Pk == i.CreatedByPk && values.Contains(u.Username))));
        k.Filter("flow__slug", static (query, db, values, _) => query.Where(i => db.Set<Flow>().Any(f => f.Pk == i.FlowPk && values.Contains(f.Slug))));
        k.Filter("batch", static (query, _, values, errors) => Guid.TryParse(values[^1], out var batch) ? query.Where(i => i.BatchPk == batch) : Wrong(query, errors, "batch", "Enter a valid UUID."));
        k.Filter("expiring", static (query, _, values, _) => values[^1] is "true" ? query.Where(i => i.Expiring) : query.Where(i => !i.Expiring));
        k.Filter("status", static (query, db, values, errors, _) => ValueTask.FromResult(InState(query, db.Now, values, errors)));
        k.Usually("status", "open");
        k.SearchWith(static (query, db, text) =>
        {
            var pattern = $"%{PlainSearch.Escape(text.Trim())}%";
            return query.Where(i => EF.Functions.ILike(i.Name, pattern) || EF.Functions.ILike(i.Recipient, pattern)
                || db.Set<User>().Any(u => u.Pk == i.CreatedByPk && EF.Functions.ILike(u.Username, pattern))
                || db.Set<Flow>().Any(f => f.Pk == i.FlowPk && EF.Functions.ILike(f.Slug, pattern)));
        });
        k.Identifiers("name");
        k.Order("-expires", "name", "single_use", "created_on", "uses", "recipient");
        k.Validate(InvitationRules.CheckAsync);
        k.AfterSave(InvitationRules.FollowAsync);
    });

    /// <summary>What the reference does not have.</summary>
    static void Own(KindBuilder<Invitation> k)
    {
        k.Computed("status", static (_, context) =>
        {
            var now = context.Get<TimeProvider>().GetUtcNow();
            return ValueTask.FromResult<Func<Invitation, object?>>(i => InvitationStatus.Of(i, now));
        });
        k.Integer("uses", i => i.Uses).ReadOnly();
        k.Email("recipient", i => i.Recipient).Section(Sending).Label("E-mail address").Help("To whom it is mailed, if it is.");
        k.NullableTimestamp("send_at", i => i.SendAt).Section(Sending).Label("Mail it at").Help("A moment in the past mails it at once; empty mails nothing.");
        k.LongText("message", i => i.Message).MaxLength(2000).Section(Sending).Help("A word from you, in the mail and on the page.");
        k.Text("template", i => i.Template).MaxLength(100).Section(Sending).Help("Template of the mail; empty: email/invitation.html.");
        k.Boolean("reminders", i => i.Reminders).Section(Sending).Label("Remind who does nothing").Help("By mail, after three days and a day before it expires.");
        k.Boolean("draft", i => i.Draft).Section(Sending).Help("Its link opens nothing yet.");
        k.NullableInteger("max_uses", i => i.MaxUses, minimum: 1, maximum: 1_000_000).Section(Admits).Help("Empty: any number, unless it is for a single use.");
        k.Boolean("expiring", i => i.Expiring).Section(Admits).Help("Off: it never expires. Links that nobody remembers are a risk.");
        k.TextList("allowed_domains", i => i.AllowedDomains).Section(Admits).Label("Allowed e-mail domains").Help("Empty: any.");
        k.Boolean("bind_email", i => i.BindEmail).Section(Admits).Label("Only for that e-mail address").Help("The account must have the address the invitation names.");
        k.Boolean("accept_existing", i => i.AcceptExisting).Section(Admits).Label("People with an account may accept it").Help("They sign in and get what it gives.");
        k.Boolean("suspend_with_inviter", i => i.SuspendWithInviter).Section(Admits).Label("Suspend while its creator is deactivated");
        k.Reference("approver", i => i.ApproverPk, "authentik_core.user").Section(Admits).Help("Lets the new account in before it can be used.");
        k.Reference("approver_group", i => i.ApproverGroupPk, Group).Section(Admits).Label("Approver group").Help("Or any member of this group.");
        k.References("groups", i => i.Groups, Group).Section(Gives);
        k.ExpandMany("groups_obj", i => i.Groups, Group, "pk", "name");
        k.References("roles", i => i.Roles, "authentik_rbac.role").Section(Gives);
        k.ExpandMany("roles_obj", i => i.Roles, "authentik_rbac.role", "pk", "name");
        k.Text("user_path", i => i.UserPath).Section(Gives).Label("Folder").Rule(static text => text.Length == 0 ? null : UserPath.Refusal(text)).Help("Empty: what the flow says.");
        k.NullableChoice("user_type", i => i.UserType).Section(Gives).Label("Type");
        k.Json("user_attributes", i => i.UserAttributes).Section(Gives).Label("Attributes").Help("On the account whatever is entered.");
        k.NullableTimestamp("account_ends", i => i.AccountEnds).Section(Gives).Label("Account ends").Help("The account is deactivated then.");
        k.Text("locale", i => i.Locale).MaxLength(20).Section(Gives).Label("Language");
        k.Reference("landing_application", i => i.LandingApplicationPk, "authentik_core.application").Section(Follows).Label("Lands in").Help("Empty: their applications.");
        k.Boolean("welcome_mail", i => i.WelcomeMail).Section(Follows).Label("Send a welcome mail");
        k.Boolean("notify_inviter", i => i.NotifyInviter).Section(Follows).Label("Tell me by mail when it is accepted");
        k.Timestamp("created_on", i => i.CreatedOn).ReadOnly();
        k.NullableTimestamp("queued_on", i => i.QueuedOn).ReadOnly();
        k.NullableTimestamp("sent_on", i => i.SentOn).ReadOnly();
        k.NullableTimestamp("failed_on", i => i.FailedOn).ReadOnly();
        k.Text("mail_error", i => i.MailError).ReadOnly();
        k.NullableTimestamp("opened_on", i => i.OpenedOn).ReadOnly();
        k.NullableTimestamp("started_on", i => i.StartedOn).ReadOnly();
        k.NullableTimestamp("accepted_on", i => i.AcceptedOn).ReadOnly();
        k.NullableTimestamp("revoked_on", i => i.RevokedOn).ReadOnly();
        k.Computed("superseded_by", i => i.SupersededBy);
        k.Computed("batch", i => i.BatchPk);
    }

    static IQueryable<Invitation> InState(IQueryable<Invitation> query, DateTimeOffset now, IReadOnlyList<string> values, FieldErrors errors)
    {
        if (values.Contains("all", StringComparer.Ordinal))
            return query;
        if (values[^1] is "open")
            return query.Where(InvitationStatus.IsOpen);
        var unknown = values.FirstOrDefault(v => !InvitationStatus.All.Contains(v, StringComparer.Ordinal));
        return unknown is null ? query.Where(InvitationStatus.Is(values, now)) : Wrong(query, errors, "status", $"Select a valid choice. {unknown} is not one of the available choices.");
    }

    static IQueryable<Invitation> Wrong(IQueryable<Invitation> query, FieldErrors errors, string field, string message)
    {
        errors.Add(field, message);
        return query;
    }
}
