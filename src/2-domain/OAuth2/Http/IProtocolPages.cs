using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Postern.OAuth2.Http;

/// <summary>Shows people the protocol's own pages in the look of their brand.</summary>
public interface IProtocolPages
{
    /// <summary>A page that tells something and leads nowhere but home.</summary>
    Task<IResult> NoticeAsync(HttpContext http, ProtocolNotice notice);

    /// <summary>Asks whether to sign out; the answer goes to <paramref name="action"/> with <paramref name="values"/>.</summary>
    Task<IResult> ConfirmAsync(HttpContext http, string application, string action, IEnumerable<KeyValuePair<string, string>> values);

    /// <summary>A form that sends itself to an address (OAuth 2.0 Form Post Response Mode), by hand where scripts do not run.</summary>
    Task<IResult> SendAsync(HttpContext http, string title, string action, JsonObject values);
}

/// <summary>What a page of the protocol tells.</summary>
/// <param name="IsError">False for good news.</param>
public sealed record ProtocolNotice(string Title, string Text, int Status, bool IsError);
