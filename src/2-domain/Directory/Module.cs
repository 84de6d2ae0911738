using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Postern.Api;
using Postern.Directory.Attributes;
using Postern.Directory.Batches;
using Postern.Directory.Exports;
using Postern.Directory.Groups;
using Postern.Directory.Impersonation;
using Postern.Directory.Imports;
using Postern.Directory.Passwords;
using Postern.Directory.Places;
using Postern.Directory.RecycleBin;
using Postern.Directory.Rights;
using Postern.Directory.Sessions;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Directory.Views;
using Postern.Jobs;
using Postern.Kernel.Figures;
using Postern.Kernel.Settings;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Directory;

/// <summary>Wires the directory: users, groups, tokens, sessions.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ITables, Tables>();
        services.AddKind(UserKind.Kind).AddKind(GroupKind.Kind).AddKind(TokenKind.Kind).AddKind(SessionKind.Kind).AddKind(SavedViewKind.Kind).AddScoped<FindViews>();
        services.TryAddSingleton<ITokenDefaults, UsualTokenDefaults>();
        services.AddSingleton<InstallId>().AddSingleton<IStartTask>(s => s.GetRequiredService<InstallId>());
        services.AddScoped<MembershipRules>().AddScoped<RightsCeiling>().AddScoped<EffectiveAttributes>();
        services.AddScoped<UserSelf>().AddScoped<FindFolders>().AddScoped<ResetPassword>().AddScoped<CreateServiceAccount>().AddScoped<ChangeMembers>().AddScoped<ExplainMembership>().AddScoped<TokenKeys>();
        services.AddScoped<ImpersonationRecords>().AddScoped<StartImpersonation>().AddScoped<EndImpersonation>();
        services.AddSingleton<IRequestStep, SignInStep>();
        services.AddSingleton(new SealedColumn("token", "pk", "sealed_key", Tokens.Token.Purpose) { TakesPlain = true });
        services.AddSingleton<SessionCookies>().AddSingleton<FindCaller>();
        services.AddScoped<BrowserSession>().AddScoped<SignIn>().AddScoped<SignOut>().AddScoped<EndSessions>().AddScoped<RevokeSessions>().AddSingleton<IFigures, SessionFigures>();
        services.AddKind(KnownDeviceKind.Kind).AddScoped<KnownDevices>().AddSingleton<PlaceLookup>();
        services.AddSingleton<HashQueue>();
        services.AddScoped<CheckPassword>().AddScoped<SetPassword>();
        services.AddKind(DataExportKind.Kind).AddSingleton<ExportFiles>().AddScoped<RequestExport>().AddScoped<DownloadExport>();
        services.AddKind(UserBatchKind.Kind).AddScoped<RequestBatch>().AddScoped<CancelBatch>().AddScoped<ChangeUsers>().AddScoped<RequestImport>().AddScoped<ImportUsers>();
        services.AddScoped<BinUsers>().AddJob<PurgeBin>("directory.recycle_bin", TimeSpan.FromHours(1));
        services.AddLongJob<RunBatch>(RunBatch.JobKind);
        services.AddLongJob<RunExport>(RunExport.JobKind);
        services.AddJob<KeepExports>("directory.exports", TimeSpan.FromHours(1));
        services.AddJob<AddUpFolders>("directory.folders", TimeSpan.FromMinutes(5));
        services.AddJob<ForgetEvents>(ForgetEvents.JobKind).AddJob<DeleteTemporary>("directory.temporary", TimeSpan.FromMinutes(5));
        services.AddJob<ForgetExpired>("directory.sessions", TimeSpan.FromMinutes(5));
        services.AddJob<RotateExpired>("directory.tokens", TimeSpan.FromMinutes(5));
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        UserApi.Map(routes);
        ExportApi.Map(routes);
        BatchApi.Map(routes);
        BinApi.Map(routes);
        GroupApi.Map(routes);
        TokenApi.Map(routes);
        SessionApi.Map(routes);
        ImpersonationApi.Map(routes);
    }
}
