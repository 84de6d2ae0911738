using Microsoft.Extensions.DependencyInjection;
using Postern.Applications.Entitlements;
using Postern.Directory.Users;
using Postern.Expressions;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Models;
using Postern.Policies.Expressions.Showing;
using Postern.Storage.Snapshots;

namespace Postern.Applications.Expressions;

/// <summary>What expressions see of applications, and <c>user.app_entitlements(application)</c>.</summary>
static class ApplicationModels
{
    const string Module = "authentik.core.models";

    static readonly ExpressionModel<Application> Application = new ExpressionModel<Application>(ApplicationKind.Kind, "Application", Module)
        .Member("provider", static (application, run) => PictureOf(run).ProviderOf(application))
        .Method("get_provider", static (application, call) => PictureOf(ExpressionRun.Of(call)).ProviderOf(application))
        .Method("get_launch_url", static (application, call) => PictureOf(ExpressionRun.Of(call)).LaunchUrlOf(application));

    static readonly ExpressionModel<ApplicationEntitlement> Entitlement =
        new(ApplicationEntitlementKind.Kind, "ApplicationEntitlement", Module);

    public static IServiceCollection AddApplicationExpressions(this IServiceCollection services) => services
        .AddExpressionModel(Application).AddExpressionModel(Entitlement)
        .AddExpressionView<ProviderView>()
        .AddExpressionMethod(UserKind.Kind, "app_entitlements", EntitlementsAsync)
        .AddExpressionMethod(UserKind.Kind, "app_entitlements_attributes", AttributesAsync);

    internal static ApplicationPicture PictureOf(ExpressionRun run) =>
        run.Await(run.Services.GetRequiredService<Snapshot<ApplicationPicture>>().GetAsync(run.Cancellation));

    static async ValueTask<object?> EntitlementsAsync(User user, HostCall call) =>
        ApplicationOf(call) is { } application
            ? await ExpressionRun.Of(call).Own.GetRequiredService<FindEntitlements>().OfAsync(application, new PolicyRequest { User = user }, call.Cancellation)
            : Array.Empty<ApplicationEntitlement>();

    static async ValueTask<object?> AttributesAsync(User user, HostCall call) =>
        ApplicationOf(call) is { } application
            ? await ExpressionRun.Of(call).Own.GetRequiredService<FindEntitlements>().AttributesOfAsync(application, new PolicyRequest { User = user }, call.Cancellation)
            : new ScriptDict();

    // A provider may have no application yet: nobody has entitlements of it then.
    static Guid? ApplicationOf(HostCall call) => (call.Require(0, "app") as IShown)?.Subject is Application application ? application.Pk : null;
}
