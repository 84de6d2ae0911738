using Microsoft.AspNetCore.Http;
using Postern.OAuth2.Http;

namespace Postern.OAuth2.Authorize;

/// <summary>A page that ends here: nobody is sent anywhere, because the address to send them to is not known to be good (RFC 6749 section 4.1.2.1).</summary>
sealed record ErrorPage(string Title, string Text, int Status = StatusCodes.Status400BadRequest)
{
    public static readonly ErrorPage Client = new("Client ID Error", "The client identifier (client_id) is missing or invalid.");
    public static readonly ErrorPage RedirectUri =
        new("Redirect URI Error", "The request fails due to a missing, invalid, or mismatching redirection URI (redirect_uri).");

    public static ErrorPage Denied(string why) => new("Permission denied", why.Length > 0 ? why : "Request has been denied.", StatusCodes.Status403Forbidden);

    public IResult ToResult() => ProtocolPage.Notice(Title, Text, Status, isError: true);
}
