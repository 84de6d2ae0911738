using System.Net.Http.Headers;
using System.Text;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Requests;

/// <summary>Sends one HTTP request of an expression, within all limits.</summary>
sealed class SendRequest(AllowedHttp http, ExpressionLimits limits)
{
    public static readonly ScriptType Failure = ScriptType.NewException("RequestException", ExceptionTypes.OSError);

    static readonly ScriptType Refused = ScriptType.NewException("HostNotAllowed", Failure);

    public static IReadOnlyDictionary<string, object?> Exceptions { get; } = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["RequestException"] = Failure,
        ["HTTPError"] = Failure,
        ["ConnectionError"] = Failure,
        ["Timeout"] = Failure,
    };

    public async ValueTask<object?> ExecuteAsync(HostCall call, string method, int urlAt, int number, ExpressionRun run)
    {
        if (number > limits.MostRequests)
            throw new ScriptException(Failure, $"an expression may send {limits.MostRequests} requests at most");
        using var message = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), Address(call, urlAt));
        if (run.Request is { Debug: true } && message.Method != HttpMethod.Get && message.Method != HttpMethod.Head)
            throw new ScriptException(Failure, $"a trial sends no {message.Method} request");
        if (!http.IsAllowed(message.RequestUri!.Host))
            throw new ScriptException(Refused, $"requests to {message.RequestUri.Host} are not allowed; an administrator can allow the host in EXPRESSIONS__ALLOWED_HOSTS");
        message.Content = RequestContent.Of(call);
        Fill(message, call);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation);
        limit.CancelAfter(Time(call));
        try
        {
            using var response = await http.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await ResponseObject.ReadAsync(response, limits.MostResponseBytes, limit.Token);
        }
        catch (HttpRequestException e)
        {
            throw new ScriptException(Failure, e.Message);
        }
        catch (OperationCanceledException) when (!call.Cancellation.IsCancellationRequested)
        {
            throw new ScriptException(Failure, $"{message.RequestUri.Host} did not answer in time");
        }
    }

    static Uri Address(HostCall call, int urlAt)
    {
        if (!Uri.TryCreate(call.RequireText(urlAt, "url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new ScriptException(ExceptionTypes.ValueError, "url must be an absolute http or https address");
        if (call.Get(-1, "params") is not { } given || ScriptValue.ToPlain(given) is not IDictionary<string, object?> fields)
            return url;
        var query = string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(ScriptValue.ToText(f.Value))}"));
        return new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query}&{query}" : query }.Uri;
    }

    static void Fill(HttpRequestMessage message, HostCall call)
    {
        if (call.Get(-1, "auth") is ScriptTuple { Count: 2 } auth)
        {
            var pair = Encoding.UTF8.GetBytes($"{ScriptValue.ToText(auth[0])}:{ScriptValue.ToText(auth[1])}");
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        }
        if (call.Get(-1, "headers") is not { } given || ScriptValue.ToPlain(given) is not IDictionary<string, object?> headers)
            return;
        foreach (var (name, value) in headers)
        {
            var text = ScriptValue.ToText(value);
            var isContent = name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);
            if (isContent ? message.Content?.Headers.Remove(name) is not null && !message.Content.Headers.TryAddWithoutValidation(name, text)
                : string.Equals(name, "Host", StringComparison.OrdinalIgnoreCase) || !message.Headers.TryAddWithoutValidation(name, text))
                throw new ScriptException(ExceptionTypes.ValueError, $"header {name} cannot be set");
        }
    }

    TimeSpan Time(HostCall call) => call.Get(-1, "timeout") switch
    {
        long seconds when seconds > 0 && seconds < limits.RequestTime.TotalSeconds => TimeSpan.FromSeconds(seconds),
        double seconds when seconds > 0 && seconds < limits.RequestTime.TotalSeconds => TimeSpan.FromSeconds(seconds),
        _ => limits.RequestTime,
    };
}
