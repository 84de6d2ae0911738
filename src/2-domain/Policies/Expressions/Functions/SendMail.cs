using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>ak_send_email(address, subject, body=None, stage=None, template=None, context=None, cc=None, bcc=None)</c>: queues a mail.</summary>
sealed class SendMail : IExpressionFunction
{
    const int MostAddresses = 100;

    public string Name => "ak_send_email";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        call.Expect(8, "address", "subject", "body", "stage", "template", "context", "cc", "bcc");
        var body = call.Get(2, "body");
        var template = call.Get(4, "template");
        if (body is not null && template is not null)
            throw Wrong("body and template parameters are mutually exclusive");
        if (body is null && template is null)
            throw Wrong("Either body or template parameter must be provided");
        var mail = new ExpressionMail(Addresses(call.Require(0, "address")), Optional(call, 6, "cc"), Optional(call, 7, "bcc"), call.RequireText(1, "subject"))
        {
            Body = body is null ? null : ScriptValue.ToText(body),
            Template = template as string,
            Stage = Stage(call.Get(3, "stage")),
            Context = Context(call),
            User = run.Request?.User,
            Host = run.Request?.Http?.Host,
        };
        if (run.Request is { Debug: true })
            return true;
        if (await run.Own.GetRequiredService<IExpressionMail>().SendAsync(mail, call.Cancellation) is not { } refusal)
            return true;
        call.Log("warning", $"ak_send_email: {refusal}");
        return false;
    }

    static List<string> Optional(HostCall call, int place, string name) => call.Get(place, name) is { } value ? Addresses(value) : [];

    static List<string> Addresses(object? value)
    {
        List<object?> items = value switch
        {
            string one => [one],
            ScriptList or ScriptTuple or ScriptSet or LiveList => [.. (IEnumerable<object?>)ScriptValue.ToPlain(value)!],
            _ => throw Wrong("Address must be a string or list of strings"),
        };
        if (items.Count == 0)
            throw Wrong("Address list cannot be empty");
        if (items.Count > MostAddresses)
            throw Wrong($"A mail may go to {MostAddresses} addresses at most");
        return items.TrueForAll(i => i is string) ? [.. items.Cast<string>()] : throw Wrong("Address must be a string or list of strings");
    }

    static Dictionary<string, object?> Context(HostCall call)
    {
        var context = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in call.Locals.Where(l => IsPlain(l.Value)))
            context[name] = ExpressionRun.Take(value);
        foreach (var (name, value) in Given(ExpressionRun.Take(call.Get(5, "context"))))
            context[name] = value;
        return context;
    }

    static IEnumerable<KeyValuePair<string, object?>> Given(object? context) => context switch
    {
        null => [],
        JsonObject json => json.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value)),
        IEnumerable<KeyValuePair<string, object?>> map => map,
        _ => throw new ScriptException(ExceptionTypes.TypeError, "context must be a dictionary"),
    };

    static bool IsPlain(object? value) => value is null or bool or string or long or double or ScriptDict or ScriptList || ExpressionRun.Take(value) is DateTimeOffset;

    static string? Stage(object? value) => value is null ? null : (value as Models.ModelObject)?.Key?.ToString() ?? ScriptValue.ToText(value);

    static ScriptException Wrong(string text) => new(ExceptionTypes.ValueError, text);
}
