using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Postern.Api;
using Postern.Directory.Places;
using Postern.Jobs;
using Postern.Policies.Bindings;
using Postern.Policies.Dummy;
using Postern.Policies.Engine;
using Postern.Policies.EventMatcher;
using Postern.Policies.Expiry;
using Postern.Policies.Expressions;
using Postern.Policies.Password;
using Postern.Policies.Reputation;
using Postern.Policies.Testing;
using Postern.Policies.UniquePassword;
using Postern.Storage;
using Postern.Storage.Checks;
using Postern.Storage.Snapshots;

namespace Postern.Policies;

/// <summary>Wires policies: kinds, bindings, engine.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(PolicyKind.Kind).AddKind(PolicyBindingKind.Kind);
        services.AddSingleton(s => PolicyPicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddScoped<PolicyDoors>();
        services.AddScoped<UserGroups>();
        services.AddScoped<RunPolicy>().AddScoped<TraceBindings>();
        services.AddScoped(s => new PolicyEngine(s.GetRequiredService<Snapshot<PolicyPicture>>(), s.GetRequiredService<RunPolicy>(), s.GetRequiredService<UserGroups>(), s.GetRequiredService<PlaceLookup>()));
        services.TryAddSingleton<IPolicyJournal, EventJournal>();
        services.AddPolicy<DummyPolicy, DecideDummy>(DummyPolicyKind.Kind);
        services.AddPolicy<PasswordExpiryPolicy, DecidePasswordExpiry>(PasswordExpiryPolicyKind.Kind);
        services.AddPolicy<ExpressionPolicy, DecideExpression>(ExpressionPolicyKind.Kind);
        services.AddPolicy<EventMatcherPolicy, DecideEventMatcher>(EventMatcherPolicyKind.Kind);
        services.AddPolicy<UniquePasswordPolicy, DecideUniquePassword>(UniquePasswordPolicyKind.Kind);
        services.AddScoped<TestPolicy>().AddScoped<TryExpression>();
        services.AddPolicy<PasswordPolicy, DecidePassword>(PasswordPolicyKind.Kind);
        services.AddSingleton(s => new LeakedPasswords(
            new HttpClient { BaseAddress = new Uri("https://api.pwnedpasswords.com/"), Timeout = TimeSpan.FromSeconds(5) }));
        services.AddPolicy<ReputationPolicy, DecideReputation>(ReputationPolicyKind.Kind);
        services.AddKind(ReputationScoreKind.Kind);
        services.AddScoped<RecordReputation>();
        services.AddExpressions();
        services.AddCheck<ReachCheck>();
        services.AddJob<ExpireReputation>("expire_reputation", every: TimeSpan.FromHours(1));
    }

    public void Map(IEndpointRouteBuilder routes) => PoliciesApi.Map(routes);
}
