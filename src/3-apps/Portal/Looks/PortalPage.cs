using Microsoft.AspNetCore.Components;
using Postern.Pages;
using Postern.Portal.Hosting;

namespace Postern.Portal.Looks;

/// <summary>Answers with a page of the portal; its forms may end at the sign-in provider and at the checkout.</summary>
static class PortalPage
{
    public static IResult Of<TPage>(HttpContext http, object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new PageResult<TPage>(parameters, status)
        {
            Policy = ContentPolicy.Posting([.. Ends(http.RequestServices.GetRequiredService<PortalSettings>())]),
        };

    static IEnumerable<string> Ends(PortalSettings settings) =>
        settings.Stripe is null ? [settings.Issuer.GetLeftPart(UriPartial.Authority)] : [settings.Issuer.GetLeftPart(UriPartial.Authority), "https://checkout.stripe.com", "https://billing.stripe.com"];
}
