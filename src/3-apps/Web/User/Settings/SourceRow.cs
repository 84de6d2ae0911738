namespace Postern.Web.User.Settings;

/// <summary>A source that somebody may connect an account of.</summary>
public sealed record SourceRow(string Name, string? Icon, string Connect);

/// <summary>An account elsewhere as its owner sees it.</summary>
public sealed record AccountRow(int Pk, string Source, string Identifier, DateTimeOffset Since);
