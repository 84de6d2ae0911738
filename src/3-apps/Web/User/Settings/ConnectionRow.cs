namespace Postern.Web.User.Settings;

/// <summary>An application that may act for somebody, as they see it.</summary>
public sealed record ConnectionRow(int Provider, string Application, string Scopes, DateTimeOffset Since, DateTimeOffset Until);
