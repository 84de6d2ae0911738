using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Flows.Designing;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Invitations.Accepting;
using Postern.Invitations.Bulk;
using Postern.Invitations.Ledger;
using Postern.Invitations.Mailing;
using Postern.Jobs;
using Postern.Policies.Expressions;
using Postern.Storage;

namespace Postern.Invitations;

/// <summary>Wires invitations.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(InvitationKind.Kind).AddKind(InvitationBatchKind.Kind);
        services.AddScoped<RequestBulk>().AddScoped<MakeInvitations>().AddScoped<CancelBulk>().AddScoped<WriteResult>().AddLongJob<RunBulk>(RunBulk.JobKind);
        services.AddStage<InvitationStage, RunInvitation>(InvitationStage.Kind);
        services.AddSingleton<IFlowCheck, CheckInvitationPlace>();
        services.AddScoped<IPlanValue, InvitationPlanValue>();
        services.AddSingleton<ITables, Tables>();
        services.AddScoped<WriteLedger>().AddScoped<DescribeInvitation>().AddScoped<ApplyGrants>().AddScoped<FinishAcceptance>();
        services.AddScoped<WriteInvitationMail>().AddScoped<MailAllowance>().AddScoped<FollowUpMails>().AddScoped<Approvals>();
        services.AddJob<ForgetInvitations>("invitations.forget", TimeSpan.FromHours(1));
        services.AddJob<MailDue>(MailDue.JobKind).AddJob<MailDue>(MailDue.ScheduleKind, TimeSpan.FromMinutes(1));
        services.AddJob<RemindInvited>(RemindInvited.JobKind, TimeSpan.FromMinutes(5));
        services.AddJob<EndAccounts>(EndAccounts.JobKind, TimeSpan.FromMinutes(1));
        services.AddScoped<ConsumeInvitation>();
        services.AddScoped<IFlowCompletion>(s => s.GetRequiredService<ConsumeInvitation>());
        services.AddExpressionModel(InvitationModel.Model);
        services.AddScoped<FindToManage>().AddScoped<SendInvitation>().AddScoped<ResendInvitation>().AddScoped<RevokeInvitation>().AddScoped<ExtendInvitation>();
        services.AddScoped<TakeUse>().AddScoped<AcceptInvitation>().AddScoped<EnterCode>().AddScoped<ReadLedger>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        InvitationApi.Map(routes);
        BulkApi.Map(routes);
    }
}
