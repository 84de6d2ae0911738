using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Expressions;
using Postern.Kernel.Values;

namespace Postern.Policies.Expressions.Imports;

/// <summary>Constants of the directory under the paths expressions know.</summary>
static class DirectoryImports
{
    const string Models = "authentik.core.models";

    static readonly (string Name, string Key)[] Attributes =
    [
        ("USER_ATTRIBUTE_DEBUG", "debug"),
        ("USER_ATTRIBUTE_GENERATED", "generated"),
        ("USER_ATTRIBUTE_EXPIRES", "expires"),
        ("USER_ATTRIBUTE_DELETE_ON_LOGOUT", "delete-on-logout"),
        ("USER_ATTRIBUTE_SOURCES", "sources"),
        ("USER_ATTRIBUTE_TOKEN_EXPIRING", "token-expires"),
        ("USER_ATTRIBUTE_TOKEN_MAXIMUM_LIFETIME", "token-maximum-lifetime"),
        ("USER_ATTRIBUTE_CHANGE_USERNAME", "can-change-username"),
        ("USER_ATTRIBUTE_CHANGE_NAME", "can-change-name"),
        ("USER_ATTRIBUTE_CHANGE_EMAIL", "can-change-email"),
    ];

    public static void Register(IServiceCollection services)
    {
        services.AddExpressionImport("authentik.events.models", "EventAction", EnumObject<EventAction>("EventAction"));
        foreach (var (name, key) in Attributes)
            services.AddExpressionImport(Models, name, $"goauthentik.io/user/{key}");
        services.AddExpressionImport(Models, "USER_PATH_SYSTEM_PREFIX", "goauthentik.io");
        services.AddExpressionImport(Models, "USER_PATH_SERVICE_ACCOUNT", "goauthentik.io/service-accounts");
        services.AddExpressionImport(Models, "UserTypes", EnumObject<UserType>("UserTypes"));
    }

    /// <summary>An enum as expressions know it: upper-case names of texts.</summary>
    public static HostRecord EnumObject<T>(string className)
        where T : struct, Enum =>
        new(className, Enum.GetValues<T>().Select(v => KeyValuePair.Create(SnakeCase.Of(v.ToString()).ToUpperInvariant(), (object?)WireEnum<T>.Name(v))));
}
