using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Applications.Entitlements;

/// <summary>The declaration of application entitlements.</summary>
public static class ApplicationEntitlementKind
{
    public static readonly ModelKind<ApplicationEntitlement> Kind = ModelKind<ApplicationEntitlement>.Declare("authentik_core.applicationentitlement", static (k, kind) =>
    {
        k.Labels("Application Entitlement", "Application Entitlements").Path("core/application_entitlements").PathParameter("pbm_uuid").Table("application_entitlement");
        k.Key(e => e.Pk, "pbm_uuid").Aliases("pk");
        k.Text("name", e => e.Name).Required();
        k.Reference("app", e => e.App, "authentik_core.application");
        k.Json("attributes", e => e.Attributes).Help("What applications learn about those who have it.");
        k.Filters("pbm_uuid", "name", "app");
        k.Search(e => e.Name);
        k.Order("name");
        k.Identifiers("name", "app");
        k.Validate(CheckAsync);
    });

    static async ValueTask CheckAsync(ApplicationEntitlement entitlement, SaveContext context)
    {
        var view = ApplicationKind.Kind.View;
        if (context.Given.Contains("app") && await context.Get<IAccess>().RefuseAsync(context.Caller, view, $"{entitlement.App}", context.Cancellation) is not null)
            context.Errors.Add("app", "User does not have access to application.");
        else if (await context.Db.Set<ApplicationEntitlement>().AnyAsync(
                e => e.App == entitlement.App && e.Name == entitlement.Name && e.Pk != entitlement.Pk, context.Cancellation))
            context.Errors.Add(FieldErrors.NonField, "The fields app, name must make a unique set.");
    }
}
