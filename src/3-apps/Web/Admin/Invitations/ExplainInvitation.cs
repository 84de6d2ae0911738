using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Brands;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Invitations;
using Postern.Invitations.Ledger;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Pages;
using Postern.Stages.Prompts;
using Postern.Stages.UserWrite;
using Postern.Storage;
using Postern.Storage.Snapshots;
using Outgoing = Postern.Mail.Outbox.Mail;

namespace Postern.Web.Admin.Invitations;

/// <summary>Says in words why an invitation does not do what its creator expects: its own state, its flow, what it fills in, its mails, where people land. Writes nothing.</summary>
sealed class ExplainInvitation(PosternDb db, Snapshot<FlowPicture> flows, Snapshot<BrandPicture> brands, TimeProvider clock)
{
    /// <summary>Keys that go on the account although no prompt asks for them.</summary>
    static readonly string[] AccountKeys = ["username", "name", "email", "password", "attributes", "locale"];

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(Invitation invitation, IReadOnlyList<InvitationEntry> history, string host, CancellationToken cancellation)
    {
        var picture = await flows.GetAsync(cancellation);
        var flow = invitation.FlowPk is { } pk ? picture.Find(pk) : null;
        var found = new List<Finding>();
        if (invitation.WhyNot(flow?.Pk ?? Guid.Empty, clock.GetUtcNow()) is { } why && !(invitation.FlowPk is not null && flow is null))
            found.Add(new(invitation.IsUsedUp ? Tone.Info : Tone.Warning, $"The link opens nothing: {why}"));
        if (flow is null)
            found.Add(new(Tone.Warning, "No flow is chosen. It opens every flow that asks for an invitation, and has no link of its own to pass on or to mail."));
        else
        {
            found.AddRange(OfFlow(flow, picture));
            found.AddRange(await OfDataAsync(invitation, flow, picture, cancellation));
            found.AddRange(await OfLandingAsync(invitation, flow, picture, host, cancellation));
        }
        found.AddRange(await OfMailAsync(invitation, cancellation));
        if (!invitation.Expiring)
            found.Add(new(Tone.Warning, "It never expires. A link that nobody remembers lets in whoever finds it: set an end."));
        found.AddRange(history.Where(e => e.What is "refused").Take(3).Select(e => new Finding(Tone.Info, $"Somebody was turned away: {e.Detail}") { At = e.At }));
        found.AddRange(history.Where(e => e.What is "withheld").Select(e => new Finding(Tone.Warning, e.Detail) { At = e.At }));
        return found;
    }

    static IEnumerable<Finding> OfFlow(Postern.Flows.Flow flow, FlowPicture picture)
    {
        var url = $"/if/admin/flows/flows/{flow.Slug}/";
        var stages = picture.BindingsOf(flow).Select(b => picture.Stage(b.Stage)).ToList();
        var at = stages.FindIndex(s => s is InvitationStage);
        if (at < 0)
            yield return new(Tone.Danger, $"The flow {flow.Slug} has no invitation stage: it does not look at invitations, and what this one fills in goes nowhere. Bind one as its first stage.") { Url = url };
        else if (stages.FindIndex(s => s is PromptStage) is >= 0 and var prompts && prompts < at)
            yield return new(Tone.Warning, $"The stage {stages[prompts]!.Name} asks before the invitation stage comes: what the invitation fills in is too late for it. Give the invitation stage a lower order.") { Url = url };
    }

    async Task<IReadOnlyList<Finding>> OfDataAsync(Invitation invitation, Postern.Flows.Flow flow, FlowPicture picture, CancellationToken cancellation)
    {
        var found = new List<Finding>();
        var keys = picture.BindingsOf(flow).Select(b => picture.Stage(b.Stage)).OfType<PromptStage>().SelectMany(s => s.Fields).ToList();
        var prompts = await db.Set<Prompt>().AsNoTracking().Where(p => keys.Contains(p.Pk)).ToListAsync(cancellation);
        string[] asked = [.. prompts.Select(p => p.FieldKey)];
        foreach (var (key, _) in invitation.FixedData)
        {
            if (!asked.Contains(key, StringComparer.Ordinal) && !AccountKeys.Contains(key, StringComparer.Ordinal) && !key.StartsWith("attributes.", StringComparison.Ordinal) && !key.StartsWith("attributes_", StringComparison.Ordinal))
                found.Add(new(Tone.Warning, $"No prompt of the flow {flow.Slug} has the field key \"{key}\": it fills in nothing. {Nearest(key, asked)}"));
            else if (prompts.Find(p => string.Equals(p.FieldKey, key, StringComparison.Ordinal)) is { PlaceholderExpression: true, Type: PromptType.Dropdown or PromptType.RadioButtonGroup })
                found.Add(new(Tone.Info, $"The choices of \"{key}\" are made by an expression (placeholder_expression): a value that is not among them does not appear."));
        }
        return found;
    }

