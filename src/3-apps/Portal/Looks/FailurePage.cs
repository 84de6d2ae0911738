using Postern.Api;

namespace Postern.Portal.Looks;

/// <inheritdoc/>
sealed class FailurePage : IFailurePage
{
    public IResult Of(HttpContext http, string text, int status) => Problem.Page(http, text, status);
}
