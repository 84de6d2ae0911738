namespace Postern.Sources.Providers;

/// <summary>The providers that are known by name.</summary>
public static class ProviderTypes
{
    public const string OpenIdConnect = "openidconnect";

    public static IReadOnlyList<ProviderType> All { get; } =
    [
        new(OpenIdConnect, "OpenID Connect") { UrlsCustomizable = true, IsOpenId = true },
        new("discord", "Discord")
        {
            AuthorizationUrl = "https://discord.com/api/oauth2/authorize", AccessTokenUrl = "https://discord.com/api/oauth2/token", ProfileUrl = "https://discord.com/api/users/@me",
            Scopes = "identify email", Id = "id", Username = ["username"], FullName = ["global_name", "username"], EmailVerified = ["verified"],
        },
        new("entraid", "Entra ID")
        {
            // The address in the directory is whatever its administrator wrote, of whichever organization that is.
            AuthorizationUrl = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize", AccessTokenUrl = "https://login.microsoftonline.com/common/oauth2/v2.0/token",
            ProfileUrl = "https://graph.microsoft.com/v1.0/me", UrlsCustomizable = true, Scopes = "openid https://graph.microsoft.com/User.Read", Id = "id",
            Username = ["userPrincipalName"], FullName = ["displayName"], Email = ["mail"], EmailVerified = [], IsVerifiedUnlessDenied = false,
        },
        new("facebook", "Facebook")
        {
            AuthorizationUrl = "https://www.facebook.com/v19.0/dialog/oauth", AccessTokenUrl = "https://graph.facebook.com/v19.0/oauth/access_token",
            ProfileUrl = "https://graph.facebook.com/v19.0/me?fields=id,name,email", Scopes = "email", Id = "id", Username = ["name"], IsVerifiedUnlessDenied = false,
        },
        new("github", "GitHub")
        {
            AuthorizationUrl = "https://github.com/login/oauth/authorize", AccessTokenUrl = "https://github.com/login/oauth/access_token", ProfileUrl = "https://api.github.com/user",
            EmailsUrl = "https://api.github.com/user/emails", UrlsCustomizable = true, Scopes = "read:user user:email", Id = "id", Username = ["login"],
        },
        new("gitlab", "GitLab")
        {
            AuthorizationUrl = "https://gitlab.com/oauth/authorize", AccessTokenUrl = "https://gitlab.com/oauth/token", ProfileUrl = "https://gitlab.com/oauth/userinfo",
            UrlsCustomizable = true, Username = ["preferred_username", "nickname"],
        },
        new("google", "Google")
        {
            AuthorizationUrl = "https://accounts.google.com/o/oauth2/v2/auth", AccessTokenUrl = "https://oauth2.googleapis.com/token", ProfileUrl = "https://openidconnect.googleapis.com/v1/userinfo",
            WellKnownUrl = "https://accounts.google.com/.well-known/openid-configuration", JwksUrl = "https://www.googleapis.com/oauth2/v3/certs", IsOpenId = true, Username = ["email"],
        },
        new("mailcow", "Mailcow")
        {
            UrlsCustomizable = true, Scopes = "profile", Id = "id", Username = ["username", "email"], FullName = ["full_name", "displayName"], IsVerifiedUnlessDenied = false,
        },
        new("okta", "Okta") { UrlsCustomizable = true, IsOpenId = true },
        new("patreon", "Patreon")
        {
            AuthorizationUrl = "https://www.patreon.com/oauth2/authorize", AccessTokenUrl = "https://www.patreon.com/api/oauth2/token",
            ProfileUrl = "https://www.patreon.com/api/oauth2/v2/identity?fields%5Buser%5D=email,full_name,vanity,is_email_verified", Scopes = "identity identity[email]", Id = "data.id",
            Username = ["data.attributes.vanity"], FullName = ["data.attributes.full_name"], Email = ["data.attributes.email"], EmailVerified = ["data.attributes.is_email_verified"],
        },
        new("reddit", "Reddit")
        {
            AuthorizationUrl = "https://www.reddit.com/api/v1/authorize", AccessTokenUrl = "https://www.reddit.com/api/v1/access_token", ProfileUrl = "https://oauth.reddit.com/api/v1/me",
            Scopes = "identity", Id = "id", Username = ["name"], Email = [],
        },
        new("slack", "Slack")
        {
            AuthorizationUrl = "https://slack.com/openid/connect/authorize", AccessTokenUrl = "https://slack.com/api/openid.connect.token", ProfileUrl = "https://slack.com/api/openid.connect.userInfo",
            Username = ["name"],
        },
        new("twitch", "Twitch")
        {
            AuthorizationUrl = "https://id.twitch.tv/oauth2/authorize", AccessTokenUrl = "https://id.twitch.tv/oauth2/token", ProfileUrl = "https://id.twitch.tv/oauth2/userinfo",
            Scopes = "openid user:read:email",
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["claims"] = """{"userinfo":{"email":null,"email_verified":null,"preferred_username":null}}""" },
            FullName = ["preferred_username"],
        },
        new("twitter", "X (Twitter)")
        {
            AuthorizationUrl = "https://x.com/i/oauth2/authorize", AccessTokenUrl = "https://api.x.com/2/oauth2/token", ProfileUrl = "https://api.x.com/2/users/me",
            Scopes = "users.read tweet.read", Id = "data.id", Username = ["data.username"], FullName = ["data.name"], Email = [],
        },
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(t => t.Name)];

    public static ProviderType? Find(string name) => All.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.Ordinal));
}