    static string Nearest(string key, string[] asked)
    {
        var all = asked.Concat(AccountKeys).ToList();
        var near = NearestName.To(key, all);
        return NearestName.Distance(key, near) <= 3 ? $"Did you mean \"{near}\"?" : $"It asks for: {string.Join(", ", asked)}.";
    }

    async Task<IReadOnlyList<Finding>> OfLandingAsync(Invitation invitation, Postern.Flows.Flow flow, FlowPicture picture, string host, CancellationToken cancellation)
    {
        var write = picture.BindingsOf(flow).Select(b => picture.Stage(b.Stage)).OfType<UserWriteStage>().FirstOrDefault();
        var isExternal = (invitation.UserType ?? write?.UserType) is UserType.External;
        if (!isExternal || invitation.LandingApplicationPk is not null || (await brands.GetAsync(cancellation)).For(host).DefaultApplication is not null)
            return [];
        return
        [
            new(Tone.Warning, "It makes external accounts, and the brand has no default application: after enrolment people read \"Interface can only be accessed by internal users\". Choose where they land here, or a default application in the brand.")
            {
                Url = "/if/admin/system/brands/",
            },
        ];
    }

    async Task<IReadOnlyList<Finding>> OfMailAsync(Invitation invitation, CancellationToken cancellation)
    {
        // Policies mail by themselves (ak_send_email); what became of that stands in the outbox alone.
        var own = invitation is { QueuedOn: null, SendAt: null } && invitation.Address is { Length: > 0 } address
            ? await db.Set<Outgoing>().AsNoTracking().Where(m => m.Recipients.Contains(address) && m.CreatedAt >= invitation.CreatedOn).OrderByDescending(m => m.CreatedAt).FirstOrDefaultAsync(cancellation)
            : null;
        return own is null
            ? [.. OfMail(invitation)]
            : [own.LastError.Length > 0 ? new(Tone.Danger, $"A mail to {invitation.Address} could not be sent: {own.LastError}") : new(Tone.Info, $"A policy mailed {invitation.Address}: {own.State}.") { At = own.SentAt ?? own.CreatedAt }];
    }

    static IEnumerable<Finding> OfMail(Invitation invitation)
    {
        if (invitation.MailError.Length > 0)
            yield return new(Tone.Danger, $"The mail could not be sent: {invitation.MailError}");
        if (invitation.FixedData["email"] is JsonValue value && (!value.TryGetValue<string>(out var email) || !EmailAddress.IsValid(email)))
            yield return new(Tone.Danger, $"\"{value}\" under the custom attributes is no e-mail address: nothing can be mailed to it.");
        else if (invitation is { IsClosed: false, QueuedOn: null, SendAt: null, MailError.Length: 0 })
            yield return new(Tone.Info, invitation.Address.Length > 0
                ? $"Nothing was mailed to {invitation.Address}. Use Send, set a moment to mail it at, or switch the notification rule invitation-email-sender on."
                : "It names no e-mail address, so nothing is mailed: pass the link on yourself.");
        else if (invitation is { IsClosed: false, QueuedOn: null, SendAt: not null, MailError.Length: 0 })
            yield return new(Tone.Info, "It waits to be mailed: for its moment, or for room under the limits of the hour.");
    }
}

/// <summary>One thing to know about an invitation.</summary>
public sealed record Finding(Tone Tone, string Text)
{
    /// <summary>Where to mend it.</summary>
    public string? Url { get; init; }

    public DateTimeOffset? At { get; init; }
}
