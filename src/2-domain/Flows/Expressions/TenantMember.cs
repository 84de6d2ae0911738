using Microsoft.Extensions.DependencyInjection;
using Postern.Brands;
using Postern.Brands.Settings;
using Postern.Expressions;
using Postern.Policies.Expressions;
using Postern.Storage.Snapshots;

namespace Postern.Flows.Expressions;

/// <summary>What <c>http_request.tenant</c>, <c>get_system_settings()</c> and <c>http_request.brand</c> show.</summary>
static class TenantMember
{
    public static IServiceCollection AddTenantMembers(this IServiceCollection services)
    {
        services.AddHttpRequestMember("tenant", static run => SettingsAsync(run));
        services.AddExpressionImport("authentik.admin.utils", "get_system_settings", new HostFunction("get_system_settings", static call => SettingsAsync(ExpressionRun.Of(call))));
        services.AddHttpRequestMember("brand", static async run =>
        {
            var brands = await run.Services.GetRequiredService<Snapshot<BrandPicture>>().GetAsync(run.Cancellation);
            var brand = brands.For(run.Request?.Http?.Host ?? "");
            return new HostRecord("Brand", new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["domain"] = brand.Domain,
                ["branding_title"] = brand.BrandingTitle,
                ["attributes"] = run.Show(brand.Attributes),
            });
        });
        return services;
    }

    static async ValueTask<object?> SettingsAsync(ExpressionRun run)
    {
        var settings = await run.Services.GetRequiredService<Snapshot<SystemSettings>>().GetAsync(run.Cancellation);
        return new HostRecord("Tenant", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["default_user_change_email"] = settings.DefaultUserChangeEmail,
            ["default_user_change_name"] = settings.DefaultUserChangeName,
            ["default_user_change_username"] = settings.DefaultUserChangeUsername,
        });
    }
}
