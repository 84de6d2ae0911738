using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>The mail server for every mail that has no other set.</summary>
public sealed record EmailSettings(
    string Host, int Port, string? Username, Secret? Password, bool UseTls, bool UseSsl, TimeSpan Timeout, string From);
