using Microsoft.AspNetCore.Http;

namespace Postern.Pages.Words;

/// <summary>What the texts of pages are in the language of who reads them.</summary>
public interface IPageWords
{
    /// <summary>Translates a text of the page that a request is answered with, null for texts that are none of the product; null where the page stays in English.</summary>
    Func<string, string?>? For(HttpContext http);
}
