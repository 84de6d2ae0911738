namespace Postern.Kernel.Settings;

/// <summary>How much one network address, one account, and all together may ask of one process.</summary>
/// <param name="Address"><c>LIMITS__ADDRESS</c>: requests in a minute from one address (of IPv6: one network of 64 bits).</param>
/// <param name="Account"><c>LIMITS__ACCOUNT</c>: API calls in a minute for one account.</param>
/// <param name="Failures"><c>LIMITS__FAILURES</c>: refused credentials in a minute from one address.</param>
/// <param name="AtOnce"><c>LIMITS__AT_ONCE</c>: requests being answered at the same time.</param>
public sealed record LimitSettings(int Address, int Account, int Failures, int AtOnce)
{
    public static LimitSettings Read(SettingReader reader) => new(
        reader.Number("LIMITS__ADDRESS", 12_000, 1, int.MaxValue),
        reader.Number("LIMITS__ACCOUNT", 12_000, 1, int.MaxValue),
        reader.Number("LIMITS__FAILURES", 600, 1, int.MaxValue),
        reader.Number("LIMITS__AT_ONCE", 2_000, 1, int.MaxValue));
}
