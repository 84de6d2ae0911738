using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.Flows.Plans;
using Postern.Kernel;

namespace Postern.Flows.Running;

/// <summary>Completes a stage's challenge with what all challenges share.</summary>
static class ChallengeWriter
{
    public static JsonObject Write(StageOutcome.Challenge challenge, StageRun run)
    {
        var json = new JsonObject { ["flow_info"] = Info(run), ["component"] = challenge.Component };
        if (challenge.Errors.Any)
            json["response_errors"] = Errors(challenge.Errors);
        if (challenge.WithUser)
        {
            json["pending_user"] = DisplayName(run);
            json["pending_user_avatar"] = Avatar.Of(DisplayName(run));
        }
        if (run.Context.TryGetValue(PlanContext.NoticeKey, out var notice) && notice is IDictionary<string, object?> texts)
            json[PlanContext.NoticeKey] = new JsonObject(texts.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)(t.Value as string))));
        foreach (var (name, value) in challenge.Members)
            json[name] = value?.DeepClone();
        return json;
    }

    public static JsonObject Denied(StageRun run, string? message) => Write(
        new StageOutcome.Challenge(FlowAnswer.DeniedComponent, new JsonObject { ["error_message"] = string.IsNullOrEmpty(message) ? "Unknown error" : message }) { WithUser = true },
        run);

    static JsonObject Info(StageRun run) => new()
    {
        ["title"] = FlowTitle.Of(run.Flow, run.Plan.Context, DisplayName(run)),
        ["background"] = run.Flow.Background.Length > 0 ? run.Flow.Background : FlowBackground.Standard,
        ["background_themed_urls"] = null,
        ["cancel_url"] = run.Query["next"] is { } next ? $"/flows/-/cancel/?next={Uri.EscapeDataString(next)}" : "/flows/-/cancel/",
        ["layout"] = Kernel.Values.WireEnum<FlowLayout>.Name(run.Flow.Layout),
    };

    static string DisplayName(StageRun run) => run.Context.Text("pending_user_identifier") ?? run.PendingUser?.Username ?? "";

    static JsonObject Errors(FieldErrors errors)
    {
        var json = new JsonObject();
        foreach (var field in errors.Fields)
            json[field] = new JsonArray([.. errors[field].Select(text => (JsonNode)new JsonObject { ["string"] = text, ["code"] = Code(text) })]);
        return json;
    }

    static string Code(string text) => text switch
    {
        "This field is required." => "required",
        "This field may not be blank." => "blank",
        "This field may not be null." => "null",
        "email-sent" => "email-sent",
        _ when text.EndsWith("is not a valid choice.", StringComparison.Ordinal) => "invalid_choice",
        _ => "invalid",
    };
}
