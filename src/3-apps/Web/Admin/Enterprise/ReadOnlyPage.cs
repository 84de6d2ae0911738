using Microsoft.AspNetCore.Http;
using Postern.Enterprise.ReadOnly;

namespace Postern.Web.Admin.Enterprise;

/// <summary>Answers a form that a read-only installation does not take.</summary>
sealed class ReadOnlyPage : IReadOnlyPage
{
    const string Text = "Nothing was changed: this installation is read-only because its licenses have expired or are exceeded. Users can be changed and deleted, and licenses installed.";

    public IResult Answer(HttpContext http) => new Refusal();

    sealed class Refusal : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext) =>
            await (await ConsolePages.ProblemAsync(httpContext, Text, StatusCodes.Status400BadRequest)).ExecuteAsync(httpContext);
    }
}
