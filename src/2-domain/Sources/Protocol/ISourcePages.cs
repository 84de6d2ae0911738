using Microsoft.AspNetCore.Http;

namespace Postern.Sources.Protocol;

/// <summary>Shows people the pages of sources in the look of their brand.</summary>
public interface ISourcePages
{
    /// <summary>A page that says why the way ends here.</summary>
    Task<IResult> RefuseAsync(HttpContext http, string title, string text, int status);

    /// <summary>Asks whether to connect an account; the answer goes to <paramref name="action"/> with <paramref name="token"/>.</summary>
    Task<IResult> ConfirmAsync(HttpContext http, string source, string account, string action, string token);
}
