using Postern.Kernel;
using Postern.Pages;

namespace Postern.Portal.Looks;

/// <summary>Answers people read when something is refused.</summary>
static class Problem
{
    public static IResult Page(HttpContext http, string text, int status) => PortalPage.Of<ProblemPage>(http, new { Shell = Shells.Plain(http), Text = text, Title = TitleOf(status) }, status);

    public static IResult Of(HttpContext http, Fault fault) => fault switch
    {
        Fault.NotFound => Page(http, "There is no such page, or it is not for you.", StatusCodes.Status404NotFound),
        Fault.Forbidden or Fault.Unauthenticated => Page(http, fault.Message, StatusCodes.Status403Forbidden),
        Fault.Throttled => Page(http, fault.Message, StatusCodes.Status429TooManyRequests),
        Fault.Invalid invalid => Page(http, string.Join(' ', invalid.Errors.Fields.SelectMany(f => invalid.Errors[f])), StatusCodes.Status400BadRequest),
        _ => throw new InvalidOperationException($"No page for {fault.GetType()}"),
    };

    static string TitleOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status502BadGateway => "Sign-in does not work",
        _ => "That did not work",
    };
}
