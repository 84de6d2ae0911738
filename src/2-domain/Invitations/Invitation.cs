using System.Text.Json.Nodes;
using Postern.Directory.Users;

namespace Postern.Invitations;

/// <summary>A link that lets somebody enrol: what is known of them already, what they get, and what became of it. It is kept after its use.</summary>
public sealed class Invitation
{
    /// <summary>Also the token in the link.</summary>
    public Guid Pk { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    public DateTimeOffset CreatedOn { get; set; }

    public DateTimeOffset? Expires { get; set; }

    /// <summary>Off for the ones that never expire.</summary>
    public bool Expiring { get; set; } = true;

    /// <summary>What pre-fills the enrolment's prompts and goes on the account.</summary>
    public JsonObject FixedData { get; set; } = [];

    /// <summary>Who made it; goes with them.</summary>
    public int CreatedByPk { get; set; }

    public bool SingleUse { get; set; }

    /// <summary>How many may use it, unless it is for a single use; null for any number.</summary>
    public int? MaxUses { get; set; }

    /// <summary>How many did.</summary>
    public int Uses { get; set; }

    /// <summary>The only flow it opens; null opens any that asks for an invitation.</summary>
    public Guid? FlowPk { get; set; }

    /// <summary>Written, but its link opens nothing yet.</summary>
    public bool Draft { get; set; }

    /// <summary>What somebody can type instead of following the link.</summary>
    public string? Code { get; set; }

    /// <summary>To whom it is mailed; empty for those that are passed on by hand.</summary>
    public string Recipient { get; set; } = "";

    /// <summary>When it is mailed to its recipient; null for not by itself.</summary>
    public DateTimeOffset? SendAt { get; set; }

    /// <summary>Whether a recipient who does nothing is reminded.</summary>
    public bool Reminders { get; set; } = true;

    /// <summary>Which reminders were queued: 1 after three days, 2 the last day.</summary>
    public int Reminded { get; set; }

    /// <summary>Template of its mails; empty for the standard one.</summary>
    public string Template { get; set; } = "";

    /// <summary>A word from the inviter, for mail and page.</summary>
    public string Message { get; set; } = "";

    /// <summary>Language of the new account; empty leaves it to the browser.</summary>
    public string Locale { get; set; } = "";

    public DateTimeOffset? QueuedOn { get; set; }

    public DateTimeOffset? SentOn { get; set; }

    public DateTimeOffset? FailedOn { get; set; }

    /// <summary>What the mail server said last.</summary>
    public string MailError { get; set; } = "";

    public DateTimeOffset? OpenedOn { get; set; }

    public DateTimeOffset? StartedOn { get; set; }

    public DateTimeOffset? AcceptedOn { get; set; }

    public DateTimeOffset? RevokedOn { get; set; }

    /// <summary>The one with the link that replaced this one's.</summary>
    public Guid? SupersededBy { get; set; }

    /// <summary>Groups, roles, folder, type, attributes and end of the accounts it makes, besides what the flow says.</summary>
    public List<Guid> Groups { get; set; } = [];

    public List<Guid> Roles { get; set; } = [];

    public string UserPath { get; set; } = "";

    public UserType? UserType { get; set; }

    public JsonObject UserAttributes { get; set; } = [];

    public DateTimeOffset? AccountEnds { get; set; }

    /// <summary>Domains one of which the e-mail address must have; empty for any.</summary>
    public List<string> AllowedDomains { get; set; } = [];

    /// <summary>Only for the address it was sent to.</summary>
    public bool BindEmail { get; set; }

    /// <summary>People with an account may accept it: they get what it gives.</summary>
    public bool AcceptExisting { get; set; }

    /// <summary>Opens nothing while its creator is deactivated.</summary>
    public bool SuspendWithInviter { get; set; }

    /// <summary>Who lets the new account in; with neither nobody has to.</summary>
    public int? ApproverPk { get; set; }

    public Guid? ApproverGroupPk { get; set; }

    /// <summary>Where people land after enrolment; null for their applications.</summary>
    public Guid? LandingApplicationPk { get; set; }

    public bool WelcomeMail { get; set; }

    public bool NotifyInviter { get; set; }

    /// <summary>The bulk job that made it.</summary>
    public Guid? BatchPk { get; set; }

    /// <summary>The address it is for: its recipient's, else the one it fills in; empty for none.</summary>
    public string Address => Recipient.Length > 0 ? Recipient : FixedData["email"] is JsonValue value && value.TryGetValue<string>(out var email) ? email : "";

    public bool NeedsApproval => ApproverPk is not null || ApproverGroupPk is not null;

    /// <summary>Most uses; null for any number.</summary>
    public int? Limit => SingleUse ? 1 : MaxUses;

    public bool IsUsedUp => Limit is { } most && Uses >= most;

    /// <summary>Nothing opens it any more, whatever the time.</summary>
    public bool IsClosed => IsUsedUp || RevokedOn is not null || SupersededBy is not null;

    public bool IsExpired(DateTimeOffset now) => Expires is { } end && end <= now;

    /// <summary>Whether the link opens this flow now.</summary>
    public bool Opens(Guid flow, DateTimeOffset now) => WhyNot(flow, now) is null;

    /// <summary>Why the link does not open a flow now, in words for administrators; null when it does.</summary>
    public string? WhyNot(Guid flow, DateTimeOffset now) =>
        SupersededBy is not null ? "It was sent again with a new link; this one no longer works."
        : RevokedOn is not null ? "It was revoked."
        : IsUsedUp ? SingleUse ? "It is for a single use and has been used." : $"It may be used {MaxUses} times and has been."
        : IsExpired(now) ? "It has expired."
        : Draft ? "It is a draft."
        : FlowPk is { } own && own != flow ? "It was used with another flow than its own."
        : null;
}
