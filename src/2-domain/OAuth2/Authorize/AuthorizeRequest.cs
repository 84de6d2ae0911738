using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;

namespace Postern.OAuth2.Authorize;

/// <summary>An authorization request that passed all checks.</summary>
sealed record AuthorizeRequest(AuthorizeParameters Parameters, Client Client, string RedirectUri, ResponseType ResponseType, ResponseMode Mode)
{
    public string? State => Parameters["state"];

    /// <summary>What will be granted: asked for and configured.</summary>
    public string Scope { get; init; } = "";

    public IReadOnlyList<string> Prompt { get; init; } = [];

    public TimeSpan? MaxAge { get; init; }

    public GrantRequest Details { get; init; } = GrantRequest.Nothing;

    /// <summary>Subject the client expects: from <c>id_token_hint</c> or <c>claims</c>; null for any.</summary>
    public string? ExpectedSubject { get; init; }

    public bool IsSilent => Prompt.Contains("none", StringComparer.Ordinal);

    public bool Prompts(string what) => Prompt.Contains(what, StringComparer.Ordinal);
}

/// <summary>What is asked for (OAuth 2.0 Multiple Response Type Encoding Practices).</summary>
sealed record ResponseType(bool Code, bool IdToken, bool Token)
{
    /// <summary>The grant that must be switched on.</summary>
    public string Grant => !Code ? "implicit" : IdToken || Token ? "hybrid" : "authorization_code";

    /// <summary>Tokens must not stand in queries, which land in logs.</summary>
    public bool IsFrontChannel => IdToken || Token;

    /// <summary>Parses the words in any order; null for an unknown combination.</summary>
    public static ResponseType? Parse(string text) => string.Join(' ', text.Split(' ').Order(StringComparer.Ordinal)) switch
    {
        "code" => new(Code: true, IdToken: false, Token: false),
        "id_token" => new(Code: false, IdToken: true, Token: false),
        "id_token token" => new(Code: false, IdToken: true, Token: true),
        "code token" => new(Code: true, IdToken: false, Token: true),
        "code id_token" => new(Code: true, IdToken: true, Token: false),
        "code id_token token" => new(Code: true, IdToken: true, Token: true),
        _ => null,
    };
}

/// <summary>How the answer travels.</summary>
enum ResponseMode
{
    Query,
    Fragment,
    FormPost,
}
