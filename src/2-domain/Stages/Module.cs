using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Blueprints.Exporting;
using Postern.Brands;
using Postern.Events.Recording;
using Postern.Flows;
using Postern.Flows.Designing;
using Postern.Flows.Inspecting;
using Postern.Flows.Running;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Policies;
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Functions;
using Postern.Policies.Expressions.Models;
using Postern.Stages.Captcha;
using Postern.Stages.Checks;
using Postern.Stages.Consent;
using Postern.Stages.Credentials;
using Postern.Stages.Deny;
using Postern.Stages.Dummy;
using Postern.Stages.Email;
using Postern.Stages.Identification;
using Postern.Stages.Lockdown;
using Postern.Stages.Password;
using Postern.Stages.Prompts;
using Postern.Stages.Recovery;
using Postern.Stages.Redirect;
using Postern.Stages.UserDelete;
using Postern.Stages.UserLogin;
using Postern.Stages.UserLogout;
using Postern.Stages.UserWrite;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Stages;

/// <summary>Wires the stages that come with the product; each lives in a folder of its own.</summary>
public sealed class Module : IModule
{
    static readonly TimeSpan CaptchaTimeout = TimeSpan.FromSeconds(5);

    public void Register(IServiceCollection services)
    {
        services.AddKind(UserConsentKind.Kind);
        services.AddStage<DenyStage, RunDeny>(DenyStage.Kind);
        services.AddStage<DummyStage, RunDummy>(DummyStage.Kind);
        services.AddStage<RedirectStage, RunRedirect>(RedirectStage.Kind);
        services.AddStage<UserDeleteStage, RunUserDelete>(UserDeleteStage.Kind);
        services.AddStage<UserLogoutStage, RunUserLogout>(UserLogoutStage.Kind);
        services.AddStage<UserLoginStage, RunUserLogin>(UserLoginStage.Kind);

        services.AddStage<ConsentStage, RunConsent>(ConsentStage.Kind);
        services.AddScoped<ConsentRecords>();

        services.AddStage<EmailStage, RunEmail>(EmailStage.Kind);
        services.AddStage<ConfirmEmail, RunConfirmEmail>(ConfirmEmail.Kind);
        services.AddScoped<SendLink>();
        services.AddScoped<IExpressionMail, QueueExpressionMail>();
        services.AddExpressionModel(new ExpressionModel<EmailStage>(EmailStage.Kind, "EmailStage", "authentik.stages.email.models"));

        services.AddStage<CaptchaStage, RunCaptcha>(CaptchaStage.Kind);
        services.AddScoped<AskCaptcha>();
        services.AddSingleton(static _ => new CaptchaHttp(new HttpClient { Timeout = CaptchaTimeout }));
        services.AddStage<LockdownStage, RunLockdown>(LockdownStage.Kind);
        services.AddScoped<LockAccount>().AddScoped<FindLockable>();
        services.AddScoped(s => new CreateLockdownLink(
            s.GetRequiredService<FindLockable>(), s.GetRequiredService<Snapshot<BrandPicture>>(), s.GetRequiredService<Snapshot<FlowPicture>>(), s.GetRequiredService<PlanFlow>(),
            s.GetRequiredService<FlowTokens>(), s.GetRequiredService<TimeProvider>()));

        services.AddScoped<RecoveryPlan>().AddScoped<FindRecoverable>();
        services.AddScoped(s => new CreateRecoveryLink(
            s.GetRequiredService<FindRecoverable>(), s.GetRequiredService<RecoveryPlan>(), s.GetRequiredService<Links>(), s.GetRequiredService<RecordEvent>(), s.GetRequiredService<PosternDb>()));
        services.AddScoped(s => new MailRecoveryLink(
            s.GetRequiredService<FindRecoverable>(), s.GetRequiredService<RecoveryPlan>(), s.GetRequiredService<SendLink>(), s.GetRequiredService<Links>(),
            s.GetRequiredService<Snapshot<FlowPicture>>(), s.GetRequiredService<IAccess>(), s.GetRequiredService<PosternDb>()));

        services.AddScoped<Authenticate>().AddScoped<SignInAttempts>();
        services.AddJob<ForgetAttempts>("stages.sign_in_attempts", TimeSpan.FromHours(1));
        services.AddScoped<FailedLogin>();
        services.AddStage<PasswordStage, RunPassword>(PasswordStage.Kind);
        services.AddStage<IdentificationStage, RunIdentification>(IdentificationStage.Kind);
        services.AddScoped<FindUser>();

        services.AddKind(PromptKind.Kind);
        services.AddStage<PromptStage, RunPrompt>(PromptStageKind.Kind);
        services.AddSingleton(s => PromptPicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddScoped<ResolvePrompt>().AddScoped<Prompts.TestPrompt>();
        services.AddSingleton<IPolicyUses, CountValidations>().AddSingleton<IPlanSecrets, PromptSecrets>();
        services.AddExportReference(PromptStageKind.Kind, "fields", PromptKind.Kind).AddExportReference(PromptStageKind.Kind, "validation_policies", PolicyKind.Kind);

        services.AddStage<UserWriteStage, RunUserWrite>(UserWriteStage.Kind);
        services.AddScoped<ApplyPromptData>();
        services.AddSingleton<IFlowCheck, CheckSignIn>().AddSingleton<IFlowCheck, CheckQuestions>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        EmailApi.Map(routes);
        RecoveryApi.Map(routes);
        PreviewApi.Map(routes);
        LockdownApi.Map(routes);
    }
}
