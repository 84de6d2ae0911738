namespace Postern.Kernel.Settings;

/// <summary>Bounds of expressions.</summary>
/// <param name="AllowedHosts"><c>EXPRESSIONS__ALLOWED_HOSTS</c>: hosts that <c>requests</c> may reach, <c>*.example.org</c> for a domain, <c>*</c> for any; none by default.</param>
/// <param name="AllowPrivateAddresses"><c>EXPRESSIONS__ALLOW_PRIVATE_ADDRESSES</c>: also those in private networks.</param>
/// <param name="MaxSteps"><c>EXPRESSIONS__MAX_STEPS</c>: steps of one evaluation.</param>
/// <param name="MaxMilliseconds"><c>EXPRESSIONS__MAX_MILLISECONDS</c>: time of one evaluation, without waiting for queries and requests.</param>
/// <param name="MaxMemoryMegabytes"><c>EXPRESSIONS__MAX_MEMORY_MB</c>: memory one evaluation may allocate.</param>
public sealed record ExpressionSettings(
    IReadOnlyList<string> AllowedHosts, bool AllowPrivateAddresses, int MaxSteps, int MaxMilliseconds, int MaxMemoryMegabytes)
{
    public static readonly ExpressionSettings Standard = new([], AllowPrivateAddresses: false, 2_000_000, 200, 16);
}
