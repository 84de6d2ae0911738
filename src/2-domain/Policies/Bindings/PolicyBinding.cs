namespace Postern.Policies.Bindings;

/// <summary>Ties a policy, a group or a user to something that only some may use.</summary>
public sealed class PolicyBinding
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    /// <summary>Key of the bound object: a flow, a stage binding, an application, ...</summary>
    public Guid Target { get; set; }

    public Guid? PolicyPk { get; set; }

    public Guid? GroupPk { get; set; }

    public int? UserPk { get; set; }

    /// <summary>Turns the verdict round; messages stay.</summary>
    public bool Negate { get; set; }

    public bool Enabled { get; set; } = true;

    public int Order { get; set; }

    /// <summary>Seconds after which the policy is stopped; 0 for no limit besides the policy's own.</summary>
    public int Timeout { get; set; } = 30;

    /// <summary>The verdict when the policy fails to give one.</summary>
    public bool FailureResult { get; set; }
}
