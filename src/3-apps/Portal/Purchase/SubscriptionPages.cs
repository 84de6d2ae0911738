using System.Globalization;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Licenses;
using Postern.Portal.Looks;

namespace Postern.Portal.Purchase;

/// <summary>How a license goes on: cancelled, renewed after all, with other numbers of users at a price shown before.</summary>
static class SubscriptionPages
{
    const string Root = "/organizations/{org:guid}/licenses/{license:guid}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Root}/cancel", AskCancelAsync).Needs(Right.Owner);
        routes.MapPost($"{Root}/cancel", (Guid license, HttpContext http, EndSubscription end, ManageLicense manage, ShowLicense show, Shells shells, RecordAudit audit) =>
            EndAsync(http, license, manage, show, shells, audit, "license.cancelled", end.CancelAsync, "The license is valid until the end of its period and is not renewed.")).Needs(Right.Owner);
        routes.MapPost($"{Root}/resume", (Guid license, HttpContext http, EndSubscription end, ManageLicense manage, ShowLicense show, Shells shells, RecordAudit audit) =>
            EndAsync(http, license, manage, show, shells, audit, "license.resumed", end.ResumeAsync, "The license will be renewed.")).Needs(Right.Owner);
        routes.MapGet($"{Root}/users", (Guid license, HttpContext http, ManageLicense manage, Shells shells) => UsersAsync(http, license, manage, shells, preview: null, errors: null)).Needs(Right.Owner);
        routes.MapPost($"{Root}/users", PreviewAsync).Needs(Right.Owner);
        routes.MapPost($"{Root}/users/apply", ApplyAsync).Needs(Right.Owner);
    }

    static async Task<IResult> AskCancelAsync(Guid license, HttpContext http, ManageLicense manage, Shells shells)
    {
        if (!(await manage.FindAsync(http.Seat().OrganizationId, license, http.RequestAborted)).Succeeded(out var found, out var fault))
            return Problem.Of(http, fault);
        return PortalPage.Of<ConfirmPage>(http, new
        {
            Shell = await shells.ForAsync(http),
            Title = $"Stop renewing {found.DisplayName}?",
            Verb = "Stop renewing",
            Back = LicenseLook.Url(found),
            Consequences = new[] { $"The license stays valid until {found.PaidThrough.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} and is not renewed.", "Until then this can be taken back." },
        });
    }

    static async Task<IResult> EndAsync(
        HttpContext http, Guid license, ManageLicense manage, ShowLicense show, Shells shells, RecordAudit audit, string action, Func<Guid, Guid, CancellationToken, Task<Result<Subscription>>> work, string message)
    {
        var organization = http.Seat().OrganizationId;
        var done = await work(organization, license, http.RequestAborted);
        // Saved with the message.
        if (done.Fault is null && (await manage.FindAsync(organization, license, http.RequestAborted)).Succeeded(out var found, out _))
            audit.Add(organization, http.Actor(), action, found.DisplayName);
        return await LicensePages.DoneAsync(http, license, show, shells, Task.FromResult(done), message);
    }

    static async Task<IResult> PreviewAsync(Guid license, HttpContext http, ManageLicense manage, ChangeSeats change, Shells shells)
    {
        if (!Seats(http).Succeeded(out var seats, out var fault) || !(await change.PreviewAsync(http.Seat().OrganizationId, license, seats, http.RequestAborted)).Succeeded(out var preview, out fault))
            return fault is Fault.Invalid invalid ? await UsersAsync(http, license, manage, shells, preview: null, invalid.Errors) : Problem.Of(http, fault);
        return await UsersAsync(http, license, manage, shells, preview, errors: null);
    }

    static async Task<IResult> ApplyAsync(Guid license, HttpContext http, ManageLicense manage, ChangeSeats change, Shells shells, RecordAudit audit)
    {
        var organization = http.Seat().OrganizationId;
        Subscription? subscription = null;
        var at = DateTimeOffset.TryParseExact(http.Request.Form["at"], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : DateTimeOffset.MinValue;
        if (!Seats(http).Succeeded(out var seats, out var fault) || !(await change.ExecuteAsync(organization, license, seats, at, http.RequestAborted)).Succeeded(out subscription, out fault))
            return fault is Fault.Invalid invalid ? await UsersAsync(http, license, manage, shells, preview: null, invalid.Errors) : Problem.Of(http, fault);
        if ((await manage.FindAsync(organization, license, http.RequestAborted)).Succeeded(out var found, out _))
            audit.Add(organization, http.Actor(), "license.users_changed", $"{found.DisplayName}: {seats.Internal} internal, {seats.External} external");
        await shells.TellAsync(http, subscription.NextInternalUsers is not null ? "The number of users changes with the next renewal." : "The number of users was changed. A new key appears once the payment is validated: install it.");
        return new Postern.Pages.SeeOther($"/organizations/{organization}/licenses/{license}");
    }

    static async Task<IResult> UsersAsync(HttpContext http, Guid license, ManageLicense manage, Shells shells, ChangePreview? preview, FieldErrors? errors)
    {
        if (!(await manage.FindAsync(http.Seat().OrganizationId, license, http.RequestAborted)).Succeeded(out var found, out var fault))
            return Problem.Of(http, fault);
        var form = HttpMethods.IsPost(http.Request.Method) ? http.Request.Form : null;
        return PortalPage.Of<UsersPage>(
            http,
            new
            {
                Shell = await shells.ForAsync(http),
                http.Seat().Organization,
                License = found,
                Internal = form?["internal_users"].ToString() ?? found.InternalUsers.ToString(CultureInfo.InvariantCulture),
                External = form?["external_users"].ToString() ?? found.ExternalUsers.ToString(CultureInfo.InvariantCulture),
                Preview = preview,
                Errors = errors,
            },
            // Turbo shows the answer to a form only when it is a redirect or refused.
            preview is null && errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static Result<SeatCount> Seats(HttpContext http)
    {
        var errors = new FieldErrors();
        int Count(string field)
        {
            if (int.TryParse(http.Request.Form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                return count;
            errors.Add(field, "Enter a whole number.");
            return 0;
        }

        var seats = new SeatCount(Count("internal_users"), Count("external_users"));
        return errors.Any ? new Fault.Invalid(errors) : seats;
    }
}
