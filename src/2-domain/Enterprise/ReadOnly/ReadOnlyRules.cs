using Microsoft.AspNetCore.Http;
using Postern.Directory.Users;
using Postern.Enterprise.Licenses;

namespace Postern.Enterprise.ReadOnly;

/// <summary>
/// What an installation in read-only mode still writes: people sign in, use their applications and look after their own account; licences are put
/// right; users are changed and deleted, but not added. Everything else that writes is refused.
/// </summary>
public static class ReadOnlyRules
{
    const string Api = "/api/v3/";
    const string Console = "/if/admin/";

    static readonly string[] Open =
    [
        "/api/v3/enterprise/license/", "/api/v3/flows/executor/", "/api/v3/core/users/", "/api/v3/core/authenticated_sessions/", "/api/v3/core/user_consent/",
        "/api/v3/authenticators/", "/api/v3/oauth2/", "/api/v3/events/notifications/",
        "/if/admin/enterprise/licenses/", "/if/admin/directory/users/", "/if/admin/directory/sessions/",
    ];

    // Below open paths: what adds users.
    static readonly string[] Closed = ["/if/admin/directory/users/new/", "/if/admin/directory/users/service-account/", "/if/admin/directory/users/import/", "/api/v3/core/users/service_account/", "/api/v3/core/users/import/"];

    /// <summary>Whether the request may go on in read-only mode.</summary>
    public static bool Allows(string method, PathString path)
    {
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method))
            return true;
        var text = path.Value ?? "";
        if (!Starts(text, Api) && !Starts(text, Console))
            return !IsRegistration(text);
        if (HttpMethods.IsPost(method) && (string.Equals(text, "/api/v3/core/users/", StringComparison.OrdinalIgnoreCase) || Closed.Any(c => Starts(text, c))))
            return false;
        return Open.Any(o => Starts(text, o));
    }

    // Clients that register themselves (RFC 7591) make providers.
    static bool IsRegistration(string text) => Starts(text, "/application/o/") && text.TrimEnd('/').EndsWith("/register", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether blueprints and jobs write such an object in read-only mode.</summary>
    public static bool MayWrite(string kind, bool isNew) => kind == LicenseKind.Kind.Name || (kind == UserKind.Kind.Name && !isNew);

    static bool Starts(string text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
