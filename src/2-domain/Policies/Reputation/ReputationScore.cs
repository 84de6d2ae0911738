using System.Text.Json.Nodes;

namespace Postern.Policies.Reputation;

/// <summary>What sign-ins with one name from one address were worth lately.</summary>
public sealed class ReputationScore
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    /// <summary>The username typed in, whether or not such a user exists.</summary>
    public string Identifier { get; set; } = "";

    /// <summary>Address in its canonical text form.</summary>
    public string Ip { get; set; } = "";

    public JsonObject IpGeoData { get; set; } = [];

    public JsonObject IpAsnData { get; set; } = [];

    public int Score { get; set; }

    public DateTimeOffset Updated { get; set; }

    /// <summary>From here on the score counts no more.</summary>
    public DateTimeOffset Expires { get; set; }
}
