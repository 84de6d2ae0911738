using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>What the first start gives the first administrator; each part is optional.</summary>
public sealed record BootstrapSettings(Secret? Password, string? PasswordHash, Secret? Token, string? Email);
