namespace Postern.Policies.Reputation;

/// <summary>Passes those whose reputation fell to a threshold, so that they can be asked for more.</summary>
public sealed class ReputationPolicy : Policy
{
    public bool CheckIp { get; set; } = true;

    public bool CheckUsername { get; set; } = true;

    public int Threshold { get; set; } = -5;
}
