using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>The mail server for every mail that has no other set.</summary>
/// <param name="UseTls">STARTTLS.</param>
/// <param name="UseSsl">TLS from the first byte.</param>
/// <param name="CaFile">PEM file of the authorities that mail servers' certificates may come from; null for those the system trusts.</param>
/// <param name="TemplateFolder">Where templates of the installation are looked for; null for <c>templates</c> in the data folder.</param>
public sealed record EmailSettings(
    string Host, int Port, string? Username, Secret? Password, bool UseTls, bool UseSsl, TimeSpan Timeout, string From, string? CaFile, string? TemplateFolder);
