using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Billing.Providers;
using Postern.Kernel;

namespace Postern.Billing.Checkout;

/// <summary>The checkout pages of our own providers, where elsewhere a payment provider's would be: <c>/checkout/{id}</c>. Whoever knows the id may use it, as with theirs.</summary>
static class CheckoutApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/checkout/checkout.css", static () => Results.Text(CheckoutStyle.Text, "text/css"));
        var pages = routes.MapGroup("/checkout").DisableAntiforgery().AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            context.HttpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
            return next(context);
        });
        pages.MapGet("/{id}", ShowAsync);
        pages.MapPost("/{id}", SubmitAsync);
        pages.MapPost("/{id}/confirm", ConfirmAsync);
    }

    static async Task<IResult> ShowAsync(string id, HttpContext http, FindCheckout find)
    {
        if (!(await find.ExecuteAsync(id, http.RequestAborted)).Succeeded(out var found, out _))
            return Gone();
        if (found.Checkout.Confirming.Length > 0)
            return Page(CheckoutPage.Confirm(found));
        var seats = new SeatCount(found.Order?.InternalUsers ?? 0, found.Order?.ExternalUsers ?? 0);
        return await FormAsync(found, CheckoutForm.From(found.Account, seats), new FieldErrors(), http, find);
    }

    static async Task<IResult> SubmitAsync(string id, HttpContext http, FindCheckout find, SubmitCheckout submit)
    {
        if (!http.Request.HasFormContentType || !(await find.ExecuteAsync(id, http.RequestAborted)).Succeeded(out var found, out _))
            return Gone();
        var fields = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = CheckoutForm.From(fields);
        if (fields["action"] == "update")
            return await FormAsync(found, form, new FieldErrors(), http, find);
        var result = await submit.ExecuteAsync(id, form, http.RequestAborted);
        return result.Fault switch
        {
            null => Results.Redirect(result.Value.Return ?? $"/checkout/{id}", permanent: false, preserveMethod: false),
            Fault.Invalid wrong => await FormAsync(found, form, wrong.Errors, http, find),
            _ => Gone(),
        };
    }

    static async Task<IResult> ConfirmAsync(string id, HttpContext http, SubmitCheckout submit)
    {
        if (!http.Request.HasFormContentType)
            return Gone();
        var accepted = (await http.Request.ReadFormAsync(http.RequestAborted))["action"] == "confirm";
        var result = await submit.ConfirmAsync(id, accepted, http.RequestAborted);
        return result.Fault is null ? Results.Redirect(result.Value.Return is { Length: > 0 } address ? address : $"/checkout/{id}") : Gone();
    }

    static async Task<IResult> FormAsync(FoundCheckout found, CheckoutForm form, FieldErrors errors, HttpContext http, FindCheckout find)
    {
        var total = found.Order is null ? default : await find.TotalAsync(found, form, http.RequestAborted);
        return Page(CheckoutPage.Form(found, form, errors, total.Totals, total.Tax), errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    static IResult Gone() => Page(CheckoutPage.Gone(), StatusCodes.Status404NotFound);

    static IResult Page(string html, int status = StatusCodes.Status200OK) => Results.Content(html, "text/html; charset=utf-8", statusCode: status);
}
