using Microsoft.AspNetCore.Http;
using Postern.Brands;
using Postern.Brands.Mails;
using Postern.Directory.Users;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel.Values;

namespace Postern.Stages.Email;

/// <summary>Writes the mail with the link that resumes the run, into the outbox of the run's transaction.</summary>
sealed class SendLink(FlowTokens tokens, ComposeMail mails, Links links, TimeProvider clock)
{
    /// <summary>With <paramref name="pretend"/>, or for somebody without an address, the same work is done and nothing is sent, so that time tells nothing.</summary>
    public async ValueTask ExecuteAsync(EmailStage stage, StageRun run, bool pretend, CancellationToken cancellation)
    {
        var user = run.Context.PendingUser!;
        var address = pretend ? null : run.Context.Text("email") is { Length: > 0 } wanted ? wanted : user.Email is { Length: > 0 } own ? own : null;
        var expires = clock.GetUtcNow() + (address is null ? TimeSpan.Zero : Duration.Parse(stage.TokenExpiry) + TimeSpan.FromMinutes(1));
        var key = await tokens.CreateAsync($"ak-email-stage-{stage.Name}-{Guid.NewGuid():N}", Resumed(run), expires, revokeOnExecution: false, cancellation);
        var query = PageQuery.Parse(run.Query.With("flow_token", key.Reveal));
        var url = await links.ToAsync(FlowLink.To(run.Flow, query), run.Http.Request, cancellation);
        await MailAsync(stage, user, address, url, expires, run.Http, cancellation);
    }

    /// <summary>Puts the mail with a link into the outbox, as the stage says; without an address it is one to nobody.</summary>
    public async ValueTask MailAsync(EmailStage stage, User user, string? address, string url, DateTimeOffset expires, HttpContext http, CancellationToken cancellation)
    {
        var draft = new MailDraft(stage.Template, stage.Subject, address is null ? [] : [address])
        {
            Values = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["url"] = url,
                ["expires"] = expires,
                ["token"] = PageQuery.Parse(url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..])["flow_token"],
                ["host"] = http.Request.Host.Value,
                ["user"] = UserFacts.Of(user),
            },
            Locale = UserFacts.LocaleOf(user),
            AcceptLanguage = http.Request.Headers.AcceptLanguage,
            Host = http.Request.Host.Host,
            Server = stage.OwnServer,
            GoodUntil = expires,
        };
        await mails.AddAsync(draft, cancellation);
    }

    /// <summary>The plan as the link resumes it: first the click that confirms, then this stage, which then lets through.</summary>
    static Plan Resumed(StageRun run)
    {
        var plan = new Plan { FlowPk = run.Plan.FlowPk, StartedAt = run.Plan.StartedAt, Stages = [.. run.Plan.Stages], Context = run.Plan.Context.Copy() };
        plan.Insert(new ConfirmEmail(), index: 0);
        return plan;
    }
}
