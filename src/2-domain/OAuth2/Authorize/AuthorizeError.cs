namespace Postern.OAuth2.Authorize;

/// <summary>An error the application is told of at its redirect address (RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6).</summary>
sealed record AuthorizeError(string Code, string Description)
{
    public static readonly AuthorizeError AccessDenied = new("access_denied", "The resource owner or authorization server denied the request");
    public static readonly AuthorizeError Unauthorized = new("unauthorized_client", "The client is not authorized to request an authorization code using this method");
    public static readonly AuthorizeError UnsupportedResponseType =
        new("unsupported_response_type", "The authorization server does not support obtaining an authorization code using this method");
    public static readonly AuthorizeError InvalidScope = new("invalid_scope", "The requested scope is invalid, unknown, or malformed");
    public static readonly AuthorizeError LoginRequired = new("login_required", "The Authorization Server requires End-User authentication");
    public static readonly AuthorizeError ConsentRequired = new("consent_required", "The Authorization Server requires End-User consent");
    public static readonly AuthorizeError InteractionRequired = new("interaction_required", "The Authorization Server requires End-User interaction of some form to proceed");
    public static readonly AuthorizeError RequestNotSupported = new("request_not_supported", "The provider does not support use of the request parameter");
    public static readonly AuthorizeError RequestUriNotSupported = new("request_uri_not_supported", "The provider does not support use of the request_uri parameter");
    public static readonly AuthorizeError InvalidRequestUri = new("invalid_request_uri", "The request_uri in the authorization request is unknown, expired or used already");

    public static AuthorizeError Invalid(string description = "The request is otherwise malformed") => new("invalid_request", description);
}

/// <summary>What the checks of a request came to: a page for the person, an error for the application, or the request.</summary>
sealed record CheckedRequest(AuthorizeRequest? Request, AuthorizeError? Error, ErrorPage? Page)
{
    public static CheckedRequest Refuse(ErrorPage page) => new(null, null, page);

    public static CheckedRequest Refuse(AuthorizeRequest request, AuthorizeError error) => new(request, error, null);
}
