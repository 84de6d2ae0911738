using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Postern.Pages.Words;

namespace Postern.Pages;

/// <summary>Answers a request with one of our pages: rendered once, in the language of who reads it, never cached, under the content security policy.</summary>
/// <typeparam name="TPage">The page component.</typeparam>
/// <param name="parameters">The page's parameters, as an anonymous object.</param>
/// <param name="status">422 for a form with errors, which Turbo needs in order to show it.</param>
public sealed class PageResult<TPage>(object parameters, int status = StatusCodes.Status200OK) : IResult
    where TPage : IComponent
{
    /// <summary>The rules of this page; the console's unless said otherwise.</summary>
    public string Policy { get; init; } = ContentPolicy.Console;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ContentPolicy.Apply(httpContext.Response, Policy);
        httpContext.Response.Headers.CacheControl = "no-store";
        // Said by the framework for its own page script, which we do not use.
        httpContext.Response.OnStarting(static response => Task.FromResult(((HttpResponse)response).Headers.Remove("blazor-enhanced-nav")), httpContext.Response);
        var page = new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
        if (httpContext.RequestServices.GetService<IPageWords>()?.For(httpContext) is { } words)
            await TranslatedAsync(httpContext, page, words);
        else
            await page.ExecuteAsync(httpContext);
    }

    static async Task TranslatedAsync(HttpContext http, RazorComponentResult<TPage> page, Func<string, string?> words)
    {
        var body = http.Response.Body;
        using var english = new MemoryStream();
        http.Response.Body = english;
        try
        {
            await page.ExecuteAsync(http);
        }
        finally
        {
            http.Response.Body = body;
        }
        var html = Encoding.UTF8.GetString(english.GetBuffer(), 0, (int)english.Length);
        await http.Response.WriteAsync(TranslateHtml.Execute(html, words), http.RequestAborted);
    }
}
