using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Postern.OAuth2.Http;

/// <summary>A page that the request's own <see cref="IProtocolPages"/> writes.</summary>
sealed class ProtocolPage(Func<IProtocolPages, HttpContext, Task<IResult>> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await (await write(httpContext.RequestServices.GetRequiredService<IProtocolPages>(), httpContext)).ExecuteAsync(httpContext);

    public static IResult Notice(string title, string text, int status, bool isError) => new ProtocolPage((pages, http) => pages.NoticeAsync(http, new(title, text, status, isError)));
}
