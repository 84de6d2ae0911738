using System.Text.Json.Nodes;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;

namespace Postern.Stages.Captcha;

/// <summary>Shows the captcha until the service is content.</summary>
sealed class RunCaptcha(AskCaptcha ask) : IStage<CaptchaStage>
{
    public ValueTask<StageOutcome> StartAsync(CaptchaStage stage, StageRun run, CancellationToken cancellation) =>
        ValueTask.FromResult<StageOutcome>(Show(stage, run, new FieldErrors()));

    public async ValueTask<StageOutcome> AnswerAsync(CaptchaStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        var outcome = await ask.ExecuteAsync(stage, run, CaptchaKeys.Token(answer, "token"), cancellation);
        return outcome.Fault switch
        {
            null => StageOutcome.Done,
            Fault.Invalid invalid => Show(stage, run, invalid.Errors),
            var fault => Show(stage, run, FieldErrors.Of("token", fault.Message)),
        };
    }

    static StageOutcome.Challenge Show(CaptchaStage stage, StageRun run, FieldErrors errors) =>
        new("ak-stage-captcha", CaptchaKeys.Members(stage, run)) { WithUser = true, Errors = errors };
}
