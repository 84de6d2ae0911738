using Postern.Expressions;
using Postern.Kernel.Settings;

namespace Postern.Policies.Expressions;

/// <summary>The bounds of expressions in this installation.</summary>
public sealed record ExpressionLimits
{
    /// <summary>The bounds that the settings give.</summary>
    public static ExpressionLimits Of(ExpressionSettings settings) => new()
    {
        Budget = ScriptBudget.Default with
        {
            Steps = settings.MaxSteps,
            WallTime = TimeSpan.FromMilliseconds(settings.MaxMilliseconds),
            AllocatedBytes = settings.MaxMemoryMegabytes * 1024L * 1024,
        },
        AllowedHosts = settings.AllowedHosts,
        AllowPrivateAddresses = settings.AllowPrivateAddresses,
    };

    public ScriptBudget Budget { get; init; } = ScriptBudget.Default;

    /// <summary>Hosts that <c>requests</c> may reach: names, <c>*.example.org</c>, or <c>*</c> for any.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Private, loopback and link-local addresses may be reached as well.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Time to connect.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time of a whole request.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests in one evaluation.</summary>
    public int MostRequests { get; init; } = 10;

    /// <summary>Size of one answer.</summary>
    public int MostResponseBytes { get; init; } = 1024 * 1024;
}
