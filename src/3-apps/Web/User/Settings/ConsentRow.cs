namespace Postern.Web.User.Settings;

/// <summary>A consent as its giver sees it.</summary>
public sealed record ConsentRow(int Pk, string Application, string Permissions, DateTimeOffset? Expires);
