namespace Postern.Tests.Integration.Portal;

/// <summary>What each door of the portal needs: public, signed in, member or owner of the organization, support, or a token of the API.</summary>
static class RightsTable
{
    const string Org = "/organizations/{org:guid}";
    const string License = Org + "/licenses/{license:guid}";

    public static readonly IReadOnlyDictionary<string, string> Doors = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GET /"] = "public",
        ["GET /sign-in/"] = "public",
        ["GET /signup"] = "public",
        ["GET /sign-in/callback/"] = "public",
        ["POST /sign-in/back-channel/"] = "public",
        ["POST /sign-out/"] = "signed in",
        ["GET /organizations"] = "signed in",
        ["GET /organizations/new"] = "signed in",
        ["POST /organizations/new"] = "signed in",
        ["GET /invitations/{token}"] = "signed in",
        ["POST /invitations/{token}"] = "signed in",
        [$"GET {Org}"] = "member",
        [$"GET {Org}/edit"] = "owner",
        [$"POST {Org}/edit"] = "owner",
        [$"GET {Org}/audit"] = "owner",
        [$"GET {Org}/members"] = "member",
        [$"POST {Org}/members"] = "owner",
        [$"POST {Org}/members/{{subject}}/role"] = "owner",
        [$"GET {Org}/members/{{subject}}/remove"] = "owner",
        [$"POST {Org}/members/{{subject}}/remove"] = "owner",
        [$"GET {Org}/leave"] = "member",
        [$"POST {Org}/leave"] = "member",
        [$"POST {Org}/invitations/{{id:guid}}/resend"] = "owner",
        [$"POST {Org}/invitations/{{id:guid}}/revoke"] = "owner",
        [$"GET {License}"] = "member",
        [$"POST {License}/key"] = "member",
        [$"POST {License}/download"] = "member",
        [$"POST {License}/rename"] = "owner",
        [$"POST {License}/move"] = "owner",
        [$"GET {License}/reissue"] = "owner",
        [$"POST {License}/reissue"] = "owner",
    };
}
