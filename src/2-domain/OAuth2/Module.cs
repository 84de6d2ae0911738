using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Directory.Sessions;
using Postern.Directory.Tokens;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Keys;
using Postern.OAuth2.Authorize;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Device;
using Postern.OAuth2.Discovery;
using Postern.OAuth2.Http;
using Postern.OAuth2.Introspect;
using Postern.OAuth2.Logout;
using Postern.OAuth2.Providers;
using Postern.OAuth2.Pushed;
using Postern.OAuth2.Records;
using Postern.OAuth2.Registration;
using Postern.OAuth2.Revoke;
using Postern.OAuth2.Token;
using Postern.OAuth2.Tokens;
using Postern.OAuth2.Userinfo;
using Postern.Policies.Bindings;
using Postern.Storage;
using Postern.Storage.Checks;
using Postern.Storage.Objects;
using Postern.Storage.Opening;
using Postern.Storage.Sealing;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2;

/// <summary>Wires OAuth2 and OpenID Connect.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(OAuth2ProviderKind.Kind);
        services.AddSingleton(s => ClientPicture.Watch(
            s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<Snapshot<ApplicationPicture>>(), s.GetRequiredService<Snapshot<KeyPicture>>(),
            s.GetRequiredService<Snapshot<RegistrationPicture>>(), s.GetRequiredService<SecretSeal>()));
        services.AddSingleton(s => RegistrationPicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddKind(DynamicRegistrationKind.Kind).AddPolicyTarget(DynamicRegistrationKind.Kind).AddScoped<RegisterClient>();
        services.AddCheck<RedirectsCheck>();
        AddAuthorize(services);
        AddTokens(services);
        AddLogout(services);
        AddDevices(services);
        services.AddKind(TokenKinds.Code).AddKind(TokenKinds.Access).AddKind(TokenKinds.Refresh);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        var protocol = routes.MapGroup("").WithMetadata(OtherSites.May);
        AuthorizeApi.Map(protocol);
        TokenApi.Map(protocol);
        UserinfoApi.Map(protocol);
        DiscoveryApi.Map(protocol);
        IntrospectApi.Map(protocol);
        RevokeApi.Map(protocol);
        PushedApi.Map(protocol);
        DeviceApi.Map(protocol);
        EndSessionApi.Map(protocol);
        RegisterApi.Map(protocol);
        ProviderApi.Map(routes);
    }

    static void AddAuthorize(IServiceCollection services)
    {
        services.AddStage<IssueStage, RunIssue>(IssueStage.Kind);
        services.AddScoped<IPlanValue, ApplicationPlanValue>();
        services.AddScoped<CheckRequest>().AddScoped<AnswerRequest>().AddScoped<AuthorizePlan>().AddScoped<AuthorizeAnswer>().AddScoped<IssueAnswer>();
        services.AddSingleton<Reauthentication>();
        services.AddScoped<SignInFirst>();
        services.AddScoped<PushedRequests>();
    }

    static void AddDevices(IServiceCollection services)
    {
        services.AddStage<DeviceCodeStage, RunDeviceCode>(DeviceCodeStage.Kind).AddStage<DeviceFinishStage, RunDeviceFinish>(DeviceFinishStage.Kind);
        services.AddScoped<DeviceCodes>().AddScoped<RedeemDeviceCode>();
    }

    static void AddLogout(IServiceCollection services)
    {
        services.AddStage<LeaveStage, RunLeave>(LeaveStage.Kind).AddStage<FrontchannelStage, RunFrontchannel>(FrontchannelStage.Kind);
        services.AddScoped<IFarewell, FrontchannelFarewell>();
        services.AddScoped<EndSession>();
        services.AddHttpClient(NotifyLogout.HttpClientName, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        services.AddOutwardJob<NotifyLogout>(NotifyLogout.JobKind);
        services.AddJob<CleanUp>(CleanUp.JobKind, TimeSpan.FromMinutes(15));
    }

    static void AddTokens(IServiceCollection services)
    {
        services.AddScoped<IBearerTokens, ApiTokens>();
        services.AddScoped<Connections>().AddScoped<IUserGrants>(s => s.GetRequiredService<Connections>());
        services.AddScoped<Issuer>().AddScoped<Subject>().AddScoped<MapClaims>().AddScoped<MakeTokens>().AddScoped<TokenStore>();
        services.AddScoped<OnceOnly>();
        services.AddScoped<AuthenticateClient>().AddScoped<CheckAssertion>();
        services.AddScoped<RedeemCode>().AddScoped<RefreshTokens>().AddScoped<TokenExchange>().AddScoped<ClientCredentials>().AddScoped<MachineAccount>().AddScoped<ReuseAlarm>();
        services.AddScoped<FindToken>().AddScoped<CheckProof>();
        services.AddSingleton<DiscoveryPages>();
        services.AddScoped(s => new PreviewClaims(
            s.GetRequiredService<ObjectQuery>(), s.GetRequiredService<IAccess>(), s.GetRequiredService<Snapshot<ClientPicture>>(), s.GetRequiredService<PosternDb>(), s.GetRequiredService<MakeTokens>()));
        services.AddSingleton(new SealedColumn("provider", "id", "config", OAuth2Provider.SecretPurpose) { Member = "client_secret", Type = OAuth2ProviderKind.Kind.Model });
        services.AddSingleton<IRequestStep, CorsStep>();
    }
}
