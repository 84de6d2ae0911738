using System.Text.Json.Nodes;
using Postern.Kernel;
using Postern.Kernel.Values;

namespace Postern.Flows.Running;

/// <summary>A question with one button, for stages that must not run because somebody, or a scanner of mail, merely opened a page.</summary>
public static class Confirmation
{
    const string TokenKey = "postern/flows/confirmation";

    /// <summary>Whether the stage is reached by merely opening a page; an answer to the stage before it is a click as well.</summary>
    public static bool IsDue(StageRun run) => !run.Answered;

    /// <summary>The question, anew: an earlier one can no longer be answered.</summary>
    public static StageOutcome.Challenge Ask(StageRun run, string header)
    {
        var token = RandomText.Alphanumeric(40);
        run.Context[TokenKey] = token;
        return Show(header, token, new FieldErrors());
    }

    /// <summary>Null for the answer to this very question; else the question once more.</summary>
    public static StageOutcome.Challenge? Refusal(StageRun run, string header, JsonObject answer)
    {
        var expected = run.Context.Text(TokenKey);
        return expected is not null && answer["token"] is JsonValue value && value.TryGetValue<string>(out var given) && string.Equals(given, expected, StringComparison.Ordinal)
            ? null
            : Show(header, expected ?? "", FieldErrors.Of("token", "Invalid consent token, re-showing prompt"));
    }

    static StageOutcome.Challenge Show(string header, string token, FieldErrors errors) => new("ak-stage-consent", new JsonObject
    {
        ["header_text"] = header,
        ["permissions"] = new JsonArray(),
        ["additional_permissions"] = new JsonArray(),
        ["token"] = token,
    })
    { WithUser = true, Errors = errors };
}
