using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Flows.Running;
using Postern.Kernel;

namespace Postern.Stages.Captcha;

/// <summary>Asks the service what it thinks of a token; what it says is kept in the plan's context as <c>captcha</c>.</summary>
sealed class AskCaptcha(CaptchaHttp http)
{
    public const string ContextKey = "captcha";

    const string Invalid = "Invalid captcha response";
    const int MostToken = 16 * 1024;

    static readonly HashSet<string> Retryable = new(StringComparer.Ordinal)
    {
        "missing-input-response", "invalid-input-response", "timeout-or-duplicate", "expired-input-response", "already-seen-response",
    };

    /// <summary>Faults: invalid, with the text for the person.</summary>
    public async ValueTask<Result<Unit>> ExecuteAsync(CaptchaStage stage, StageRun run, string token, CancellationToken cancellation)
    {
        if (token.Length is 0 or > MostToken)
            return Fault.Field("token", "This field is required.");
        if (await PostAsync(stage, run, token, cancellation) is not { } said)
            return Fault.Field("token", "Failed to validate token");
        if (stage.ErrorOnInvalidScore && Refusal(stage, said) is { } refusal)
            return Fault.Field("token", refusal);
        run.Context[ContextKey] = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["response"] = Flows.Plans.PlainValue.Of(said),
            ["stage"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["pk"] = stage.Pk, ["name"] = stage.Name },
        };
        return Unit.Value;
    }

    async ValueTask<JsonObject?> PostAsync(CaptchaStage stage, StageRun run, string token, CancellationToken cancellation)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["secret"] = CaptchaKeys.Private(stage, run),
            ["response"] = token,
            ["remoteip"] = run.Http.Caller().ClientIp?.ToString() ?? "",
        };
        using HttpContent content = stage.RequestContentType is CaptchaContentType.Json ? JsonContent.Create(fields) : new FormUrlEncodedContent(fields);
        try
        {
            using var response = await http.Client.PostAsync(new Uri(stage.ApiUrl), content, cancellation);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonObject>(cancellation) : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or NotSupportedException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    static string? Refusal(CaptchaStage stage, JsonObject said)
    {
        if (said["success"] is not JsonValue success || !success.TryGetValue<bool>(out var ok) || !ok)
        {
            var codes = said["error-codes"] is JsonArray list ? list.Select(c => c?.ToString() ?? "").ToList() : [];
            return codes.Count > 0 && codes.TrueForAll(Retryable.Contains) ? $"{Invalid}. Retrying may solve this issue." : Invalid;
        }
        if (said["score"] is not JsonValue value || !value.TryGetValue<double>(out var score))
            return null;
        var tooLow = stage.ScoreMinThreshold >= 0 && score < stage.ScoreMinThreshold;
        var tooHigh = stage.ScoreMaxThreshold >= 0 && score > stage.ScoreMaxThreshold;
        return tooLow || tooHigh ? Invalid : null;
    }
}

/// <summary>The way to captcha services.</summary>
public sealed class CaptchaHttp(HttpClient client)
{
    public HttpClient Client => client;
}
