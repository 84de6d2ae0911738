using System.Text.Json.Nodes;

namespace Postern.Invitations;

/// <summary>A link that lets somebody enrol, with what is known of them already.</summary>
public sealed class Invitation
{
    /// <summary>Also the token in the link.</summary>
    public Guid Pk { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    public DateTimeOffset? Expires { get; set; }

    /// <summary>What pre-fills the enrolment's prompts and goes on the account.</summary>
    public JsonObject FixedData { get; set; } = [];

    /// <summary>Who made it; goes with them.</summary>
    public int CreatedByPk { get; set; }

    public bool SingleUse { get; set; }

    /// <summary>The only flow it opens; null opens any that asks for an invitation.</summary>
    public Guid? FlowPk { get; set; }

    public bool IsExpired(DateTimeOffset now) => Expires is { } end && end <= now;

    /// <summary>Whether the link opens this flow now.</summary>
    public bool Opens(Guid flow, DateTimeOffset now) => !IsExpired(now) && (FlowPk is null || FlowPk == flow);
}
