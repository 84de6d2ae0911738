using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Postern.Events;
using Postern.Kernel.Settings;
using Postern.Policies.Bindings;
using Postern.Policies.Expressions.Functions;
using Postern.Policies.Expressions.Imports;
using Postern.Policies.Expressions.Models;
using Postern.Policies.Expressions.Objects;
using Postern.Policies.Expressions.Requests;

namespace Postern.Policies.Expressions;

/// <summary>Wires expressions: the runner, the helpers, the objects of the directory.</summary>
static class Register
{
    public static void AddExpressions(this IServiceCollection services)
    {
        services.AddSingleton<ExpressionCatalog>().AddSingleton<CompiledExpressions>();
        services.TryAddSingleton(s => ExpressionLimits.Of(s.GetRequiredService<PosternSettings>().Expressions));
        services.AddSingleton<AllowedHttp>().AddSingleton<SendRequest>().AddSingleton<RequestsLibrary>().AddSingleton<ResolveNames>();
        services.AddSingleton(s => new CheckExpression(s.GetRequiredService<ExpressionCatalog>()));
        services.AddScoped(s => new ExpressionRunner(
            s.GetRequiredService<ExpressionCatalog>(),
            s.GetRequiredService<CompiledExpressions>(),
            s.GetRequiredService<RequestsLibrary>(),
            s.GetRequiredService<ExpressionLimits>(),
            s,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<ExpressionRunner>>()));
        services.AddExpressionModel(UserModel.Model).AddExpressionModel(GroupModel.Model);
        services.AddExpressionModel(new ExpressionModel<Event>(EventKind.Kind, "Event", "authentik.events.models"));
        services.AddExpressionModel(new ExpressionModel<Directory.Tokens.Token>(Directory.Tokens.TokenKind.Kind, "Token", "authentik.core.models"));
        services.AddExpressionModel(new ExpressionModel<PolicyBinding>(PolicyBindingKind.Kind, "PolicyBinding", "authentik.policies.models"));
        foreach (var name in (string[])["OAuthSource", "UserOAuthSourceConnection"])
            services.AddExpressionImport("authentik.sources.oauth.models", name, new NoObjects(name));
        services.AddExpressionFunction<AddMessage>().AddExpressionFunction<FindUser>().AddExpressionFunction<TestMembership>();
        services.AddExpressionFunction<TestAuthenticator>().AddExpressionFunction<CallPolicy>().AddExpressionFunction<CreateEvent>();
        services.AddExpressionFunction<SendMail>().AddExpressionFunction<FlattenList>().AddExpressionFunction<Slug>();
        services.AddExpressionFunction<SearchPattern>().AddExpressionFunction<ReplacePattern>();
        services.AddExpressionFunction<ParseAddress>().AddExpressionFunction<ParseNetwork>();
        services.AddExpressionFunction<ResolveHost>().AddExpressionFunction<ResolveAddress>();
        DirectoryImports.Register(services);
        FrameworkImports.Register(services);
    }
}
