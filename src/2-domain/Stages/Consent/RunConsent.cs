using System.Text.Json.Nodes;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Values;

namespace Postern.Stages.Consent;

/// <summary>Shows what is asked for and accepts the answer to this very question only.</summary>
sealed class RunConsent(ConsentRecords records) : Flows.IStage<ConsentStage>
{
    const string TokenKey = "goauthentik.io/stages/consent/token";
    const string StaleToken = "Invalid consent token, re-showing prompt";

    public async ValueTask<StageOutcome> StartAsync(ConsentStage stage, StageRun run, CancellationToken cancellation)
    {
        var request = ConsentRequest.Of(run);
        if (stage.Mode is ConsentMode.AlwaysRequire || request.Application is null)
            return Ask(run, request, granted: [], new());
        var granted = await records.GrantedAsync(run, request, cancellation);
        return granted is not null && granted.SetEquals(request.Permissions.Select(p => p.Id)) ? StageOutcome.Done : Ask(run, request, granted ?? [], new());
    }

    public async ValueTask<StageOutcome> AnswerAsync(ConsentStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        var request = ConsentRequest.Of(run);
        var given = answer["token"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        if (run.Context.Text(TokenKey) is not { } expected || !string.Equals(given, expected, StringComparison.Ordinal))
            return Ask(run, request, granted: [], FieldErrors.Of("token", StaleToken));
        run.Context.Remove(TokenKey);
        if (request.Application is not null && stage.Mode is not ConsentMode.AlwaysRequire)
            await records.KeepAsync(stage, run, request, cancellation);
        return StageOutcome.Done;
    }

    static StageOutcome.Challenge Ask(StageRun run, ConsentRequest request, HashSet<string> granted, FieldErrors errors)
    {
        var token = RandomText.Alphanumeric(40);
        run.Context[TokenKey] = token;
        return new StageOutcome.Challenge(
            "ak-stage-consent",
            new JsonObject
            {
                ["header_text"] = request.Header,
                ["permissions"] = List(request.Permissions.Where(p => granted.Count == 0 || granted.Contains(p.Id))),
                ["additional_permissions"] = List(request.Permissions.Where(p => granted.Count > 0 && !granted.Contains(p.Id))),
                ["token"] = token,
            })
        { WithUser = true, Errors = errors };
    }

    static JsonArray List(IEnumerable<ConsentPermission> permissions) =>
        new([.. permissions.Select(p => (JsonNode)new JsonObject { ["id"] = p.Id, ["name"] = p.Name })]);
}
