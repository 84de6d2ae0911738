using System.Text.Json.Nodes;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Mail.Templates;

namespace Postern.Stages.Email;

/// <summary>Sends the link once, again on request within limits, and lets through whoever came by it.</summary>
sealed class RunEmail(SendLink send, TimeProvider clock) : IStage<EmailStage>
{
    const string SentKey = "email_sent";
    const string ResendsKey = "postern/stages/email/resends";
    const string NoUser = "No pending user.";

    public async ValueTask<StageOutcome> StartAsync(EmailStage stage, StageRun run, CancellationToken cancellation)
    {
        if (run.Context.ContainsKey(PlanContext.IsRestoredKey))
            return Verified(stage, run);
        if (run.Context.PendingUser is null)
        {
            run.Say(MessageLevel.Error, NoUser);
            return StageOutcome.Deny(NoUser);
        }
        if (!run.Context.Flag(SentKey) && !await TrySendAsync(stage, run, cancellation))
            return StageOutcome.Deny(null);
        run.Context[SentKey] = true;
        return Waiting(new FieldErrors());
    }

    public async ValueTask<StageOutcome> AnswerAsync(EmailStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (run.Context.ContainsKey(PlanContext.IsRestoredKey) || run.Context.PendingUser is null)
            return await StartAsync(stage, run, cancellation);
        if (TooMany(stage, run) is { } minutes)
        {
            run.Say(MessageLevel.Error, $"Too many account verification attempts. Please try again after {minutes} minutes.");
            return Waiting(FieldErrors.Of(FieldErrors.NonField, "email-sent"));
        }
        if (await TrySendAsync(stage, run, cancellation))
            run.Say(MessageLevel.Success, "Email Successfully sent.");
        return Waiting(FieldErrors.Of(FieldErrors.NonField, "email-sent"));
    }

    static StageOutcome Verified(EmailStage stage, StageRun run)
    {
        run.Say(MessageLevel.Success, "Successfully verified Email.");
        // Not who signed in before: somebody shut that account since. The plan's user is tracked, so the run's own save keeps the change.
        if (stage.ActivateUserOnSuccess && run.Context.PendingUser is { Pk: > 0, LastLogin: null } user)
            user.IsActive = true;
        return StageOutcome.Done;
    }

    async ValueTask<bool> TrySendAsync(EmailStage stage, StageRun run, CancellationToken cancellation)
    {
        // For somebody who does not exist it looks just like the real thing. Whoever enrols does not exist yet.
        var pretend = run.Context.PendingUser is { Pk: 0 } && run.Flow.Designation is not FlowDesignation.Enrollment;
        try
        {
            await send.ExecuteAsync(stage, run, pretend, cancellation);
            return true;
        }
        catch (TemplateException e)
        {
            run.Say(MessageLevel.Error, $"The mail could not be written: {e.Message}");
            return false;
        }
    }

    /// <summary>Minutes to wait, when the resends of the window are used up.</summary>
    long? TooMany(EmailStage stage, StageRun run)
    {
        var window = Duration.Parse(stage.RecoveryCacheTimeout);
        var now = clock.GetUtcNow();
        var recent = (run.Context.TryGetValue(ResendsKey, out var list) && list is IEnumerable<object?> times ? times.OfType<DateTimeOffset>() : [])
            .Where(t => t + window > now).ToList();
        if (recent.Count >= stage.RecoveryMaxAttempts)
            return (long)Math.Ceiling((recent.Min() + window - now).TotalMinutes);
        run.Context[ResendsKey] = recent.Append(now).Cast<object?>().ToList();
        return null;
    }

    static StageOutcome.Challenge Waiting(FieldErrors errors) => new("ak-stage-email", []) { Errors = errors };
}
